package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.machine.OwnImages;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.sts.StsClient;

/** Finds out what a spec leaves to AWS. What a standing stack was made with is kept. */
final class Lookups {

    private static final int USUAL_ZONES = 2;

    private final AwsSession session;
    private final Machines machines;
    private final MachineImages images;
    private @Nullable Identity caller;

    Lookups(AwsSession session, Machines machines, ParameterStore parameters, OwnImages own) {
        this.session = session;
        this.machines = machines;
        this.images = new MachineImages(parameters, machines, own);
    }

    /** Who asks, as it was found first: a session has the credentials of one. */
    synchronized Identity caller() {
        return caller == null ? identity() : caller;
    }

    /** Who asks: the number of the account, and the ARN of the user or role. */
    synchronized Identity identity() {
        Identity found = session.ask("find out whose credentials these are", "sts:GetCallerIdentity", () -> {
            try (StsClient client = session.client(StsClient.builder())) {
                var answer = client.getCallerIdentity();
                Optional<Instant> at =
                        answer.sdkHttpResponse().firstMatchingHeader("Date").flatMap(Lookups::time);
                return new Identity(answer.account(), answer.arn(), at);
            }
        });
        caller = found;
        return found;
    }

    /** Who is between here and AWS may write what no clock says. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Who asks, and when that was by the clock of AWS; empty if it did not say. */
    record Identity(String account, String arn, Optional<Instant> at) {}

    Resolved resolve(StackSpec spec, Optional<FormedStack> standing, Optional<Integer> capacity) {
        String image = images.choose(spec, standing);
        return new Resolved(
                zones(spec, standing),
                Optional.of(image),
                images.rootDevice(image, standing),
                hostedZone(spec),
                Optional.empty(),
                capacity);
    }

    /** For an instance of which a machine image is made. */
    Resolved resolveBase(StackSpec spec, Optional<FormedStack> standing) {
        return resolve(spec, standing, images.base(spec));
    }

    /** For an instance of one machine image, in a network of its own. */
    Resolved resolve(StackSpec spec, Optional<FormedStack> standing, String image) {
        return new Resolved(
                zones(spec, standing),
                Optional.of(image),
                images.rootDevice(image, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    MachineImages images() {
        return images;
    }

    /** A new stack takes the first that have its type, and stays in what it was given. */
    private List<String> zones(StackSpec spec, Optional<FormedStack> standing) {
        List<String> named = AwsSettings.of(spec).network().zones();
        if (!named.isEmpty()) {
            return named;
        }
        return standing.isPresent()
                ? standing.flatMap(stack -> stack.output(ServerStack.ZONES))
                        .map(text -> List.of(text.split(",", -1)))
                        .orElse(List.of())
                : offered(spec);
    }

    /** None if they cannot be asked, or are too few: then CloudFormation takes the first of the region. */
    private List<String> offered(StackSpec spec) {
        try {
            List<String> zones = machines.zonesOf(ServerStack.type(spec)).stream()
                    .limit(USUAL_ZONES)
                    .toList();
            return zones.size() < fewestZones(spec.shape()) ? List.of() : zones;
        } catch (AwsException unasked) {
            return List.of();
        }
    }

    static int fewestZones(Shape shape) {
        return shape == Shape.SINGLE ? 1 : USUAL_ZONES;
    }

    FreePlan freePlan() {
        try {
            return new FreePlan(machines.freeTypes());
        } catch (AwsException unasked) {
            return new FreePlan(Collections.emptyNavigableSet());
        }
    }

    private Optional<String> hostedZone(StackSpec spec) {
        return spec.domain().map(domain -> hostedZone(domain.zone()));
    }

    /** The id of the public hosted zone of that name. */
    String hostedZone(String zone) {
        String tried = "find the hosted zone " + zone;
        return session.ask(tried, "route53:ListHostedZonesByName", () -> publicZone(zone + "."))
                .orElseThrow(() -> new AwsException(
                        tried,
                        "this account has no public one of that name",
                        "create it (aws route53 create-hosted-zone) and have its name servers entered where the domain was bought",
                        "",
                        null));
    }

    /** Those of a hosted zone, without dots at their ends. */
    List<String> nameServers(String hostedZone) {
        return session.ask("read the name servers of the hosted zone " + hostedZone, "route53:GetHostedZone", () -> {
            try (Route53Client client = session.client(Route53Client.builder())) {
                return client.getHostedZone(request -> request.id(hostedZone)).delegationSet().nameServers().stream()
                        .map(name -> name.replaceFirst("[.]$", ""))
                        .toList();
            }
        });
    }

    private Optional<String> publicZone(String name) {
        try (Route53Client client = session.client(Route53Client.builder())) {
            return client.listHostedZonesByName(request -> request.dnsName(name)).hostedZones().stream()
                    .filter(zone -> zone.name().equals(name) && !isPrivate(zone))
                    .map(zone -> zone.id().replace("/hostedzone/", ""))
                    .findFirst();
        }
    }

    private static boolean isPrivate(HostedZone zone) {
        return zone.config() != null && Boolean.TRUE.equals(zone.config().privateZone());
    }
}
