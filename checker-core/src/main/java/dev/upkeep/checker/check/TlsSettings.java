package dev.upkeep.checker.check;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which servers to trust, and our own certificate. TLS 1.2 and 1.3 are spoken. Sessions are never resumed, so that each attempt verifies
 * the certificate.
 * Immutable.
 */
public final class TlsSettings {
    /** At most so many days before the end of the certificate, warnings begin, unless other days are given. */
    public static final int DEFAULT_MINIMUM_DAYS = 14;

    /** The authorities of the Java runtime, no client certificate, warnings by the certificate's own life. */
    public static final TlsSettings DEFAULT = builder().build();

    private final List<X509Certificate> extraAuthorities;
    private final @Nullable ClientIdentity clientIdentity;
    private final @Nullable Integer minimumDays;
    private final Verification verification;

    /** Whether the server must prove who it is. */
    public enum Verification {
        /** The chain leads to a trusted authority, the name fits, the dates hold. */
        FULL,
        /** Every certificate is accepted. It is still reported. */
        NONE
    }

    private TlsSettings(Builder builder) {
        this.extraAuthorities = List.copyOf(builder.extraAuthorities);
        this.clientIdentity = builder.clientIdentity;
        this.minimumDays = builder.minimumDays;
        this.verification = builder.verification;
    }

    /** Starts from {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Authorities that are trusted besides those of the Java runtime. */
    public List<X509Certificate> extraAuthorities() {
        return extraAuthorities;
    }

    /** Our own certificate and key, for a server that asks for them. */
    public Optional<ClientIdentity> clientIdentity() {
        return Optional.ofNullable(clientIdentity);
    }

    /** How many days a certificate must have left, to be no warning; zero never warns. Empty if it goes by the certificate's own life. */
    public OptionalInt minimumDays() {
        return minimumDays == null ? OptionalInt.empty() : OptionalInt.of(minimumDays);
    }

    /**
     * How much time a certificate must have left, to be no warning: the {@linkplain #minimumDays() days} that are given, or else a third of
     * its life, but no more than {@value #DEFAULT_MINIMUM_DAYS} days. Certificates of a few days would otherwise never be well.
     *
     * @param life from the start of the certificate to its end
     */
    public Duration minimumRemaining(Duration life) {
        if (minimumDays != null) {
            return Duration.ofDays(minimumDays);
        }
        Duration third = life.dividedBy(3);
        Duration most = Duration.ofDays(DEFAULT_MINIMUM_DAYS);
        return third.compareTo(most) < 0 ? third : most;
    }

    /** Whether the server must prove who it is. */
    public Verification verification() {
        return verification;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlsSettings that
                && extraAuthorities.equals(that.extraAuthorities)
                && Objects.equals(clientIdentity, that.clientIdentity)
                && Objects.equals(minimumDays, that.minimumDays)
                && verification == that.verification;
    }

    @Override
    public int hashCode() {
        return Objects.hash(extraAuthorities, clientIdentity, minimumDays, verification);
    }

    @Override
    public String toString() {
        return "TlsSettings[" + extraAuthorities.size() + " extra authorities, "
                + (clientIdentity == null ? "no client certificate" : clientIdentity) + ", "
                + (minimumDays == null ? "warnings by life" : minimumDays + " days") + ", verification " + verification
                + "]";
    }

    /** Not for use by several threads. */
    public static final class Builder {
        private List<X509Certificate> extraAuthorities = List.of();
        private @Nullable ClientIdentity clientIdentity;
        private @Nullable Integer minimumDays;
        private Verification verification = Verification.FULL;

        private Builder() {}

        /**
         * Trusts these as well.
         *
         * @param authorities such as from {@link PemFiles#certificates}
         */
        public Builder extraAuthorities(List<X509Certificate> authorities) {
            this.extraAuthorities = List.copyOf(authorities);
            return this;
        }

        /** Our own certificate and key, for a server that asks for them. */
        public Builder clientIdentity(ClientIdentity identity) {
            this.clientIdentity = identity;
            return this;
        }

        /**
         * Warns when fewer days are left, however long the certificate's life is.
         *
         * @param days zero never warns
         * @throws IllegalArgumentException if negative
         */
        public Builder minimumDays(int days) {
            if (days < 0) {
                throw new IllegalArgumentException("a certificate cannot be asked to have " + days + " days left");
            }
            this.minimumDays = days;
            return this;
        }

        /** Accepts every certificate. The verdict then says nothing about who answered. */
        public Builder insecure() {
            this.verification = Verification.NONE;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if extra authorities are named and no certificate is verified
         */
        public TlsSettings build() {
            if (verification == Verification.NONE && !extraAuthorities.isEmpty()) {
                throw new IllegalArgumentException(
                        "extra authorities are named, but insecure() asks for no certificate to be verified; choose one");
            }
            return new TlsSettings(this);
        }
    }
}
