package dev.upkeep.checker.verdict;

/**
 * Why an attempt failed. Every failure is one of these.
 *
 * <p>A reason knows at which step the attempt failed, whether another attempt may help, and which status it leads to. What will be the same
 * a second later, such as a certificate, is never tried again.
 */
public enum Reason {
    /** The name does not exist. */
    NAME_NOT_FOUND(
            Layer.RESOLVE,
            Again.MAY_HELP,
            Status.DOWN,
            "the name does not exist",
            "check the spelling and the DNS record"),
    /** The name servers could not be asked: nothing is known about the target. */
    NAME_LOOKUP_FAILED(
            Layer.RESOLVE,
            Again.MAY_HELP,
            Status.UNKNOWN,
            "the name could not be looked up",
            "check this machine's network and name servers"),
    /** The name servers did not answer in time. */
    RESOLVE_TIMEOUT(
            Layer.RESOLVE,
            Again.MAY_HELP,
            Status.UNKNOWN,
            "looking up the name took too long",
            "check this machine's name servers"),
    /** The name exists, but has no address of the wanted family. */
    NO_ADDRESS_OF_FAMILY(
            Layer.RESOLVE,
            Again.IS_USELESS,
            Status.DOWN,
            "the name has no address of the wanted family",
            "publish an A or AAAA record, or ask for the other family"),
    /** Nobody listens on the port. */
    CONNECTION_REFUSED(
            Layer.CONNECT,
            Again.MAY_HELP,
            Status.DOWN,
            "the connection was refused",
            "check that the server runs and listens on this port"),
    /** The host did not answer the connection request. */
    CONNECT_TIMEOUT(
            Layer.CONNECT,
            Again.MAY_HELP,
            Status.DOWN,
            "no connection within the time limit",
            "check the firewall, the security group and that the host is up"),
    /** The network says that the host cannot be reached. */
    HOST_UNREACHABLE(
            Layer.CONNECT,
            Again.MAY_HELP,
            Status.DOWN,
            "the host cannot be reached",
            "check the route to the host and that it is up"),
    /** This machine has no way out to that address. */
    NETWORK_UNREACHABLE(
            Layer.CONNECT,
            Again.MAY_HELP,
            Status.UNKNOWN,
            "this machine has no route to the address",
            "check this machine's network; for IPv6, whether it has any"),
    /** A proxy was to be used, and it cannot be reached or does not connect: nothing is known about the target. */
    PROXY_FAILED(
            Layer.CONNECT,
            Again.MAY_HELP,
            Status.UNKNOWN,
            "the proxy did not open the way to the server",
            "check the proxy's address, its state, and whether it lets this check through"),
    /** The connection was opened, but the handshake did not end in time. */
    TLS_TIMEOUT(
            Layer.TLS,
            Again.MAY_HELP,
            Status.DOWN,
            "the TLS handshake took too long",
            "check the load of the server, and that the port speaks TLS"),
    /** The handshake failed for another reason. */
    TLS_HANDSHAKE_FAILED(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the TLS handshake failed",
            "check that the port speaks TLS and which protocols and ciphers it offers"),
    /** TLS was spoken to a port that speaks something else. */
    TLS_NOT_SPOKEN(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the port does not speak TLS",
            "ask with http:// instead of https://, or switch TLS on for this port"),
    /** Plain HTTP was spoken to a port that speaks TLS. */
    TLS_EXPECTED(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the port speaks TLS, and was asked without",
            "ask with https:// instead of http://"),
    /** The server speaks only versions of TLS that are no longer safe. */
    TLS_VERSION_UNSUPPORTED(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the server offers no safe version of TLS",
            "enable TLS 1.2 and 1.3 on the server"),
    /** The certificate, or one above it, is past its end. */
    CERTIFICATE_EXPIRED(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the certificate has expired",
            "renew the certificate and reload the server"),
    /** The certificate is not valid yet; or the clock of this machine is wrong. */
    CERTIFICATE_NOT_YET_VALID(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the certificate is not valid yet",
            "check the certificate's start, and this machine's clock"),
    /** No trusted authority has issued the certificate. */
    CERTIFICATE_UNTRUSTED(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the certificate is not trusted",
            "serve the whole chain of a known authority, or name the authority to trust"),
    /** The certificate is known to be genuine, but may not be used for this: another purpose, a constraint of an authority, a weak algorithm. */
    CERTIFICATE_UNSUITABLE(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the certificate may not be used for this server",
            "get a certificate for TLS servers and this name, from an authority that may issue it"),
    /** The certificate is for other names. */
    CERTIFICATE_WRONG_NAME(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the certificate is for another name",
            "get a certificate that names this host"),
    /** The server asks for a client certificate, and the check has none. */
    CLIENT_CERTIFICATE_REQUIRED(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the server wants a client certificate",
            "give the check a client certificate and its key"),
    /** The server does not accept our client certificate. */
    CLIENT_CERTIFICATE_REJECTED(
            Layer.TLS,
            Again.IS_USELESS,
            Status.DOWN,
            "the server does not accept the client certificate",
            "check that it is still valid, and issued by an authority that the server trusts"),
    /** The connection was cut off. */
    CONNECTION_RESET(
            Layer.HTTP, Again.MAY_HELP, Status.DOWN, "the connection was reset", "look into the server's error log"),
    /** The server closed the connection without an answer. */
    CONNECTION_CLOSED(
            Layer.HTTP,
            Again.MAY_HELP,
            Status.DOWN,
            "the connection was closed before the reply",
            "look into the server's error log"),
    /** Nothing came back in time. A connection alone proves nothing. */
    FIRST_BYTE_TIMEOUT(
            Layer.HTTP,
            Again.MAY_HELP,
            Status.DOWN,
            "no reply within the time limit",
            "check whether the server hangs; connecting still works"),
    /** What came back is not HTTP. */
    MALFORMED_REPLY(
            Layer.HTTP,
            Again.IS_USELESS,
            Status.DOWN,
            "the reply is not valid HTTP",
            "check that this port speaks HTTP, and whether it wants TLS"),
    /** The status is not one of those accepted. */
    STATUS_NOT_ACCEPTED(
            Layer.HTTP,
            Again.IS_USELESS,
            Status.DOWN,
            "the status is not an accepted one",
            "look into the server's logs, and that the file is deployed"),
    /** The server redirects, and the check does not follow. */
    REDIRECTED(
            Layer.HTTP,
            Again.IS_USELESS,
            Status.DOWN,
            "the server redirects",
            "check the address it points to, or allow redirects"),
    /** There are more redirects than allowed, or one leads where the check may not go. */
    REDIRECT_REFUSED(
            Layer.HTTP,
            Again.IS_USELESS,
            Status.DOWN,
            "a redirect may not be followed",
            "check where it points to, or allow more"),
    /** The body did not end in time. */
    BODY_TIMEOUT(
            Layer.HTTP,
            Again.IS_USELESS,
            Status.DOWN,
            "the body took too long",
            "check the server and the network between"),
    /** The body ended before its announced end. */
    BODY_TRUNCATED(
            Layer.HTTP, Again.MAY_HELP, Status.DOWN, "the body ended too early", "look into the server's error log"),
    /** The body is larger than allowed, after decompression. */
    BODY_TOO_LARGE(
            Layer.HTTP,
            Again.IS_USELESS,
            Status.DOWN,
            "the body is larger than allowed",
            "check that this is the version file, or raise the limit"),
    /** The body is encoded in a way that was not asked for and cannot be undone. */
    ENCODING_UNSUPPORTED(
            Layer.HTTP,
            Again.IS_USELESS,
            Status.DOWN,
            "the body's encoding cannot be read",
            "serve the version file without Content-Encoding"),
    /** The body holds no version; it is an error page with status 200, for example. */
    VERSION_UNREADABLE(
            Layer.VERSION,
            Again.IS_USELESS,
            Status.DOWN,
            "no version can be read from the body",
            "check that this is the version file and not a page"),
    /** Another version than the expected one. */
    VERSION_DIFFERS(
            Layer.VERSION,
            Again.IS_USELESS,
            Status.STALE,
            "another version is served",
            "wait for the deployment to end, or find out why it did not"),
    /** A version that is no semantic version, where a range is expected: it lies in none, and so no waiting helps. */
    VERSION_NOT_SEMANTIC(
            Layer.VERSION,
            Again.IS_USELESS,
            Status.STALE,
            "the version that is served is no semantic version, and so lies in no range",
            "expect this version itself, or a pattern; or give the server a semantic version, such as 1.2.0"),
    /** A version is served, but a readiness path does not answer with 2xx: the application behind the server fails. */
    NOT_READY(
            Layer.READINESS,
            Again.IS_USELESS,
            Status.DOWN,
            "a version is served, but users get errors: it is not ready",
            "look at the application behind the server: whether it runs, and its log"),
    /** This machine could not make the connection: it has no more sockets or ports, or does not permit it. */
    LOCAL_FAILURE(
            Layer.CHECKER,
            Again.IS_USELESS,
            Status.UNKNOWN,
            "this machine could not make the connection",
            "check this machine's limits on open files and ports, and its own firewall"),
    /** This checker may not dial the address. */
    ADDRESS_NOT_ALLOWED(
            Layer.CHECKER,
            Again.IS_USELESS,
            Status.UNKNOWN,
            "this checker may not connect to the address",
            "ask for another target, or change the addresses that the checker may dial"),
    /** The time for the whole check was over. */
    DEADLINE_EXCEEDED(
            Layer.CHECKER,
            Again.IS_USELESS,
            Status.DOWN,
            "the time for the whole check was over",
            "raise the total time, or look for what is slow in the phases"),
    /** It should serve, and whoever runs it has it not in service. */
    NOT_IN_SERVICE(
            Layer.CONNECT,
            Again.IS_USELESS,
            Status.DOWN,
            "it is not in service",
            "find out from whoever starts the instances what keeps it from service"),
    /** Not asked: the target failed so often that its circuit breaker is open. */
    CIRCUIT_OPEN(
            Layer.CHECKER,
            Again.IS_USELESS,
            Status.UNKNOWN,
            "the target failed too often and is not asked for a while",
            "wait; the next check after the pause asks again"),
    /** Not asked: this machine cannot connect to it, and the other way to ask it failed. */
    NOT_ASKED(
            Layer.CHECKER,
            Again.IS_USELESS,
            Status.UNKNOWN,
            "it cannot be asked from here, and the other way to ask it failed",
            "see what was found on that way; it says nothing about the server itself");

    private enum Again {
        MAY_HELP,
        IS_USELESS
    }

    private final Layer layer;
    private final Again again;
    private final Status status;
    private final String meaning;
    private final String advice;

    Reason(Layer layer, Again again, Status status, String meaning, String advice) {
        this.layer = layer;
        this.again = again;
        this.status = status;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** The step at which the attempt failed. */
    public Layer layer() {
        return layer;
    }

    /** Whether another attempt may succeed. */
    public boolean isRetryable() {
        return again == Again.MAY_HELP;
    }

    /** The status that a check of one place concludes from it. */
    public Status status() {
        return status;
    }

    /** The reason in words, such as {@code the connection was refused}. */
    public String meaning() {
        return meaning;
    }

    /** What to do next, in a few words. */
    public String advice() {
        return advice;
    }
}
