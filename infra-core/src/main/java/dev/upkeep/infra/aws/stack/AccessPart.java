package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.Value;
import java.util.ArrayList;
import java.util.List;

/** Who may connect to what. */
final class AccessPart {

    static final String BALANCER_GROUP = "BalancerSecurityGroup";
    static final String INSTANCE_GROUP = "InstanceSecurityGroup";

    private static final String ENDPOINT_GROUP = "EndpointSecurityGroup";
    private static final String EVERYBODY = "0.0.0.0/0";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int SSH = 22;

    /** CKV_AWS_260. */
    private static final String OPEN_HTTP = "CKV_AWS_260";

    private final Design design;

    AccessPart(Design design) {
        this.design = design;
    }

    List<Resource> resources(NetworkPart network) {
        List<Resource> resources = new ArrayList<>();
        if (design.isBalanced()) {
            resources.add(balancer());
        }
        if (design.aws().access().endpoint()) {
            resources.add(endpointGroup());
        }
        resources.add(instances());
        if (design.aws().access().endpoint()) {
            resources.add(endpoint(network));
        }
        return List.copyOf(resources);
    }

    private Resource balancer() {
        List<Value> open = new ArrayList<>(List.of(from(EVERYBODY, HTTP, "HTTP for everybody")));
        if (design.hasCertificate()) {
            open.add(from(EVERYBODY, HTTPS, "HTTPS for everybody"));
        }
        return group(
                        BALANCER_GROUP,
                        "balancer",
                        "What reaches the load balancer",
                        open,
                        List.of(from(design.aws().network().addresses().toString(), HTTP, "HTTP to the instances")))
                .although(
                        OPEN_HTTP,
                        design.hasCertificate()
                                ? "Port 80 redirects to HTTPS."
                                : "Without a domain there is no certificate, and users come over HTTP.");
    }

    private Resource instances() {
        List<Value> open = new ArrayList<>();
        if (design.isBalanced()) {
            open.add(port(HTTP, "HTTP from the load balancer only")
                    .with("SourceSecurityGroupId", Value.attribute(BALANCER_GROUP, "GroupId")));
        } else {
            open.add(from(EVERYBODY, HTTP, "HTTP for everybody"));
            open.add(from(EVERYBODY, HTTPS, "HTTPS for everybody"));
        }
        design.aws()
                .access()
                .sshFrom()
                .ifPresent(addresses -> open.add(from(addresses.toString(), SSH, "SSH for operators")));
        if (design.aws().access().endpoint()) {
            open.add(port(SSH, "SSH through the endpoint")
                    .with("SourceSecurityGroupId", Value.attribute(ENDPOINT_GROUP, "GroupId")));
        }
        Fields everything = Fields.of("IpProtocol", "-1")
                .with("CidrIp", EVERYBODY)
                .with("Description", "Updates, images, and what the application itself asks");
        Resource group =
                group(INSTANCE_GROUP, "instances", "What reaches the instances", open, List.of((Value) everything));
        return design.isBalanced()
                ? group
                : group.although(
                        OPEN_HTTP, "There is no load balancer: users and certificate authorities come to port 80.");
    }

    private Resource endpointGroup() {
        return group(
                ENDPOINT_GROUP,
                "endpoint",
                "What the endpoint for operators reaches",
                List.of(),
                List.of(from(design.aws().network().addresses().toString(), SSH, "SSH to the instances")));
    }

    private Resource endpoint(NetworkPart network) {
        return Resource.of(
                "Endpoint",
                "AWS::EC2::InstanceConnectEndpoint",
                Fields.of("SubnetId", network.instanceSubnets().get(0))
                        .with("SecurityGroupIds", Value.list(Value.attribute(ENDPOINT_GROUP, "GroupId")))
                        .with("PreserveClientIp", false)
                        .with("Tags", design.allTagsNamed("endpoint")));
    }

    private Resource group(String name, String what, String description, List<Value> in, List<Value> out) {
        Fields properties = Fields.of("GroupDescription", description)
                .with("VpcId", Value.ref(NetworkPart.VPC))
                .with("SecurityGroupEgress", Value.list(out));
        if (!in.isEmpty()) {
            properties = properties.with("SecurityGroupIngress", Value.list(in));
        }
        return Resource.of(name, "AWS::EC2::SecurityGroup", properties.with("Tags", design.tagsNamed(what)));
    }

    private static Fields from(String addresses, int port, String description) {
        return port(port, description).with("CidrIp", addresses);
    }

    private static Fields port(int port, String description) {
        return Fields.of("IpProtocol", "tcp")
                .with("FromPort", port)
                .with("ToPort", port)
                .with("Description", description);
    }
}
