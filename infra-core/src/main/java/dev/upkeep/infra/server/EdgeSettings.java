package dev.upkeep.infra.server;

import dev.upkeep.infra.spec.NginxLimits;
import java.util.List;
import java.util.Map;

/**
 * The values of {@code edge.conf}: the nginx that users reach. It holds certificates, limits and the access log, but no
 * version and no site, so that no release ever changes it; everything is passed on to the release behind a socket. Runs in
 * a container, not as root, and logs to the container's own output. Immutable; every {@code with} returns a copy.
 */
public final class EdgeSettings {

    /** Where the link to the socket of the release that runs is found. */
    public static final String RELEASE_SOCKET = "/run/upkeep/current.sock";

    /** What is put here, in {@code .well-known/acme-challenge/}, certificate authorities can read. */
    public static final String CHALLENGE_FOLDER = "/var/lib/upkeep/acme";

    /** The port of plain HTTP inside of the container. */
    public static final int HTTP_PORT = 8080;

    /** The port of HTTPS inside of the container. */
    public static final int HTTPS_PORT = 8443;

    /** How much longer the edge waits than the release, which knows better why an answer did not come. */
    private static final int MARGIN_SECONDS = 5;

    private final NginxSettings settings;

    private EdgeSettings(NginxSettings settings) {
        this.settings = settings;
    }

    /**
     * Plain HTTP under any name, with limits per client address.
     *
     * @param nginx the nginx that will read it
     * @return settings in which every variable is set
     */
    public static EdgeSettings plain(NginxVersion nginx) {
        return new EdgeSettings(NginxSettings.standard(nginx)
                        .with(Containers.OF_EVERY_NGINX)
                        .with(Map.of("edge", true, "upstream", "release"))
                        .withClientLimits()
                        .with(Map.of("challengeFolder", CHALLENGE_FOLDER)))
                .listeningOn(HTTP_PORT)
                .followedThrough(RELEASE_SOCKET)
                .allowing(NginxLimits.standard());
    }

    /**
     * Plain HTTP under any name, for a process that keeps everything below its prefix and listens on one address, without limits per
     * client address.
     *
     * @param listen the address and port to listen on
     * @param releaseSocket where the link to the socket of the release is found; relative to the folder in which nginx works
     * @param nginx the nginx that will read it
     * @return settings in which every variable is set
     */
    public static EdgeSettings ofProcess(String listen, String releaseSocket, NginxVersion nginx) {
        return new EdgeSettings(NginxSettings.standard(nginx)
                        .with(Map.of("edge", true, "upstream", "release", "listen", listen)))
                .followedThrough(releaseSocket)
                .allowing(NginxLimits.standard());
    }

    /** Listens elsewhere. */
    EdgeSettings listeningOn(int port) {
        return with(Map.of("listen", Integer.toString(port)));
    }

    /** Finds the release elsewhere. */
    EdgeSettings followedThrough(String socket) {
        return with(Map.of("releaseSocket", socket));
    }

    /**
     * With a name of its own; who asks for another gets nothing but version and readiness.
     *
     * @param serverName the host name that users ask for
     * @return new settings
     */
    public EdgeSettings named(String serverName) {
        return new EdgeSettings(settings.named(serverName));
    }

    /**
     * With HTTPS; plain HTTP then only redirects, but for the challenges of certificate authorities, version and readiness.
     * Browsers are told to stay with HTTPS if the certificate is for a name.
     *
     * @param serverName the host name of the certificate, or the address
     * @param profile which clients are served
     * @param certificate the certificate with its chain
     * @param key its private key
     * @return new settings
     */
    public EdgeSettings withTls(String serverName, TlsProfile profile, String certificate, String key) {
        return new EdgeSettings(settings.withTls(serverName, Integer.toString(HTTPS_PORT), certificate, key)
                .with(Map.of("modern", profile == TlsProfile.MODERN, "certificatePending", false)));
    }

    /**
     * With HTTPS to come: the certificate is still being asked for. Every handshake on the port of HTTPS is refused with
     * {@code unrecognized_name}. Over plain HTTP challenges, version and readiness are answered as ever and anything else with 503:
     * nobody is redirected to where nothing answers, and nothing of the application is served without encryption. When the certificate
     * is there, a reload with {@link #withTls} is all that is left to do. Needs nginx 1.19.4; an older one refuses the configuration.
     *
     * @param serverName the host name that the certificate will be for, or the address
     * @return new settings
     */
    public EdgeSettings awaitingCertificate(String serverName) {
        return with(Map.of(
                "tls",
                true,
                "certificatePending",
                true,
                "named",
                false,
                "modern",
                false,
                "serverName",
                serverName,
                "tlsListen",
                Integer.toString(HTTPS_PORT)));
    }

    /**
     * With a load balancer in front, the only one to be believed about the client's address.
     *
     * @param addresses its addresses, or networks in CIDR notation
     * @return new settings
     */
    public EdgeSettings behind(List<String> addresses) {
        return new EdgeSettings(settings.behind(addresses));
    }

    /**
     * Without limits per client address, because the load balancer in front has its own.
     *
     * @return new settings
     */
    public EdgeSettings withoutClientLimits() {
        return with(Map.of("clientLimits", false));
    }

    /**
     * With other limits for one request, the same that the release has. The edge waits a little longer for an answer: it is the
     * release that gives up first, because it knows better why none came.
     *
     * @param limits what is allowed
     * @return new settings
     */
    public EdgeSettings allowing(NginxLimits limits) {
        return new EdgeSettings(settings.allowing(limits)
                .with(Map.of("answerSeconds", limits.answerWithin().toSeconds() + MARGIN_SECONDS)));
    }

    /**
     * With workers of another user, which only an nginx started by root can have.
     *
     * @param user the user, with a group after a space if it has another name; empty for whoever starts nginx
     * @return new settings
     */
    public EdgeSettings runBy(String user) {
        return new EdgeSettings(settings.runBy(user));
    }

    /**
     * With another time for what is being served when nginx reloads or ends.
     *
     * @param seconds after which a worker closes its connections
     * @return new settings
     */
    public EdgeSettings shutdownAfter(int seconds) {
        return new EdgeSettings(settings.shutdownAfter(seconds));
    }

    /** With these values instead of what they were. */
    EdgeSettings with(Map<String, ?> more) {
        return new EdgeSettings(settings.with(more));
    }

    /**
     * The configuration.
     *
     * @return the text of one file
     */
    public String render() {
        return settings.render("edge.conf");
    }
}
