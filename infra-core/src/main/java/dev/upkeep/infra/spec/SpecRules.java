package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.image.reference.ImageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules of a spec, each giving the problems it finds, so that all can be reported at once. */
final class SpecRules {

    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,22}[a-z0-9])?");

    /** What may stand unquoted in an nginx configuration, a header, an image tag and a file name. */
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");

    /** RFC 1123 host name of at least two labels, as Route 53 takes it. */
    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    /** RFC 3986 path and query, without what would mean something in an nginx configuration. */
    private static final Pattern HEALTH_PATH = Pattern.compile("/[A-Za-z0-9/._~%!*'()+,:@=&?-]{0,511}");

    private static final Pattern NETWORK = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");

    private SpecRules() {}

    static void throwIfAny(List<SpecProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(problems);
        }
    }

    static Optional<SpecProblem> name(String text) {
        return unless(
                NAME.matcher(text).matches(),
                new SpecProblem(
                        "/stack",
                        "\"" + text + "\" is no stack name",
                        "use 1 to 24 lower-case letters, digits and hyphens, beginning with a letter"));
    }

    static Optional<SpecProblem> version(String text) {
        return unless(
                VERSION.matcher(text).matches(),
                new SpecProblem(
                        "/version",
                        "\"" + text + "\" cannot be a version",
                        "use 1 to 128 letters, digits, dots, plus, underscore and hyphens, such as 1.0.6"));
    }

    static Optional<SpecProblem> instances(Shape shape, int count) {
        String range = shape.minimumInstances() == shape.maximumInstances()
                ? "exactly " + shape.minimumInstances()
                : shape.minimumInstances() + " to " + shape.maximumInstances();
        return unless(
                count >= shape.minimumInstances() && count <= shape.maximumInstances(),
                new SpecProblem(
                        "/instances",
                        count + " instances do not fit the shape " + shape.text(),
                        "this shape has " + range + " instances"));
    }

    static Optional<SpecProblem> localPort(int port) {
        return unless(
                port >= 0 && port <= 65535,
                new SpecProblem("/local/port", port + " is no port", "use 1 to 65535, or leave it out"));
    }

    static Optional<SpecProblem> network(String name) {
        return unless(
                NETWORK.matcher(name).matches() && !name.equals("host"),
                new SpecProblem(
                        "/local/network",
                        "\"" + name + "\" cannot be the network of the containers",
                        "name one that docker network ls shows, but not host: an application there would reach all that the"
                                + " machine reaches"));
    }

    static Optional<SpecProblem> region(String text) {
        return unless(
                REGION.matcher(text).matches(),
                new SpecProblem("/region", "\"" + text + "\" is no AWS region", "write it like eu-west-1"));
    }

    static List<SpecProblem> app(String image, int port, List<String> command) {
        List<SpecProblem> problems = new ArrayList<>();
        if (image.isBlank()) {
            problems.add(new SpecProblem("/app/image", "the image is empty", "name an image or a folder"));
        }
        if (port < 1 || port > 65535) {
            problems.add(new SpecProblem("/app/port", port + " is no port", "use 1 to 65535"));
        }
        if (!command.isEmpty() && command.get(0).isBlank()) {
            problems.add(new SpecProblem("/app/command/0", "the program is empty", "name a program"));
        }
        return problems;
    }

    static List<SpecProblem> health(String path, Duration limit) {
        List<SpecProblem> problems = new ArrayList<>();
        if (!HEALTH_PATH.matcher(path).matches()) {
            problems.add(new SpecProblem(
                    "/app/health",
                    "\"" + path + "\" is no path",
                    "write it like /healthz, begin with a slash and encode what is unusual; or write none"));
        }
        if (limit.compareTo(AppHealth.SHORTEST_LIMIT) < 0 || limit.compareTo(AppHealth.LONGEST_LIMIT) > 0) {
            problems.add(new SpecProblem(
                    "/app/health-limit",
                    limit.toMillis() + " ms is no limit for the answer to a health check",
                    "use " + AppHealth.SHORTEST_LIMIT.toMillis() + "ms to " + AppHealth.LONGEST_LIMIT.toSeconds()
                            + "s"));
        }
        return problems;
    }

    static List<SpecProblem> nginx(int maxBodyMegabytes, Duration answerWithin) {
        List<SpecProblem> problems = new ArrayList<>();
        if (maxBodyMegabytes < 1 || maxBodyMegabytes > NginxLimits.LARGEST_BODY_MEGABYTES) {
            problems.add(new SpecProblem(
                    "/nginx/max-body",
                    maxBodyMegabytes + " MB is no limit for the body of a request",
                    "use 1MB to " + NginxLimits.LARGEST_BODY_MEGABYTES + "MB"));
        }
        boolean inRange = answerWithin.compareTo(Duration.ofSeconds(1)) >= 0
                && answerWithin.compareTo(NginxLimits.LONGEST_ANSWER) <= 0;
        if (!inRange || answerWithin.toMillisPart() != 0) {
            problems.add(new SpecProblem(
                    "/nginx/answer-within",
                    answerWithin.toMillis() + " ms is no limit for the answer of an application",
                    "use whole seconds, 1s to " + NginxLimits.LONGEST_ANSWER.toHours() + "h"));
        }
        return problems;
    }

    static List<SpecProblem> images(Optional<String> registry, String nginx, List<Architecture> platforms) {
        List<SpecProblem> problems = new ArrayList<>();
        registry.flatMap(SpecRules::registry).ifPresent(problems::add);
        if (nginx.isBlank()) {
            problems.add(new SpecProblem("/images/nginx", "the base is empty", "name an image that has nginx"));
        }
        if (platforms.isEmpty()) {
            problems.add(
                    new SpecProblem("/images/platforms", "there is no platform", "name linux/amd64 or linux/arm64"));
        }
        return problems;
    }

    private static Optional<SpecProblem> registry(String text) {
        try {
            ImageReference image = ImageReference.parse(text + "/image");
            boolean named = !image.registry().equals(ImageReference.DOCKER_HUB) || text.startsWith("docker.io");
            return unless(
                    named && image.tag().isEmpty() && image.digest().isEmpty(),
                    new SpecProblem(
                            "/images/registry",
                            "\"" + text + "\" is no registry",
                            "begin with its host name, such as registry.example.org/team"));
        } catch (IllegalArgumentException e) {
            return Optional.of(new SpecProblem(
                    "/images/registry",
                    String.valueOf(e.getMessage()),
                    "begin with its host name, such as registry.example.org/team"));
        }
    }

    static Optional<SpecProblem> something(boolean site, boolean app) {
        return unless(
                site || app,
                new SpecProblem(
                        "/app",
                        "there is neither an application nor a site",
                        "add site: with a folder, or an application"));
    }

    static List<SpecProblem> domain(String name, String zone) {
        List<SpecProblem> problems = new ArrayList<>();
        host("/domain/name", name).ifPresent(problems::add);
        host("/domain/zone", zone).ifPresent(problems::add);
        if (problems.isEmpty() && !name.equals(zone) && !name.endsWith("." + zone)) {
            problems.add(new SpecProblem(
                    "/domain/name", name + " is not in the zone " + zone, "the name must end with ." + zone));
        }
        return problems;
    }

    private static Optional<SpecProblem> host(String pointer, String text) {
        return unless(
                HOST.matcher(text).matches(),
                new SpecProblem(pointer, "\"" + text + "\" is no host name", "write it like www.example.org"));
    }

    private static Optional<SpecProblem> unless(boolean right, SpecProblem problem) {
        return right ? Optional.empty() : Optional.of(problem);
    }
}
