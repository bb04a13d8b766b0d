package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.AppPermissions;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.ImageSettings;
import dev.upkeep.infra.spec.InstanceType;
import dev.upkeep.infra.spec.Ipv4Network;
import dev.upkeep.infra.spec.SecretReference;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Specs that differ in everything that a template can show, each with its templates. */
final class SpecMatrix {

    static final Resolved KNOWN = new Resolved(
            List.of("eu-west-1a", "eu-west-1b"),
            Optional.of("ami-0123456789abcdef0"),
            Optional.of("/dev/xvda"),
            Optional.of("Z0123456789ABCDEFGHIJ"),
            Optional.empty(),
            Optional.empty());

    static final String ALLOCATION = "eipalloc-0123456789abcdef0";

    private static final AwsSettings STANDARD = AwsSettings.standard(Optional.of("eu-west-1"));

    private SpecMatrix() {}

    static StackSpec single() {
        return spec(STANDARD).build();
    }

    static StackSpec highlyAvailable() {
        return spec(STANDARD).shape(Shape.HIGHLY_AVAILABLE).build();
    }

    static StackSpec broughtAddress() {
        return spec(broughtAddress(STANDARD)).build();
    }

    private static AwsSettings broughtAddress(AwsSettings settings) {
        return settings.with(new AwsSettings.Access(
                settings.access().sshFrom(), settings.access().endpoint(), Optional.of(ALLOCATION)));
    }

    private static StackSpecBuilder spec(AwsSettings settings) {
        return StackSpec.builder("shop", "1.0.6").aws(settings);
    }

    private static AwsSettings everything() {
        return STANDARD.with(new AwsSettings.Network(
                        Ipv4Network.parse("192.168.0.0/20"), List.of("eu-west-1a", "eu-west-1b", "eu-west-1c"), true))
                .with(new AwsSettings.Server(
                        Optional.of(new InstanceType("m7g.large")),
                        "debian-13",
                        "debian-13",
                        20,
                        6,
                        Optional.of("arn:aws:iam::123456789012:policy/boundary"),
                        false))
                .with(new AwsSettings.Balancing(Duration.ofSeconds(10), Duration.ofSeconds(120), false))
                .with(new AwsSettings.Access(Optional.of(Ipv4Network.parse("198.51.100.7/32")), true, Optional.empty()))
                .with(new AwsSettings.Operation(
                        Optional.of("ops@example.org"),
                        90,
                        Optional.of("example-access-logs"),
                        Set.of(AwsSettings.Keep.IMAGES, AwsSettings.Keep.LOGS)))
                .with(Map.of("team", "shop", "cost-center", "42"));
    }

    private static StackSpec highlyAvailableWithEverything() {
        return spec(everything())
                .shape(Shape.HIGHLY_AVAILABLE)
                .images(arm())
                .instances(3)
                .environment(environment())
                .permissions(permissions())
                .domain("www.example.org", "example.org")
                .build();
    }

    static AppEnvironment environment() {
        return new AppEnvironment(
                Map.of("LOG_LEVEL", "info"),
                Map.of(
                        "DB_PASSWORD", SecretReference.parse("/shop/db-password"),
                        "MAIL_PASSWORD", SecretReference.parse("/shop/mail"),
                        "API_KEY", SecretReference.parse("secretsmanager:shop/api-key")));
    }

    static AppPermissions permissions() {
        return new AppPermissions(
                List.of(new AppPermissions.Policy("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")),
                List.of(new AppPermissions.Statement(
                        List.of("sqs:SendMessage"), List.of("arn:aws:sqs:eu-west-1:123456789012:shop-*"))));
    }

    private static ImageSettings arm() {
        return new ImageSettings(Optional.empty(), ImageSettings.DEFAULT_NGINX, List.of(Architecture.ARM64));
    }

    /** By a name for the file. */
    static Map<String, StackTemplate> templates() {
        Map<String, StackTemplate> templates = new LinkedHashMap<>();
        templates.put("base", BaseStack.template(single(), List.of("edge", "web", "app")));
        templates.put("base-kept", BaseStack.template(highlyAvailableWithEverything(), List.of("edge", "web", "app")));
        templates.put("single", ServerStack.template(single(), KNOWN));
        templates.put(
                "single-arm-domain",
                ServerStack.template(
                        spec(STANDARD)
                                .images(arm())
                                .domain("www.example.org", "example.org")
                                .build(),
                        KNOWN));
        templates.put("single-nothing-known", ServerStack.template(single(), Resolved.nothing()));
        templates.put(
                "single-brought-address",
                ServerStack.template(broughtAddress(), KNOWN.withAddress(Optional.of("192.0.2.1"))));
        templates.put(
                "single-brought-address-domain-nothing-known",
                ServerStack.template(
                        spec(broughtAddress(STANDARD))
                                .domain("www.example.org", "example.org")
                                .build(),
                        Resolved.nothing()));
        templates.put("highly-available", ServerStack.template(highlyAvailable(), KNOWN));
        templates.put(
                "highly-available-domain",
                ServerStack.template(
                        spec(STANDARD)
                                .shape(Shape.HIGHLY_AVAILABLE)
                                .domain("www.example.org", "example.org")
                                .build(),
                        KNOWN));
        templates.put("highly-available-everything", ServerStack.template(highlyAvailableWithEverything(), KNOWN));
        templates.put("image-builder", ImageStack.builder(single(), KNOWN));
        templates.put("image-canary-everything", ImageStack.canary(highlyAvailableWithEverything(), KNOWN));
        templates.put("highly-available-nothing-known", ServerStack.template(highlyAvailable(), Resolved.nothing()));
        return templates;
    }
}
