package dev.upkeep.checker.fleet;

import dev.upkeep.checker.check.VersionCheck;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A check of many places: do the edge and every origin behind it serve the expected version? Immutable.
 *
 * <p>The <em>edge</em> is what users reach; an <em>origin</em> is one instance behind it. Either may be missing, but not both. Where no
 * origins are named, every address of the edge's name is one.
 */
public final class FleetCheck {
    /** How many places are asked at the same time unless told otherwise. */
    public static final int DEFAULT_CONCURRENCY = 16;

    private final @Nullable VersionCheck edge;
    private final Map<String, VersionCheck> origins;
    private final int concurrency;
    private final Spread spread;
    private final @Nullable Remote remote;

    /**
     * Origins that cannot be asked from here.
     *
     * @param origins how they are asked
     * @param check what they are asked: of its URI only path and query count, and neither its headers nor its method, route and retries
     */
    public record Remote(RemoteOrigins origins, VersionCheck check) {}

    /** Where the origins come from. */
    public enum Spread {
        /** Those that are named. */
        NAMED_ORIGINS,
        /** Every address that the edge's name has at the moment of the check. */
        ALL_ADDRESSES
    }

    private FleetCheck(Builder builder, Spread spread) {
        this.edge = builder.edge;
        this.origins = Collections.unmodifiableMap(new LinkedHashMap<>(builder.origins));
        this.concurrency = builder.concurrency;
        this.spread = spread;
        this.remote = builder.remote;
    }

    /**
     * Checks every address of a name, each by itself.
     *
     * @param check neither dialling another address nor using a proxy; a host that is itself an address is the only one
     * @throws IllegalArgumentException if it does
     */
    public static FleetCheck allAddresses(VersionCheck check) {
        if (check.dialledAddress().isPresent() || check.proxy().isPresent()) {
            throw new IllegalArgumentException("all addresses of " + check.uri().getHost()
                    + " are to be asked, but the check names another to dial");
        }
        Builder builder = new Builder();
        builder.edge = check;
        return new FleetCheck(builder, Spread.ALL_ADDRESSES);
    }

    /**
     * The same fleet, asked more or less at the same time.
     *
     * @param limit from 1
     * @throws IllegalArgumentException if less
     */
    public FleetCheck withConcurrency(int limit) {
        Builder builder = new Builder();
        builder.edge = edge;
        builder.origins.putAll(origins);
        builder.remote = remote;
        return new FleetCheck(builder.concurrency(limit), spread);
    }

    /** Starts a fleet of named places. */
    public static Builder builder() {
        return new Builder();
    }

    /** What users reach; for {@link Spread#ALL_ADDRESSES}, the check that is put to each address. */
    public Optional<VersionCheck> edge() {
        return Optional.ofNullable(edge);
    }

    /** The instances by name, in the order in which they were added. */
    public Map<String, VersionCheck> origins() {
        return origins;
    }

    /** The origins that others ask, after all the places that are asked from here. */
    public Optional<Remote> remote() {
        return Optional.ofNullable(remote);
    }

    /** How many places are asked at the same time; always one by a checker that stays on the calling thread. */
    public int concurrency() {
        return concurrency;
    }

    /** Where the origins come from. */
    public Spread spread() {
        return spread;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FleetCheck that
                && edge().equals(that.edge())
                && origins.equals(that.origins)
                && concurrency == that.concurrency
                && spread == that.spread
                && remote().equals(that.remote());
    }

    @Override
    public int hashCode() {
        return Objects.hash(edge(), origins, concurrency, spread, remote());
    }

    @Override
    public String toString() {
        return "FleetCheck[" + (spread == Spread.ALL_ADDRESSES ? "all addresses of " : "edge ") + edge + ", origins "
                + origins.keySet() + ", " + concurrency + " at a time"
                + (remote == null ? "]" : ", others through " + remote.origins().way() + "]");
    }

    /** Collects the places. Not for use by several threads. */
    public static final class Builder {
        private @Nullable VersionCheck edge;
        private final Map<String, VersionCheck> origins = new LinkedHashMap<>();
        private int concurrency = DEFAULT_CONCURRENCY;
        private boolean hasOriginLikeEdge;
        private @Nullable Remote remote;

        private Builder() {}

        /**
         * What users reach.
         *
         * @throws IllegalStateException if an origin is already to be asked as another edge is
         */
        public Builder edge(VersionCheck check) {
            if (hasOriginLikeEdge && !Objects.equals(check, edge)) {
                throw new IllegalStateException("origins are asked as the edge " + edge + " is, which cannot become "
                        + check + "; set the edge first");
            }
            this.edge = check;
            return this;
        }

        /**
         * Adds an instance.
         *
         * @param name such as its id; not given before
         * @param check its own URI, or the edge's {@linkplain VersionCheck#dialling dialling} its address
         * @throws IllegalArgumentException if there is one of that name
         */
        public Builder origin(String name, VersionCheck check) {
            if (origins.putIfAbsent(name, check) != null) {
                throw new IllegalArgumentException("two origins are called " + name);
            }
            return this;
        }

        /**
         * Adds an instance that is asked as the edge is, host and server name included, at its own address.
         *
         * @throws IllegalArgumentException if there is one of that name
         * @throws IllegalStateException if there is no edge yet
         */
        public Builder origin(String name, InetSocketAddress address) {
            if (edge == null) {
                throw new IllegalStateException("set the edge before its origin " + name);
            }
            hasOriginLikeEdge = true;
            return origin(name, edge.dialling(address));
        }

        /**
         * Adds the origins that cannot be asked from here. They are asked after all others, on the thread that asks for the verdict.
         *
         * @param others how they are asked
         * @param check what they are asked: of its URI only path and query count, and neither its headers nor its method, route and retries
         */
        public Builder remoteOrigins(RemoteOrigins others, VersionCheck check) {
            this.remote = new Remote(others, check);
            return this;
        }

        /**
         * How many places are asked at the same time.
         *
         * @param limit from 1
         * @throws IllegalArgumentException if less
         */
        public Builder concurrency(int limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("at least one place must be asked at a time, not " + limit);
            }
            this.concurrency = limit;
            return this;
        }

        /**
         * The fleet.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public FleetCheck build() {
            if (edge == null && origins.isEmpty() && remote == null) {
                throw new IllegalArgumentException("a fleet without edge and origins cannot be checked");
            }
            return new FleetCheck(this, Spread.NAMED_ORIGINS);
        }
    }
}
