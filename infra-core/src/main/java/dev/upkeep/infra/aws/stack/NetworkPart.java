package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.Value;
import java.util.ArrayList;
import java.util.List;

/** The private cloud: subnets over the zones, and the ways out of them. */
final class NetworkPart {

    static final String VPC = "Vpc";
    static final String GATEWAY_ATTACHMENT = "GatewayAttachment";

    private static final String GATEWAY = "InternetGateway";
    private static final String EVERYWHERE = "0.0.0.0/0";

    /** Each subnet has a sixteenth of the addresses: six zones, public and private, and some to spare. */
    private static final int SUBNET_BITS = 4;

    private static final int FIRST_PRIVATE = 8;

    private final Design design;
    private final List<Resource> resources = new ArrayList<>();
    private final List<Value> publicSubnets = new ArrayList<>();
    private final List<Value> privateSubnets = new ArrayList<>();
    private final List<Value> routeTables = new ArrayList<>();
    private final List<String> routes = new ArrayList<>();

    NetworkPart(Design design) {
        this.design = design;
        add(Resource.of(
                VPC,
                "AWS::EC2::VPC",
                Fields.of("CidrBlock", design.aws().network().addresses().toString())
                        .with("EnableDnsHostnames", true)
                        .with("EnableDnsSupport", true)
                        .with("Tags", design.tagsNamed("network"))));
        add(Resource.of(GATEWAY, "AWS::EC2::InternetGateway", Fields.of("Tags", design.tagsNamed("gateway"))));
        add(Resource.of(
                GATEWAY_ATTACHMENT,
                "AWS::EC2::VPCGatewayAttachment",
                inVpc().with("InternetGatewayId", Value.ref(GATEWAY))));
        addPublic();
        if (design.aws().network().isPrivate()) {
            addPrivate();
        }
        add(Resource.of(
                "StorageEndpoint",
                "AWS::EC2::VPCEndpoint",
                inVpc().with("ServiceName", Value.filled("com.amazonaws.${AWS::Region}.s3"))
                        .with("VpcEndpointType", "Gateway")
                        .with("RouteTableIds", Value.list(routeTables))));
    }

    private void add(Resource resource) {
        resources.add(resource);
    }

    private static Fields inVpc() {
        return Fields.of("VpcId", Value.ref(VPC));
    }

    private void addPublic() {
        Value table = routeTable("PublicRoutes", "public");
        route("PublicRoute", table, Fields.of("GatewayId", Value.ref(GATEWAY)));
        int zone = 0;
        for (Value name : design.zones()) {
            zone++;
            Resource subnet = subnet("PublicSubnet" + zone, "public-" + zone, zone - 1, name);
            publicSubnets.add(subnet.ref());
            associate(subnet, table);
        }
    }

    private void addPrivate() {
        int zone = 0;
        for (Value name : design.zones()) {
            zone++;
            Resource address = Resource.of(
                            "NatAddress" + zone,
                            "AWS::EC2::EIP",
                            Fields.of("Domain", "vpc").with("Tags", design.tagsNamed("nat-" + zone)))
                    .after(List.of(GATEWAY_ATTACHMENT));
            add(address);
            Resource gateway = Resource.of(
                    "NatGateway" + zone,
                    "AWS::EC2::NatGateway",
                    Fields.of("AllocationId", address.attribute("AllocationId"))
                            .with("SubnetId", publicSubnets.get(zone - 1))
                            .with("Tags", design.tagsNamed("nat-" + zone)));
            add(gateway);
            Value table = routeTable("PrivateRoutes" + zone, "private-" + zone);
            route("PrivateRoute" + zone, table, Fields.of("NatGatewayId", gateway.ref()));
            Resource subnet = subnet("PrivateSubnet" + zone, "private-" + zone, FIRST_PRIVATE + zone - 1, name);
            privateSubnets.add(subnet.ref());
            associate(subnet, table);
        }
    }

    private Value routeTable(String name, String what) {
        Resource table = Resource.of(name, "AWS::EC2::RouteTable", inVpc().with("Tags", design.tagsNamed(what)));
        add(table);
        routeTables.add(table.ref());
        return table.ref();
    }

    private void route(String name, Value table, Fields target) {
        Fields properties = Fields.of("RouteTableId", table).with("DestinationCidrBlock", EVERYWHERE);
        for (var field : target.values().entrySet()) {
            properties = properties.with(field.getKey(), field.getValue());
        }
        add(Resource.of(name, "AWS::EC2::Route", properties).after(List.of(GATEWAY_ATTACHMENT)));
        routes.add(name);
    }

    private Resource subnet(String name, String what, int block, Value zone) {
        Resource subnet = Resource.of(
                name,
                "AWS::EC2::Subnet",
                inVpc().with("AvailabilityZone", zone)
                        .with(
                                "CidrBlock",
                                design.aws()
                                        .network()
                                        .addresses()
                                        .part(SUBNET_BITS, block)
                                        .toString())
                        .with("Tags", design.tagsNamed(what)));
        add(subnet);
        return subnet;
    }

    private void associate(Resource subnet, Value table) {
        String name = subnet.name() + "Routes";
        add(Resource.of(
                name,
                "AWS::EC2::SubnetRouteTableAssociation",
                Fields.of("SubnetId", subnet.ref()).with("RouteTableId", table)));
        routes.add(name);
    }

    List<Resource> resources() {
        return List.copyOf(resources);
    }

    List<Value> publicSubnets() {
        return List.copyOf(publicSubnets);
    }

    /** The zones in which the subnets are. */
    List<Value> zones() {
        return resources.stream()
                .filter(resource -> resource.name().matches("PublicSubnet\\d+"))
                .map(subnet -> subnet.attribute("AvailabilityZone"))
                .toList();
    }

    /** Where the instances stand. */
    List<Value> instanceSubnets() {
        return List.copyOf(privateSubnets.isEmpty() ? publicSubnets : privateSubnets);
    }

    /** What has to stand before an instance can reach anybody. */
    List<String> waysOut() {
        return List.copyOf(routes);
    }
}
