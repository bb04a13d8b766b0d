package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The stack stands in an account of Amazon Web Services. Immutable; every {@code with} returns a copy.
 *
 * @param region where; empty takes the region of the user's own AWS configuration
 * @param network what it stands in
 * @param server what its instances are
 * @param balancing how its load balancer treats instances
 * @param access how users, people and programs get to the instances
 * @param operation how it is watched and what is kept
 * @param tags what every resource is marked with, by key, beside what Upkeep itself marks it with
 */
public record AwsSettings(
        Optional<String> region,
        Network network,
        Server server,
        Balancing balancing,
        Access access,
        Operation operation,
        Map<String, String> tags)
        implements PlatformSettings {

    /** The word that configuration files use for it. */
    public static final String PLATFORM = "aws";

    /**
     * Those of a stack on AWS.
     *
     * @param spec a stack
     * @return its settings
     * @throws IllegalArgumentException if it is for another platform
     */
    public static AwsSettings of(StackSpec spec) {
        if (spec.settings() instanceof AwsSettings settings) {
            return settings;
        }
        throw new IllegalArgumentException(
                "the spec is for the platform " + spec.settings().platform());
    }

    /**
     * What a stack stands in.
     *
     * @param addresses those of its private cloud: a private network, /16 to /24
     * @param zones its availability zones, at least two; empty takes the first two that have the type of the instances, and stays with them
     * @param isPrivate whether instances have no public address and reach the internet through NAT gateways, which cost about 33 dollars a
     *     month each
     */
    public record Network(Ipv4Network addresses, List<String> zones, boolean isPrivate) {

        /** The addresses of the private cloud unless the spec says otherwise. */
        public static final Ipv4Network DEFAULT_ADDRESSES = Ipv4Network.parse("10.20.0.0/16");

        /**
         * Checks and copies.
         *
         * @throws InvalidSpecException if the addresses or the zones break their rules
         */
        public Network {
            zones = List.copyOf(zones);
            SpecRules.throwIfAny(AwsRules.network(addresses, zones));
        }
    }

    /**
     * What the instances are.
     *
     * @param type what they are; empty takes the smallest type on which the images run
     * @param image {@link #AMAZON_LINUX}, {@code debian-12}, {@code debian-13}, {@link #BAKED}, or the id of a machine image
     * @param baseImage what a machine image of the stack's own is made from: the same, but for {@link #BAKED}
     * @param diskGigabytes the size of the root disk, {@link #SMALLEST_DISK} to 1000
     * @param maxInstances up to how many instances the group may grow by itself when they are busy; 0 keeps the number that the spec names
     * @param permissionsBoundary the ARN of the policy that bounds the role of the instances, if the account demands one
     * @param takesNewestImage whether a plan takes the newest machine image of the kind, though the stack was made of an older one. It is wanted
     *     for one plan, and stands in no file
     */
    public record Server(
            Optional<InstanceType> type,
            String image,
            String baseImage,
            int diskGigabytes,
            int maxInstances,
            Optional<String> permissionsBoundary,
            boolean takesNewestImage) {

        /** The newest Amazon Linux 2023 at the time of the first plan. */
        public static final String AMAZON_LINUX = "amazon-linux-2023";

        /** The newest machine image that was made for the stack itself and has served, see {@link dev.upkeep.infra.bake.Bakery}. */
        public static final String BAKED = "baked";

        /** The root disk unless the spec says otherwise, and the smallest that the images fit on, in gigabytes. */
        public static final int SMALLEST_DISK = 8;

        /**
         * Checks everything.
         *
         * @throws InvalidSpecException if a value breaks its rules
         */
        public Server {
            SpecRules.throwIfAny(AwsRules.server(image, baseImage, diskGigabytes, permissionsBoundary));
        }

        /**
         * With the newest machine image of the kind.
         *
         * @return a copy
         */
        Server withNewestImage() {
            return new Server(type, image, baseImage, diskGigabytes, maxInstances, permissionsBoundary, true);
        }

        /**
         * Whether a machine image is named by its id, and not by its kind.
         *
         * @param image as a spec names it
         * @return true for such as {@code ami-0123456789abcdef0}
         */
        public static boolean isId(String image) {
            return image.startsWith("ami-");
        }

        /**
         * Whether instances are made of the machine image that was made for the stack itself.
         *
         * @return true for {@link #BAKED}
         */
        public boolean isBaked() {
            return image.equals(BAKED);
        }

        /**
         * What stands for the kind of machine image that AWS or Debian publishes.
         *
         * @return the image, or what that of the stack's own is made from
         */
        public String publishedImage() {
            return isBaked() ? baseImage : image;
        }

        /**
         * Who may log in to an instance.
         *
         * @return {@code admin} on Debian, else {@code ec2-user}, as Amazon Linux has it
         */
        public String loginUser() {
            return publishedImage().startsWith("debian-") ? "admin" : "ec2-user";
        }

        /**
         * The smallest type of an instance.
         *
         * @return every setting at its default
         */
        public static Server standard() {
            return new Server(Optional.empty(), AMAZON_LINUX, AMAZON_LINUX, SMALLEST_DISK, 0, Optional.empty(), false);
        }
    }

    /**
     * How a load balancer treats instances.
     *
     * @param checkEvery how often each is asked whether it is ready, whole seconds, 5 s to 300 s
     * @param drainWithin how long a request may take when its instance is going, whole seconds, 0 s to 1 h
     * @param replacesUnhealthy whether an instance that is not ready is replaced by a new one; else only one whose machine is broken is
     */
    public record Balancing(Duration checkEvery, Duration drainWithin, boolean replacesUnhealthy) {

        /** How often an instance is asked unless the spec says otherwise. */
        public static final Duration DEFAULT_CHECK = Duration.ofSeconds(5);

        /** How long a request may take unless the spec says otherwise. */
        public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(30);

        /**
         * Checks both times.
         *
         * @throws InvalidSpecException if one is out of range
         */
        public Balancing {
            SpecRules.throwIfAny(AwsRules.balancing(checkEvery, drainWithin));
        }

        /**
         * Asked every 5 s, drained within 30 s, replaced when not ready.
         *
         * @return every setting at its default
         */
        public static Balancing standard() {
            return new Balancing(DEFAULT_CHECK, DEFAULT_DRAIN, true);
        }
    }

    /**
     * How users, people and programs get to the instances. People and programs need none of this: Run Command opens no port.
     *
     * @param sshFrom the addresses that may connect to port 22; none unless set
     * @param endpoint whether there is an EC2 Instance Connect Endpoint, through which SSH needs no open port
     * @param address the id of the allocation of an Elastic IP that is there already, by which users reach a single instance. The stack uses it
     *     and never owns it; unless set, it makes one of its own
     */
    public record Access(Optional<Ipv4Network> sshFrom, boolean endpoint, Optional<String> address) {

        /**
         * Checks the addresses.
         *
         * @throws InvalidSpecException if one is much of the internet, or no allocation
         */
        public Access {
            SpecRules.throwIfAny(AwsRules.access(sshFrom, address));
        }

        /**
         * No way in but Run Command, and users come by an address of the stack's own.
         *
         * @return every setting at its default
         */
        public static Access closed() {
            return new Access(Optional.empty(), false, Optional.empty());
        }
    }

    /** What can stay when a stack is destroyed. */
    public enum Keep {
        /** The repositories, with all images in them. */
        IMAGES,
        /** The log group. */
        LOGS
    }

    /**
     * How a stack is watched, and what is kept of it.
     *
     * @param mail who is told when an alarm goes off; nobody unless set
     * @param logDays how long logs are kept, one of the periods that CloudWatch Logs has
     * @param accessLogs the bucket of the user into which the load balancer writes what was asked of it; nowhere unless set
     * @param keep what stays when the stack is destroyed; nothing unless set
     */
    public record Operation(Optional<String> mail, int logDays, Optional<String> accessLogs, Set<Keep> keep) {

        /** How long logs are kept unless the spec says otherwise. */
        public static final int DEFAULT_LOG_DAYS = 30;

        /**
         * Checks and copies.
         *
         * @throws InvalidSpecException if one breaks its rules
         */
        public Operation {
            keep = Set.copyOf(keep);
            SpecRules.throwIfAny(AwsRules.operation(mail, logDays, accessLogs));
        }

        /**
         * Nobody is told, logs are kept for a month, and a destroy keeps nothing.
         *
         * @return every setting at its default
         */
        public static Operation standard() {
            return new Operation(Optional.empty(), DEFAULT_LOG_DAYS, Optional.empty(), Set.of());
        }
    }

    /**
     * Checks and copies.
     *
     * @throws InvalidSpecException if a value breaks its rules
     */
    public AwsSettings {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        List<SpecProblem> problems = new ArrayList<>();
        region.flatMap(SpecRules::region).ifPresent(problems::add);
        problems.addAll(AwsRules.tags(tags));
        SpecRules.throwIfAny(problems);
    }

    /**
     * With every other setting at its default.
     *
     * @param region where; empty takes the region of the user's own AWS configuration
     * @return the settings
     * @throws InvalidSpecException if it is no region
     */
    public static AwsSettings standard(Optional<String> region) {
        return new AwsSettings(
                region,
                new Network(Network.DEFAULT_ADDRESSES, List.of(), false),
                Server.standard(),
                Balancing.standard(),
                Access.closed(),
                Operation.standard(),
                Map.of());
    }

    /**
     * In another region.
     *
     * @param other an AWS region
     * @return new settings
     * @throws InvalidSpecException if it is no region
     */
    public AwsSettings in(String other) {
        return new AwsSettings(Optional.of(other), network, server, balancing, access, operation, tags);
    }

    /**
     * With another network.
     *
     * @param other the network
     * @return new settings
     */
    public AwsSettings with(Network other) {
        return new AwsSettings(region, other, server, balancing, access, operation, tags);
    }

    /**
     * With other instances.
     *
     * @param other the instances
     * @return new settings
     */
    public AwsSettings with(Server other) {
        return new AwsSettings(region, network, other, balancing, access, operation, tags);
    }

    /**
     * With another treatment of instances.
     *
     * @param other the treatment
     * @return new settings
     */
    public AwsSettings with(Balancing other) {
        return new AwsSettings(region, network, server, other, access, operation, tags);
    }

    /**
     * With other ways in.
     *
     * @param other the ways
     * @return new settings
     */
    public AwsSettings with(Access other) {
        return new AwsSettings(region, network, server, balancing, other, operation, tags);
    }

    /**
     * With another operation.
     *
     * @param other how it is watched
     * @return new settings
     */
    public AwsSettings with(Operation other) {
        return new AwsSettings(region, network, server, balancing, access, other, tags);
    }

    /**
     * With other tags.
     *
     * @param other by key
     * @return new settings
     */
    public AwsSettings with(Map<String, String> other) {
        return new AwsSettings(region, network, server, balancing, access, operation, other);
    }

    @Override
    public String platform() {
        return PLATFORM;
    }
}
