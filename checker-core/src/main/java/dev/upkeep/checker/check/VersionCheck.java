package dev.upkeep.checker.check;

import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check of one URI: does it serve the expected version? Immutable and safe for use by many threads; every setting but the URI and
 * the expectation has a default.
 */
public final class VersionCheck {
    /** 64 KiB: a version file has a few bytes, but a page that stands in for it should still be recognised as one. */
    public static final long DEFAULT_BODY_LIMIT = 64 * 1024;

    /** 1 MiB: a hostile reply can cost time with the square of the limit, and no version needs more. */
    public static final long MAXIMUM_BODY_LIMIT = 1024 * 1024;

    /** The longest value of a header, in characters; what all common servers still take. */
    public static final int MAXIMUM_HEADER_LENGTH = 8000;

    private final URI uri;
    private final ExpectedVersion expected;
    private final String method;
    private final Map<String, String> headers;
    private final StatusSet acceptedStatuses;
    private final Timeouts timeouts;
    private final RetryPolicy retryPolicy;
    private final long bodyLimit;
    private final RedirectPolicy redirectPolicy;
    private final AddressFamily addressFamily;
    private final TlsSettings tls;
    private final List<String> readinessPaths;
    private final @Nullable InetSocketAddress dialledAddress;
    private final @Nullable InetSocketAddress proxy;

    private VersionCheck(Builder builder) {
        this.uri = builder.uri;
        this.expected = builder.expected;
        this.method = builder.method;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.headers));
        this.acceptedStatuses = builder.acceptedStatuses;
        this.timeouts = builder.timeouts;
        this.retryPolicy = builder.retryPolicy;
        this.bodyLimit = builder.bodyLimit;
        this.redirectPolicy = builder.redirectPolicy;
        this.addressFamily = builder.addressFamily;
        this.tls = builder.tls;
        this.readinessPaths = List.copyOf(builder.readinessPaths);
        this.dialledAddress = builder.dialledAddress;
        this.proxy = builder.proxy;
    }

    /**
     * A check with the default settings.
     *
     * @throws IllegalArgumentException as {@link #builder}
     */
    public static VersionCheck of(URI uri, ExpectedVersion expected) {
        return builder(uri, expected).build();
    }

    /**
     * Starts a check with other settings.
     *
     * @param uri absolute, {@code http} or {@code https}, without user information; its host a name of letters, digits and hyphens (another
     *     name in its {@code xn--} form), or an address without a zone
     * @param expected what it must serve
     * @throws IllegalArgumentException if it is another kind of URI
     */
    public static Builder builder(URI uri, ExpectedVersion expected) {
        return new Builder(uri, expected);
    }

    /** The same check, to be changed. */
    public Builder toBuilder() {
        return new Builder(this, uri);
    }

    /** What is requested. Its host is also the {@code Host} header, the server name of TLS, and what the certificate must name. */
    public URI uri() {
        return uri;
    }

    /** The port of {@link #uri}; if it names none, that of its scheme: 80 or 443. */
    public int port() {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /** What it must serve. */
    public ExpectedVersion expected() {
        return expected;
    }

    /** {@code GET}, or {@code POST} with an empty body. */
    public String method() {
        return method;
    }

    /**
     * Headers sent besides the checker's own, or in place of its {@code Accept} and {@code User-Agent}, in the order in which they were
     * added. They may hold credentials: they are sent to the scheme, host and port of {@link #uri} only, not to where a redirect leads
     * from there, and their values appear in no message.
     */
    public Map<String, String> headers() {
        return headers;
    }

    /** The statuses that count as a proper answer; by default {@link StatusSet#SUCCESSFUL}. */
    public StatusSet acceptedStatuses() {
        return acceptedStatuses;
    }

    /** By default {@link Timeouts#DEFAULT}. */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** By default {@link RetryPolicy#DEFAULT}. */
    public RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    /** The most bytes a body may have after decompression; by default {@link #DEFAULT_BODY_LIMIT}. */
    public long bodyLimit() {
        return bodyLimit;
    }

    /** By default {@link RedirectPolicy#NONE}. */
    public RedirectPolicy redirectPolicy() {
        return redirectPolicy;
    }

    /** Which of a name's addresses are dialled; by default {@link AddressFamily#ANY}. An address that is set is dialled in any case. */
    public AddressFamily addressFamily() {
        return addressFamily;
    }

    /** By default {@link TlsSettings#DEFAULT}. */
    public TlsSettings tls() {
        return tls;
    }

    /**
     * The paths that must answer with 2xx besides, in the order in which they were added; by default none. They are asked after a version
     * was read, each
     * with a connection of its own to the same address. Their bodies are not looked at.
     */
    public List<String> readinessPaths() {
        return readinessPaths;
    }

    /** How a readiness path of this place is asked: as the version is, but by {@code GET}, and with {@link StatusSet#SUCCESSFUL} only. */
    public VersionCheck readinessAt(String path) {
        Builder builder = new Builder(this, RequestRules.readiness(uri, path));
        builder.readinessPaths.clear();
        return builder.method("GET").acceptedStatuses(StatusSet.SUCCESSFUL).build();
    }

    /**
     * Where to connect to instead of the host and port of {@link #uri}; empty for the ordinary case. A redirect to another port of the host
     * leads to that port of this address.
     */
    public Optional<InetSocketAddress> dialledAddress() {
        return Optional.ofNullable(dialledAddress);
    }

    /** The HTTP proxy to go through; empty for none. The environment and the system properties are never asked. */
    public Optional<InetSocketAddress> proxy() {
        return Optional.ofNullable(proxy);
    }

    /**
     * The same check of one instance: connects there, but keeps host, server name and certificate check of the URI.
     *
     * @throws IllegalArgumentException if the check goes through a proxy
     */
    public VersionCheck dialling(InetSocketAddress address) {
        return toBuilder().dialling(address).build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionCheck that && settings().equals(that.settings());
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, expected, dialledAddress);
    }

    private List<Object> settings() {
        return List.of(
                uri,
                expected,
                method,
                headers,
                acceptedStatuses,
                timeouts,
                retryPolicy,
                bodyLimit,
                redirectPolicy,
                addressFamily,
                tls,
                readinessPaths,
                dialledAddress(),
                proxy());
    }

    /** Without the values of headers, and without those in the URI's query: either may hold a secret. */
    @Override
    public String toString() {
        return "VersionCheck[" + method + " " + ShownUri.of(uri) + ", expecting " + expected.description()
                + (dialledAddress == null ? "" : ", dialling " + dialledAddress)
                + (headers.isEmpty() ? "" : ", headers " + headers.keySet()) + "]";
    }

    /** Collects the settings. Not for use by several threads; may be used again after {@link #build}. */
    public static final class Builder {
        private final URI uri;
        private final ExpectedVersion expected;
        private String method = "GET";
        private final Map<String, String> headers = new LinkedHashMap<>();
        private StatusSet acceptedStatuses = StatusSet.SUCCESSFUL;
        private Timeouts timeouts = Timeouts.DEFAULT;
        private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
        private long bodyLimit = DEFAULT_BODY_LIMIT;
        private RedirectPolicy redirectPolicy = RedirectPolicy.NONE;
        private AddressFamily addressFamily = AddressFamily.ANY;
        private TlsSettings tls = TlsSettings.DEFAULT;
        private final Set<String> readinessPaths = new LinkedHashSet<>();
        private @Nullable InetSocketAddress dialledAddress;
        private @Nullable InetSocketAddress proxy;

        private Builder(URI uri, ExpectedVersion expected) {
            this.uri = RequestRules.requestable(uri);
            this.expected = Objects.requireNonNull(expected);
        }

        private Builder(VersionCheck check, URI uri) {
            this.uri = uri;
            this.expected = check.expected;
            this.method = check.method;
            this.headers.putAll(check.headers);
            this.acceptedStatuses = check.acceptedStatuses;
            this.timeouts = check.timeouts;
            this.retryPolicy = check.retryPolicy;
            this.bodyLimit = check.bodyLimit;
            this.redirectPolicy = check.redirectPolicy;
            this.addressFamily = check.addressFamily;
            this.tls = check.tls;
            this.readinessPaths.addAll(check.readinessPaths);
            this.dialledAddress = check.dialledAddress;
            this.proxy = check.proxy;
        }

        /**
         * The request's method.
         *
         * @param name {@code GET} or {@code POST}
         * @throws IllegalArgumentException if it is another: {@code HEAD}, for one, brings no body to read a version from
         */
        public Builder method(String name) {
            this.method = RequestRules.method(name);
            return this;
        }

        /**
         * Adds a header, or replaces it.
         *
         * @throws IllegalArgumentException if it cannot be sent, is longer than {@link #MAXIMUM_HEADER_LENGTH}, or is one that the
         *     checker sets itself. The message does not show the value
         */
        public Builder header(String name, String value) {
            RequestRules.checkHeader(name, value);
            headers.keySet().removeIf(known -> known.equalsIgnoreCase(name));
            headers.put(name, value);
            return this;
        }

        /** See {@link VersionCheck#acceptedStatuses()}. */
        public Builder acceptedStatuses(StatusSet statuses) {
            this.acceptedStatuses = statuses;
            return this;
        }

        /** See {@link VersionCheck#timeouts()}. */
        public Builder timeouts(Timeouts limits) {
            this.timeouts = limits;
            return this;
        }

        /** See {@link VersionCheck#retryPolicy()}. */
        public Builder retryPolicy(RetryPolicy policy) {
            this.retryPolicy = policy;
            return this;
        }

        /**
         * See {@link VersionCheck#bodyLimit()}.
         *
         * @param bytes 1 to {@link #MAXIMUM_BODY_LIMIT}
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder bodyLimit(long bytes) {
            if (bytes < 1 || bytes > MAXIMUM_BODY_LIMIT) {
                throw new IllegalArgumentException(
                        "the body limit is " + bytes + " bytes; it must lie between 1 byte and 1 MiB");
            }
            this.bodyLimit = bytes;
            return this;
        }

        /** See {@link VersionCheck#redirectPolicy()}. */
        public Builder redirectPolicy(RedirectPolicy policy) {
            this.redirectPolicy = policy;
            return this;
        }

        /** See {@link VersionCheck#addressFamily()}. */
        public Builder addressFamily(AddressFamily family) {
            this.addressFamily = family;
            return this;
        }

        /** See {@link VersionCheck#tls()}. */
        public Builder tls(TlsSettings settings) {
            this.tls = settings;
            return this;
        }

        /**
         * Adds a path that must answer with 2xx for the place to be up: see {@link VersionCheck#readinessPaths()}. A place that serves
         * a version but is not ready is down, with {@code NOT_READY}.
         *
         * @param path on the host and port of the URI, such as {@code /health}
         * @throws IllegalArgumentException if it does not begin with one slash, or cannot be a path and a query
         */
        public Builder readyAt(String path) {
            RequestRules.readiness(uri, path);
            readinessPaths.add(path);
            return this;
        }

        /**
         * See {@link VersionCheck#dialledAddress()}.
         *
         * @param address resolved or not; a name in it is looked up once in each attempt
         */
        public Builder dialling(InetSocketAddress address) {
            this.dialledAddress = address;
            return this;
        }

        /** See {@link VersionCheck#proxy()}. */
        public Builder proxy(InetSocketAddress address) {
            this.proxy = address;
            return this;
        }

        /**
         * The check.
         *
         * @throws IllegalArgumentException if both a proxy and an address to dial are set, or credentials for a proxy would go to the
         *     server behind it
         */
        public VersionCheck build() {
            if (proxy != null && dialledAddress != null) {
                throw new IllegalArgumentException("the check goes through the proxy " + proxy + " and dials "
                        + dialledAddress + " at once; choose one");
            }
            boolean tunnelled = uri.getScheme().equalsIgnoreCase("https");
            if (tunnelled && headers.keySet().stream().anyMatch("Proxy-Authorization"::equalsIgnoreCase)) {
                throw new IllegalArgumentException(
                        "with HTTPS a Proxy-Authorization header would go to the server and not to the "
                                + "proxy; a proxy that wants credentials cannot be used for HTTPS");
            }
            return new VersionCheck(this);
        }
    }
}
