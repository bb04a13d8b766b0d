package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Finds out what a spec leaves to AWS. What a standing stack was made with is kept. */
final class Lookups {

    private final AwsSession session;

    Lookups(AwsSession session) {
        this.session = session;
    }

    /** Who asks: the number of the account, and the ARN of the user or role. */
    Identity identity() {
        return session.ask("find out whose credentials these are", "sts:GetCallerIdentity", () -> {
            try (StsClient client = session.client(StsClient.builder())) {
                var answer = client.getCallerIdentity();
                return new Identity(answer.account(), answer.arn());
            }
        });
    }

    /** Who asks. */
    record Identity(String account, String arn) {}

    Resolved resolve(StackSpec spec, Optional<FormedStack> standing, Optional<Integer> capacity) {
        AwsSettings aws = AwsSettings.of(spec);
        return new Resolved(zones(aws, standing), Optional.of(image(spec, aws, standing)), hostedZone(spec), capacity);
    }

    /** A new stack leaves them to CloudFormation, and stays in what it was given. */
    private static List<String> zones(AwsSettings aws, Optional<FormedStack> standing) {
        return aws.network().zones().isEmpty()
                ? standing.flatMap(stack -> stack.output(ServerStack.ZONES))
                        .map(text -> List.of(text.split(",", -1)))
                        .orElse(List.of())
                : aws.network().zones();
    }

    private String image(StackSpec spec, AwsSettings aws, Optional<FormedStack> standing) {
        if (aws.server().image().startsWith("ami-")) {
            return aws.server().image();
        }
        return standing.filter(stack -> stack.output(ServerStack.IMAGE_KIND)
                        .filter(ServerStack.imageKind(spec)::equals)
                        .isPresent())
                .flatMap(stack -> stack.output(ServerStack.IMAGE))
                .orElseGet(() -> newestImage(ServerStack.imageParameter(spec)));
    }

    private String newestImage(String parameter) {
        return session.ask("find the newest machine image, which " + parameter + " names", "ssm:GetParameter", () -> {
            try (SsmClient client = session.client(SsmClient.builder())) {
                return client.getParameter(request -> request.name(parameter))
                        .parameter()
                        .value();
            }
        });
    }

    private Optional<String> hostedZone(StackSpec spec) {
        return spec.domain().map(domain -> hostedZone(domain.zone()));
    }

    private String hostedZone(String zone) {
        String tried = "find the hosted zone " + zone;
        return session.ask(tried, "route53:ListHostedZonesByName", () -> publicZone(zone + "."))
                .orElseThrow(() -> new AwsException(
                        tried,
                        "this account has no public one of that name",
                        "create it (aws route53 create-hosted-zone) and have its name servers entered where the domain was bought",
                        "",
                        null));
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
