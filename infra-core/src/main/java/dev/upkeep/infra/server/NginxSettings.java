package dev.upkeep.infra.server;

import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.NginxLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of the nginx templates, by name, for an nginx that does everything by itself, as each instance of the local
 * platform has one; on a server there are two, see {@link EdgeSettings} and {@link WebSettings}. Immutable; every
 * {@code with} returns a copy. All paths may be relative to nginx' prefix and must be free of characters that mean
 * something to nginx.
 */
public final class NginxSettings {

    private final Map<String, Object> values;

    private NginxSettings(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Plain HTTP on one address, without a site and without an application, everything kept below the prefix.
     *
     * @param version what {@code /version.txt} says
     * @param listen the address and port to listen on
     * @param nginx the nginx that will read it
     * @return settings in which every variable is set
     */
    public static NginxSettings plain(String version, String listen, NginxVersion nginx) {
        return standard(nginx).with(Map.of("version", version, "listen", listen));
    }

    /** What is the same in every nginx as long as nobody says otherwise. */
    static NginxSettings standard(NginxVersion nginx) {
        Map<String, Object> values = new HashMap<>();
        values.put("versionFile", "");
        values.put("serverName", "_");
        values.put("publicHost", "localhost");
        values.put("publicScheme", "http");
        values.put("named", false);
        values.put("hsts", false);
        values.put("container", false);
        values.put("edge", false);
        values.put("behindEdge", false);
        values.put("forwarded", false);
        values.put("challengeFolder", "");
        values.put("upstream", "");
        values.put("app", false);
        values.put("site", false);
        values.put("dollar", false);
        values.put("tls", false);
        values.put("certificatePending", false);
        values.put("behindProxy", false);
        values.put("clientLimits", false);
        values.put("keepaliveMinTimeout", nginx.hasKeepaliveMinTimeout());
        values.put("http2Directive", nginx.hasHttp2Directive());
        values.put("workerUser", "");
        values.put("workerProcesses", "1");
        values.put("shutdownSeconds", 30);
        values.put("pidFile", "nginx.pid");
        values.put("errorLog", "logs/error.log");
        values.put("accessLog", "logs/access.log");
        values.put("tempFolder", "tmp");
        return new NginxSettings(values).allowing(NginxLimits.standard());
    }

    /**
     * With an application, whose health decides whether this nginx is ready.
     *
     * @param port its port on 127.0.0.1
     * @param health how it says that it can serve users
     * @return new settings
     */
    public NginxSettings withApp(int port, AppHealth health) {
        return with(Map.of(
                "app",
                true,
                "upstream",
                "app",
                "appPort",
                port,
                "healthPath",
                health.path(),
                "healthMillis",
                health.limit().toMillis(),
                "healthyAnswers",
                healthy(health.rule())));
    }

    /**
     * Without an application.
     *
     * @return new settings
     */
    public NginxSettings withoutApp() {
        return with(Map.of("app", false, "upstream", ""));
    }

    /** The statuses that mean healthy, as the beginning of a regular expression. */
    private static String healthy(AppHealth.Rule rule) {
        return switch (rule) {
            case SUCCESS -> "^2[0-9][0-9]";
            case BELOW_500 -> "^[1-4][0-9][0-9]";
            case ANY_ANSWER -> "^[1-5][0-9][0-9]";
        };
    }

    /**
     * With static files.
     *
     * @param root their folder, if there are any; it may hold any character
     * @return new settings
     */
    public NginxSettings withSite(Optional<String> root) {
        return root.map(path -> with(Map.of("site", true, "siteRoot", quoted(path), "dollar", path.contains("$"))))
                .orElse(this);
    }

    /** nginx looks for variables in the folder of a site, in quotes too; a variable of ours stands for the dollar sign itself. */
    private static String quoted(String path) {
        return path.matches("[\\w./-]+")
                ? path
                : '"' + path.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "${dollar}") + '"';
    }

    /**
     * With a load balancer in front, the only one to be believed about the client's address.
     *
     * @param addresses its addresses, or networks in CIDR notation
     * @return new settings
     */
    public NginxSettings behind(List<String> addresses) {
        return with(Map.of("behindProxy", true, "forwarded", true, "trustedProxies", List.copyOf(addresses)));
    }

    /**
     * With limits per client address.
     *
     * @return new settings
     */
    public NginxSettings withClientLimits() {
        return with(Map.of("clientLimits", true));
    }

    /**
     * With a name of its own; who asks for another gets nothing but {@code /version.txt}.
     *
     * @param serverName the host name that users ask for
     * @return new settings
     */
    public NginxSettings named(String serverName) {
        return with(Map.of("named", true, "serverName", serverName, "publicHost", serverName));
    }

    /**
     * With HTTPS for browsers of the last ten years; plain HTTP then only redirects. Browsers are told to stay with HTTPS
     * if the certificate is for a name; of an address nobody may demand that.
     *
     * @param serverName the host name of the certificate, or the address
     * @param listen the address and port of HTTPS
     * @param certificate the certificate with its chain
     * @param key its private key
     * @return new settings
     */
    public NginxSettings withTls(String serverName, String listen, String certificate, String key) {
        return named(serverName)
                .with(Map.of("tls", true, "tlsListen", listen, "certificate", certificate, "certificateKey", key))
                .with(Map.of("modern", false, "hsts", !isAddress(serverName), "publicScheme", "https"));
    }

    /** A host name cannot end in a number (WHATWG URL, 3.5), and has no colon. */
    private static boolean isAddress(String serverName) {
        return serverName.contains(":") || serverName.matches(".*[0-9]\\.?");
    }

    /**
     * With other limits for one request.
     *
     * @param limits what is allowed
     * @return new settings
     */
    public NginxSettings allowing(NginxLimits limits) {
        return with(Map.of(
                "maxBody",
                limits.maxBodyMegabytes() + "m",
                "answerSeconds",
                limits.answerWithin().toSeconds()));
    }

    /**
     * With workers of another user, which only an nginx started by root can have.
     *
     * @param user the user, with a group after a space if it has another name; empty for whoever starts nginx
     * @return new settings
     */
    public NginxSettings runBy(String user) {
        return with(Map.of("workerUser", user));
    }

    /**
     * With another time for what is being served when nginx reloads or ends.
     *
     * @param seconds after which a worker closes its connections
     * @return new settings
     */
    public NginxSettings shutdownAfter(int seconds) {
        return with(Map.of("shutdownSeconds", seconds));
    }

    /** With these values instead of what they were. */
    NginxSettings with(Map<String, ?> more) {
        Map<String, Object> next = new HashMap<>(values);
        next.putAll(more);
        return new NginxSettings(next);
    }

    /**
     * The configuration of an nginx that does everything by itself.
     *
     * @return the text of one file
     */
    public String render() {
        return render("nginx.conf");
    }

    /** Fills one of the templates that stand for a whole configuration. */
    String render(String template) {
        return Template.beside(NginxSettings.class, "nginx/" + template).render(values);
    }

    /**
     * The values as a template takes them.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> values() {
        return values;
    }
}
