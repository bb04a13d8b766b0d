package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.LazyClient;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.spec.InstanceType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** What EC2 says of types of instances, of machine images, of addresses, and of an instance that may be gone already. */
final class Machines implements AutoCloseable {

    private static final String NO_SUCH_TYPE = "InvalidInstanceType";
    private static final String NO_SUCH_ADDRESS = "InvalidAllocationID.NotFound";
    private static final Set<String> NO_SUCH_IMAGE = Set.of("InvalidAMIID.NotFound", "InvalidAMIID.Unavailable");

    /** Colours and movements of a cursor, and after that all else that is no text. */
    private static final Pattern CONTROL = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]|[\\p{Cntrl}&&[^\n]]");

    private final AwsSession session;
    private final LazyClient<Ec2Client> ec2;

    /** A machine image: for which processor, and on which device it has its root disk. */
    record Image(String architecture, String rootDevice, String state, Optional<Instant> deprecatedFrom) {}

    Machines(AwsSession session) {
        this.session = session;
        this.ec2 = session.lazily(Ec2Client::builder);
    }

    /** The availability zones of the region that have a type, none if there is no such type. Local zones are none of them. */
    NavigableSet<String> zonesOf(InstanceType type) {
        return session.ask(
                "find the zones that have " + type,
                "ec2:DescribeInstanceTypeOfferings",
                () -> ec2
                        .get()
                        .describeInstanceTypeOfferingsPaginator(
                                request -> request.locationType(LocationType.AVAILABILITY_ZONE)
                                        .filters(filter("instance-type", type.name())))
                        .instanceTypeOfferings()
                        .stream()
                        .map(InstanceTypeOffering::location)
                        .filter(zone -> zone.matches(Pattern.quote(session.region()) + "[a-z]"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** For which processors a type is, such as {@code x86_64}; empty if there is no such type in the region. */
    Optional<List<String>> architectures(InstanceType type) {
        return unless(
                Set.of(NO_SUCH_TYPE),
                () -> session.ask(
                        "read what a " + type + " is",
                        "ec2:DescribeInstanceTypes",
                        () -> ec2
                                .get()
                                .describeInstanceTypesPaginator(
                                        request -> request.instanceTypesWithStrings(type.name()))
                                .instanceTypes()
                                .stream()
                                .findFirst()
                                .map(found -> found.processorInfo().supportedArchitecturesAsStrings())));
    }

    /** The types that an account on the free plan may start. */
    NavigableSet<String> freeTypes() {
        return session.ask(
                "find the types that the free plan allows",
                "ec2:DescribeInstanceTypes",
                () -> ec2
                        .get()
                        .describeInstanceTypesPaginator(
                                request -> request.filters(filter("free-tier-eligible", "true")))
                        .instanceTypes()
                        .stream()
                        .filter(found -> Boolean.TRUE.equals(found.freeTierEligible()))
                        .map(InstanceTypeInfo::instanceTypeAsString)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** A machine image, empty if there is none with that id, or only for others. */
    Optional<Image> image(String id) {
        return unless(
                NO_SUCH_IMAGE,
                () ->
                        session.ask(
                                "read the machine image " + id,
                                "ec2:DescribeImages",
                                () -> ec2
                                        .get()
                                        .describeImages(
                                                request -> request.imageIds(id).includeDeprecated(true))
                                        .images()
                                        .stream()
                                        .findFirst()
                                        .map(image -> new Image(
                                                image.architectureAsString(),
                                                image.rootDeviceName(),
                                                image.stateAsString(),
                                                Optional.ofNullable(image.deprecationTime())
                                                        .map(Instant::parse)))));
    }

    /** An Elastic IP, empty if the account has none with that id in the region. */
    Optional<ElasticIp> address(String allocation) {
        return unless(
                Set.of(NO_SUCH_ADDRESS),
                () ->
                        session.ask(
                                "find the Elastic IP " + allocation,
                                "ec2:DescribeAddresses",
                                () -> ec2
                                        .get()
                                        .describeAddresses(request -> request.allocationIds(allocation))
                                        .addresses()
                                        .stream()
                                        .findFirst()
                                        .map(ElasticIp::of)));
    }

    /** What an instance has written to its console, in text without control characters; EC2 keeps it for an hour after its end. */
    String console(String instance) {
        String now = console(instance, true);
        return now.isEmpty() ? console(instance, false) : now;
    }

    /** Not every type tells what it writes at the moment, and none that is gone. All tell what they had written a while ago. */
    private String console(String instance, boolean latest) {
        try {
            return session.ask(
                    "read the console of " + instance,
                    "ec2:GetConsoleOutput",
                    () -> Optional.ofNullable(ec2.get()
                                    .getConsoleOutput(request ->
                                            request.instanceId(instance).latest(latest ? true : null))
                                    .output())
                            .map(Machines::text)
                            .orElse(""));
        } catch (AwsException e) {
            if (latest) {
                return "";
            }
            throw e;
        }
    }

    private static String text(String base64) {
        String text = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        return CONTROL.matcher(text.replace("\r\n", "\n")).replaceAll("").strip();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    private static <T> Optional<T> unless(Set<String> codes, Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (AwsException e) {
            if (codes.contains(e.code())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        ec2.close();
    }
}
