package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.inventory.ServedPaths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The load balancer, what it sends requests to, and under which certificate. */
final class BalancerPart {

    static final String TARGETS = "Targets";
    static final String BALANCER = "Balancer";
    static final String CERTIFICATE = "Certificate";

    /** Each port has its own, so that a stack may get a domain, or lose it: two listeners of one port cannot stand side by side in an update. */
    private static final String HTTP_LISTENER = "HttpListener";

    private static final String HTTPS_LISTENER = "HttpsListener";

    /** Two, so that one late answer takes nobody out; the least that there can be. */
    private static final int CHECKS = 2;

    /** nginx keeps connections open longer than that. */
    private static final int IDLE_SECONDS = 60;

    /** A client comes to another zone after that time, if the one that it is led to is not well. */
    private static final int KEEP_ALIVE_SECONDS = 300;

    /** TLS 1.2 and 1.3 with forward secrecy, and key exchange that quantum computers will not break. */
    private static final String TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

    private static final String HSTS = "max-age=63072000";

    private final Design design;
    private final Optional<String> accessLogs;

    BalancerPart(Design design) {
        this.design = design;
        this.accessLogs = design.aws().operation().accessLogs();
    }

    /** What the group waits for: without a listener a target is never asked whether it is healthy. */
    static List<String> waysIn(Design design) {
        return List.of(design.hasCertificate() ? HTTPS_LISTENER : HTTP_LISTENER);
    }

    List<Resource> resources(NetworkPart network) {
        List<Resource> resources = new ArrayList<>();
        resources.add(balancer(network));
        resources.add(targets());
        if (design.hasCertificate()) {
            resources.add(certificate());
            resources.add(https());
            resources.add(redirect());
        } else {
            resources.add(http());
        }
        return List.copyOf(resources);
    }

    private Resource balancer(NetworkPart network) {
        Resource balancer = Resource.of(
                        BALANCER,
                        "AWS::ElasticLoadBalancingV2::LoadBalancer",
                        Fields.of("Type", "application")
                                .with("Scheme", "internet-facing")
                                .with("Subnets", Value.list(network.publicSubnets()))
                                .with(
                                        "SecurityGroups",
                                        Value.list(Value.attribute(AccessPart.BALANCER_GROUP, "GroupId")))
                                .with("LoadBalancerAttributes", attributes(balancerAttributes())))
                // Users cannot come before there is a way to it.
                .after(network.waysOut());
        return accessLogs.isPresent()
                ? balancer
                : balancer.although(
                        "CKV_AWS_91",
                        "nginx logs every request as JSON; logs of the load balancer need a bucket, which outlives the stack.");
    }

    private Map<String, String> balancerAttributes() {
        Map<String, String> attributes = new HashMap<>(Map.of(
                "idle_timeout.timeout_seconds",
                String.valueOf(IDLE_SECONDS),
                "client_keep_alive.seconds",
                String.valueOf(KEEP_ALIVE_SECONDS),
                "routing.http.drop_invalid_header_fields.enabled",
                "true",
                "routing.http.desync_mitigation_mode",
                "defensive"));
        // What is not named would stay as it was.
        attributes.put("access_logs.s3.enabled", String.valueOf(accessLogs.isPresent()));
        accessLogs.ifPresent(bucket -> attributes.putAll(Map.of(
                "access_logs.s3.bucket",
                bucket,
                "access_logs.s3.prefix",
                design.spec().name().text())));
        return attributes;
    }

    private static Value attributes(Map<String, String> attributes) {
        List<Value> items = new ArrayList<>();
        new TreeMap<>(attributes)
                .forEach((key, value) -> items.add(Fields.of("Key", key).with("Value", value)));
        return Value.list(items);
    }

    private Resource targets() {
        long every = design.aws().balancing().checkEvery().toSeconds();
        return Resource.of(
                TARGETS,
                "AWS::ElasticLoadBalancingV2::TargetGroup",
                Fields.of("VpcId", Value.ref(NetworkPart.VPC))
                        .with("TargetType", "instance")
                        .with("Protocol", "HTTP")
                        .with("Port", 80)
                        .with("HealthCheckProtocol", "HTTP")
                        .with("HealthCheckPath", ServedPaths.READINESS)
                        .with("HealthCheckIntervalSeconds", every)
                        .with("HealthCheckTimeoutSeconds", Math.min(every, 5) - (every == 5 ? 1 : 0))
                        .with("HealthyThresholdCount", CHECKS)
                        .with("UnhealthyThresholdCount", CHECKS)
                        .with("Matcher", Fields.of("HttpCode", "200"))
                        .with(
                                "TargetGroupAttributes",
                                attributes(Map.of(
                                        "deregistration_delay.timeout_seconds",
                                        String.valueOf(design.aws()
                                                .balancing()
                                                .drainWithin()
                                                .toSeconds())))));
    }

    private Resource certificate() {
        String name = design.spec().domain().orElseThrow().name();
        Fields validation = Fields.of("DomainName", name)
                .withIfAny("HostedZoneId", design.resolved().hostedZone().map(Value::of));
        return Resource.of(
                CERTIFICATE,
                "AWS::CertificateManager::Certificate",
                Fields.of("DomainName", name)
                        .with("ValidationMethod", "DNS")
                        .with("DomainValidationOptions", Value.list(validation)));
    }

    private Resource https() {
        return listener(HTTPS_LISTENER, "HTTPS", 443, forward())
                .although("CKV_AWS_103", "The policy has TLS 1.2 as its least; the linter does not know its name.");
    }

    private Resource http() {
        return listener(HTTP_LISTENER, "HTTP", 80, forward())
                .although("CKV_AWS_2", "Without a domain there is no certificate.")
                .although("CKV_AWS_103", "Without a domain there is no certificate.");
    }

    private Resource redirect() {
        Fields redirect = Fields.of("Protocol", "HTTPS").with("Port", "443").with("StatusCode", "HTTP_301");
        return listener(HTTP_LISTENER, "HTTP", 80, Fields.of("Type", "redirect").with("RedirectConfig", redirect))
                // Nobody is sent to where nobody listens yet.
                .after(List.of(HTTPS_LISTENER));
    }

    private static Fields forward() {
        return Fields.of("Type", "forward").with("TargetGroupArn", Value.ref(TARGETS));
    }

    private static Resource listener(String name, String protocol, int port, Fields action) {
        Fields properties = Fields.of("LoadBalancerArn", Value.ref(BALANCER))
                .with("Protocol", protocol)
                .with("Port", port)
                .with("DefaultActions", Value.list(action));
        boolean encrypted = protocol.equals("HTTPS");
        if (encrypted) {
            properties = properties
                    .with("SslPolicy", TLS_POLICY)
                    .with("Certificates", Value.list(Fields.of("CertificateArn", Value.ref(CERTIFICATE))));
        }
        return Resource.of(
                name,
                "AWS::ElasticLoadBalancingV2::Listener",
                properties.with(
                        "ListenerAttributes",
                        attributes(
                                encrypted
                                        ? Map.of(
                                                "routing.http.response.server.enabled",
                                                "false",
                                                "routing.http.response.strict_transport_security.header_value",
                                                HSTS)
                                        : Map.of("routing.http.response.server.enabled", "false"))));
    }
}
