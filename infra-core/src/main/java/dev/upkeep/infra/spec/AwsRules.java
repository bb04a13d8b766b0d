package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.image.reference.Architecture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules of what only a stack on Amazon Web Services has, each giving the problems it finds. */
final class AwsRules {

    private static final Pattern ZONE = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9](?:-[a-z]+-[0-9]+)?[a-z]");
    private static final Pattern IMAGE =
            Pattern.compile("amazon-linux-2023|debian-1[23]|ami-[0-9a-f]{8}(?:[0-9a-f]{9})?");
    private static final Pattern ALLOCATION = Pattern.compile("eipalloc-[0-9a-f]{8}(?:[0-9a-f]{9})?");
    private static final String IMAGES = "amazon-linux-2023, debian-12, debian-13, ";
    private static final String AN_ID = "or an id like ami-0123456789abcdef0";
    private static final Pattern BOUNDARY = Pattern.compile("arn:aws[a-z-]*:iam::(?:\\d{12}|aws):policy/[\\w+=,.@/-]+");
    private static final Pattern MAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");

    /** See "General purpose bucket naming rules" in the guide of S3. */
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final String ACCESS_LOGS = "/aws/access-logs";

    private static final String ADDRESS = "/aws/address";

    /** As IAM takes tags, which is the strictest of the services. */
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    /** A resource has at most 50, and Upkeep needs some itself. */
    private static final int MOST_TAGS = 40;

    private static final int SMALLEST_SSH_PREFIX = 8;
    private static final int LARGEST_DISK = 1000;

    /** See PutRetentionPolicy in the reference of CloudWatch Logs. */
    private static final List<Integer> LOG_DAYS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    /** What the stacks of CloudFormation beside that of the servers have behind the name, and what they are. */
    private static final Map<String, String> SUFFIXES = Map.of(
            "-base", "what another one needs before its servers",
            "-image", "what makes the machine images of another one");

    private AwsRules() {}

    static List<SpecProblem> name(StackName name) {
        return SUFFIXES.entrySet().stream()
                .filter(suffix -> name.text().endsWith(suffix.getKey()))
                .map(suffix -> new SpecProblem(
                        "/stack",
                        "on AWS a stack cannot be called " + name + ": " + suffix.getValue() + " is called that",
                        "take a name that does not end in " + suffix.getKey()))
                .toList();
    }

    /** What several settings have to agree on. */
    static List<SpecProblem> together(Shape shape, int instances, List<Architecture> platforms, AwsSettings aws) {
        List<SpecProblem> problems = new ArrayList<>();
        int most = aws.server().maxInstances();
        if (most != 0 && (most < instances || most > shape.maximumInstances())) {
            problems.add(new SpecProblem(
                    "/aws/max-instances",
                    "a group of " + instances + " cannot grow to " + most,
                    "use " + instances + " to " + shape.maximumInstances() + ", or leave it out"));
        }
        aws.server()
                .type()
                .filter(type -> !platforms.contains(type.architecture()))
                .ifPresent(type -> problems.add(new SpecProblem(
                        "/aws/type",
                        type + " has a processor for " + type.architecture().platform()
                                + ", and the images are made for others",
                        "write images: { platforms: [" + type.architecture().platform() + "] }, or another type")));
        if (shape == Shape.SINGLE && aws.operation().accessLogs().isPresent()) {
            problems.add(new SpecProblem(
                    ACCESS_LOGS,
                    "a single instance has no load balancer that could write them",
                    "leave it out: upkeep logs web shows the requests, or take shape: highly-available"));
        }
        if (shape != Shape.SINGLE && aws.access().address().isPresent()) {
            problems.add(new SpecProblem(
                    ADDRESS,
                    "users reach a load balancer, whose addresses AWS changes as it likes",
                    "leave it out, or take shape: single"));
        }
        aws.region().ifPresent(region -> {
            for (int index = 0; index < aws.network().zones().size(); index++) {
                String zone = aws.network().zones().get(index);
                if (!zone.startsWith(region)) {
                    problems.add(new SpecProblem(
                            "/aws/zones/" + index,
                            zone + " is not in the region " + region,
                            "name zones of that region"));
                }
            }
        });
        return problems;
    }

    static List<SpecProblem> network(Ipv4Network addresses, List<String> zones) {
        List<SpecProblem> problems = new ArrayList<>();
        if (!addresses.isPrivate() || addresses.prefix() < 16 || addresses.prefix() > 24) {
            problems.add(
                    new SpecProblem(
                            "/aws/network",
                            addresses + " is no private network for a stack",
                            "use one from /16 to /24 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, such as 10.20.0.0/16"));
        }
        for (int index = 0; index < zones.size(); index++) {
            if (!ZONE.matcher(zones.get(index)).matches()) {
                problems.add(new SpecProblem(
                        "/aws/zones/" + index,
                        "\"" + zones.get(index) + "\" is no availability zone",
                        "write it like eu-west-1a"));
            }
        }
        boolean distinct = zones.stream().distinct().count() == zones.size();
        if (!zones.isEmpty() && (zones.size() < 2 || zones.size() > 6 || !distinct)) {
            problems.add(new SpecProblem(
                    "/aws/zones/0", "a stack stands in two to six different zones", "name as many, or none"));
        }
        return problems;
    }

    static List<SpecProblem> server(
            String image, String baseImage, int diskGigabytes, Optional<String> permissionsBoundary) {
        List<SpecProblem> problems = new ArrayList<>();
        if (!IMAGE.matcher(image).matches() && !image.equals(AwsSettings.Server.BAKED)) {
            problems.add(noImage("/aws/image", image, "write " + IMAGES + AwsSettings.Server.BAKED + ", " + AN_ID));
        }
        if (!IMAGE.matcher(baseImage).matches()) {
            problems.add(noImage("/aws/base-image", baseImage, "write " + IMAGES + AN_ID));
        }
        if (diskGigabytes < AwsSettings.Server.SMALLEST_DISK || diskGigabytes > LARGEST_DISK) {
            problems.add(new SpecProblem(
                    "/aws/disk",
                    diskGigabytes + " GB is no size for the root disk",
                    "use " + AwsSettings.Server.SMALLEST_DISK + "GB to " + LARGEST_DISK + "GB"));
        }
        permissionsBoundary
                .filter(text -> !BOUNDARY.matcher(text).matches())
                .ifPresent(text -> problems.add(new SpecProblem(
                        "/aws/permissions-boundary",
                        "\"" + text + "\" is no policy",
                        "write its ARN, like arn:aws:iam::123456789012:policy/boundary")));
        return problems;
    }

    private static SpecProblem noImage(String pointer, String text, String hint) {
        return new SpecProblem(pointer, "\"" + text + "\" is no machine image", hint);
    }

    static List<SpecProblem> balancing(Duration checkEvery, Duration drainWithin) {
        List<SpecProblem> problems = new ArrayList<>();
        if (!isWhole(checkEvery, 5, 300)) {
            problems.add(new SpecProblem(
                    "/aws/check-every", checkEvery.toMillis() + " ms is no time between two checks", "use 5s to 300s"));
        }
        if (!isWhole(drainWithin, 0, 3600)) {
            problems.add(new SpecProblem(
                    "/aws/drain-within", drainWithin.toMillis() + " ms is no time to drain within", "use 0s to 1h"));
        }
        return problems;
    }

    private static boolean isWhole(Duration time, int fewest, int most) {
        return time.equals(Duration.ofSeconds(time.toSeconds()))
                && time.toSeconds() >= fewest
                && time.toSeconds() <= most;
    }

    static List<SpecProblem> access(Optional<Ipv4Network> sshFrom, Optional<String> address) {
        List<SpecProblem> problems = new ArrayList<>();
        sshFrom.filter(addresses -> addresses.prefix() < SMALLEST_SSH_PREFIX)
                .ifPresent(addresses -> problems.add(new SpecProblem(
                        "/aws/ssh-from",
                        addresses + " is much of the internet",
                        "open SSH to the addresses of your own network only, such as 198.51.100.7/32")));
        address.filter(text -> !ALLOCATION.matcher(text).matches())
                .ifPresent(text -> problems.add(new SpecProblem(
                        ADDRESS,
                        "\"" + text + "\" is no allocation of an Elastic IP",
                        "write its id, like eipalloc-0123456789abcdef0, which aws ec2 describe-addresses shows")));
        return problems;
    }

    static List<SpecProblem> operation(Optional<String> mail, int logDays, Optional<String> accessLogs) {
        List<SpecProblem> problems = new ArrayList<>();
        mail.filter(text -> !MAIL.matcher(text).matches())
                .ifPresent(text -> problems.add(new SpecProblem(
                        "/aws/alarm-mail", "\"" + text + "\" is no mail address", "write it like ops@example.org")));
        if (!LOG_DAYS.contains(logDays)) {
            problems.add(new SpecProblem(
                    "/aws/log-days", "logs cannot be kept for " + logDays + " days", "use one of " + LOG_DAYS));
        }
        accessLogs
                .filter(text -> !BUCKET.matcher(text).matches())
                .ifPresent(text -> problems.add(new SpecProblem(
                        ACCESS_LOGS,
                        "\"" + text + "\" is no name of a bucket",
                        "write the name only, like example-access-logs")));
        return problems;
    }

    static List<SpecProblem> tags(Map<String, String> tags) {
        List<SpecProblem> problems = new ArrayList<>();
        if (tags.size() > MOST_TAGS) {
            problems.add(
                    new SpecProblem("/aws/tags", "there are " + tags.size() + " tags", "use at most " + MOST_TAGS));
        }
        tags.forEach((key, value) -> {
            boolean right = TAG.matcher(key + value).matches()
                    && !key.isBlank()
                    && key.length() <= LONGEST_KEY
                    && value.length() <= LONGEST_VALUE
                    && !key.startsWith("aws:")
                    && !key.startsWith("upkeep:");
            if (!right) {
                problems.add(new SpecProblem(
                        "/aws/tags/" + key,
                        "\"" + key + "\" cannot be a tag with this value",
                        "use letters, digits, spaces and _.:/=+-@, up to 128 for the key and 256 for the value; aws: and upkeep: are"
                                + " taken"));
            }
        });
        return problems;
    }
}
