package dev.upkeep.infra.server;

import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.NginxLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of {@code web.conf}: the nginx that comes with a release. It holds the version, in a file, and the site, and
 * passes the rest on to the application beside it. It is asked over a socket by the edge, which it believes about who the
 * client is, or over TCP by anybody. Runs in a container, not as root, and logs to the container's own output. Immutable;
 * every {@code with} returns a copy.
 */
public final class WebSettings {

    /** Where it listens for the edge. */
    public static final String SOCKET = "/run/upkeep/web.sock";

    /**
     * Where it listens for anybody who runs it without an edge. The application shares its network, and must find free what
     * applications usually listen on.
     */
    public static final int PORT = 7080;

    /** Where {@code upkeep-run} has another nginx offer the application its credentials, in the same network. */
    public static final int CREDENTIALS_PORT = 7081;

    /** The file with the version: exactly the bytes of it, without a newline. */
    public static final String VERSION_FILE = "/srv/upkeep/version.txt";

    /** The folder of the static files. */
    public static final String SITE = "/srv/upkeep/site";

    private final NginxSettings settings;

    private WebSettings(NginxSettings settings) {
        this.settings = settings;
    }

    /**
     * Without a site and without an application.
     *
     * @param nginx the nginx that will read it
     * @return settings in which every variable is set
     */
    public static WebSettings plain(NginxVersion nginx) {
        return new WebSettings(NginxSettings.standard(nginx)
                        .with(Containers.OF_EVERY_NGINX)
                        .with(Map.of("behindEdge", true, "forwarded", true)))
                .listeningOn(List.of("unix:" + SOCKET, Integer.toString(PORT)))
                .reading(VERSION_FILE);
    }

    /** Listens elsewhere. */
    WebSettings listeningOn(List<String> places) {
        return with(Map.of("listens", places));
    }

    /** Has the version from another file. */
    WebSettings reading(String file) {
        int slash = file.lastIndexOf('/');
        return with(Map.of(
                "versionFile",
                file,
                "versionFolder",
                file.substring(0, slash),
                "versionName",
                file.substring(slash + 1)));
    }

    /**
     * With an application, whose health decides whether this release is ready.
     *
     * @param port its port on 127.0.0.1
     * @param health how it says that it can serve users
     * @return new settings
     */
    public WebSettings withApp(int port, AppHealth health) {
        return new WebSettings(settings.withApp(port, health));
    }

    /**
     * With static files.
     *
     * @return new settings
     */
    public WebSettings withSite() {
        return new WebSettings(settings.withSite(Optional.of(SITE)));
    }

    /**
     * With the name under which users know it, by which the application is asked for its health: some refuse any other.
     *
     * @param host the host name
     * @param scheme {@code https} or {@code http}
     * @return new settings
     */
    public WebSettings knownAs(String host, String scheme) {
        return with(Map.of("publicHost", host, "publicScheme", scheme));
    }

    /**
     * With other limits for one request.
     *
     * @param limits what is allowed
     * @return new settings
     */
    public WebSettings allowing(NginxLimits limits) {
        return new WebSettings(settings.allowing(limits));
    }

    /** With these values instead of what they were. */
    WebSettings with(Map<String, ?> more) {
        return new WebSettings(settings.with(more));
    }

    /**
     * The configuration.
     *
     * @return the text of one file
     */
    public String render() {
        return settings.render("web.conf");
    }
}
