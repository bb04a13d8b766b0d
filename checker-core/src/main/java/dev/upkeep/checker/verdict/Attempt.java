package dev.upkeep.checker.verdict;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One try: one lookup, one address, one connection, one handshake, one request. Immutable.
 *
 * <p>An attempt that succeeded, with the expected version or as ready, has no {@linkplain #reason() reason}. One that failed has a reason,
 * and the facts from before the failure.
 */
public final class Attempt {
    /** The longest {@linkplain #detail() detail}, in characters. */
    public static final int MAXIMUM_DETAIL_LENGTH = 500;

    private final int number;
    private final Instant startedAt;
    private final Duration took;
    private final PhaseTimes phases;
    private final List<URI> redirects;
    private final String detail;
    private final List<InetSocketAddress> otherAddresses;
    private final @Nullable InetSocketAddress peer;
    private final @Nullable Reply reply;
    private final @Nullable CertificateFacts certificate;
    private final @Nullable String version;
    private final @Nullable Reason reason;

    private Attempt(Builder builder) {
        this.number = builder.number;
        this.startedAt = builder.startedAt;
        this.took = builder.took;
        this.phases = builder.phases;
        this.redirects = builder.redirects;
        this.detail = PlainText.of(builder.detail, MAXIMUM_DETAIL_LENGTH);
        this.otherAddresses = builder.otherAddresses;
        this.peer = builder.peer;
        this.reply = builder.reply;
        this.certificate = builder.certificate;
        this.version = builder.version;
        this.reason = builder.reason;
    }

    /**
     * Starts the description of an attempt.
     *
     * @param number from 1
     * @param startedAt by the wall clock
     */
    public static Builder startedAt(int number, Instant startedAt) {
        return new Builder(number, startedAt);
    }

    /** The number of this attempt within its check, from 1. */
    public int number() {
        return number;
    }

    /** When it began, by the wall clock. */
    public Instant startedAt() {
        return startedAt;
    }

    /** From beginning to end by the monotonic clock, the body included. */
    public Duration took() {
        return took;
    }

    /** The phases of {@link #took}; what is missing from their sum is the checker's own work. */
    public PhaseTimes phases() {
        return phases;
    }

    /** Where the server redirected to, in order, whether followed or not. */
    public List<URI> redirects() {
        return redirects;
    }

    /** The address that was dialled; empty if there was none to dial. Over redirects, the last one. */
    public Optional<InetSocketAddress> peer() {
        return Optional.ofNullable(peer);
    }

    /** The further addresses of the name, of the wanted family, in the resolver's order; they were not asked. Over redirects, of the last name. */
    public List<InetSocketAddress> otherAddresses() {
        return otherAddresses;
    }

    /** The reply; empty if none came. Over redirects, the last one. */
    public Optional<Reply> reply() {
        return Optional.ofNullable(reply);
    }

    /** The server's certificate, also when it was refused; empty if none was seen. */
    public Optional<CertificateFacts> certificate() {
        return Optional.ofNullable(certificate);
    }

    /**
     * The version that was read, expected or not; empty if none was. Of one that a pattern found, at most
     * {@value #MAXIMUM_DETAIL_LENGTH} characters, control characters replaced.
     */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** Why it failed; empty if it succeeded. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** More about the reason, such as the status or the name in the certificate; empty if the attempt succeeded. */
    public String detail() {
        return detail;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attempt that && facts().equals(that.facts());
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    private List<Object> facts() {
        return List.of(
                number,
                startedAt,
                took,
                phases,
                redirects,
                detail,
                otherAddresses,
                peer(),
                reply(),
                certificate(),
                version(),
                reason());
    }

    @Override
    public String toString() {
        return "Attempt[" + number + ", " + outcome() + ", " + took.toMillis() + " ms]";
    }

    private String outcome() {
        if (reason != null) {
            return reason + " (" + detail + ")";
        }
        return version == null ? "ready" : "served " + version;
    }

    /** Collects what an attempt finds. Not for use by several threads. */
    public static final class Builder {
        private final int number;
        private final Instant startedAt;
        private Duration took = Duration.ZERO;
        private PhaseTimes phases = PhaseTimes.NONE;
        private List<URI> redirects = List.of();
        private String detail = "";
        private List<InetSocketAddress> otherAddresses = List.of();
        private @Nullable InetSocketAddress peer;
        private @Nullable Reply reply;
        private @Nullable CertificateFacts certificate;
        private @Nullable String version;
        private @Nullable Reason reason;

        private Builder(int number, Instant startedAt) {
            if (number < 1) {
                throw new IllegalArgumentException("attempts are counted from 1, not " + number);
            }
            this.number = number;
            this.startedAt = Objects.requireNonNull(startedAt);
        }

        /** The address that is dialled. */
        public Builder peer(InetSocketAddress address) {
            this.peer = address;
            return this;
        }

        /** The addresses of the name that are not dialled. */
        public Builder otherAddresses(List<InetSocketAddress> others) {
            this.otherAddresses = List.copyOf(others);
            return this;
        }

        /** The reply that came. */
        public Builder reply(Reply received) {
            this.reply = received;
            return this;
        }

        /** The certificate that the server presented. */
        public Builder certificate(CertificateFacts presented) {
            this.certificate = presented;
            return this;
        }

        /** Where the server pointed to. */
        public Builder redirects(List<URI> targets) {
            this.redirects = List.copyOf(targets);
            return this;
        }

        /** How long it took. */
        public Builder took(Duration total, PhaseTimes byPhase) {
            this.took = total;
            this.phases = byPhase;
            return this;
        }

        /** The attempt succeeded: the expected version is served. */
        public Attempt served(String expectedVersion) {
            this.version = PlainText.of(expectedVersion, MAXIMUM_DETAIL_LENGTH);
            return new Attempt(this);
        }

        /** The attempt succeeded: a readiness path answered with 2xx. */
        public Attempt ready() {
            return new Attempt(this);
        }

        /**
         * The attempt read another version than the expected one.
         *
         * @param why why it is not the expected one
         */
        public Attempt servedOther(String otherVersion, Reason why, String particulars) {
            this.version = PlainText.of(otherVersion, MAXIMUM_DETAIL_LENGTH);
            return failed(why, particulars);
        }

        /** The attempt failed. */
        public Attempt failed(Reason why, String particulars) {
            this.reason = why;
            this.detail = particulars;
            return new Attempt(this);
        }
    }
}
