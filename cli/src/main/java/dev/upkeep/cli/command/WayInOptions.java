package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.service.WebHost;
import dev.upkeep.remediation.ssh.SshShell;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a host is gone into, and what serves on it. */
final class WayInOptions {

    private static final String SERVICE = "unit:NAME, docker:NAME or podman:NAME";
    private static final String NGINX = "nginx";

    private final Argument<String> ssh = Argument.option("--ssh")
            .help("The host, over SSH; ~/.ssh/config says the rest, also which hosts to jump over.")
            .taking("USER@HOST");

    private final SshOptions sshOptions = new SshOptions();

    private final Argument<Boolean> here =
            Argument.option("--here").help("The host is this machine.").alone();

    private final Argument<Service> web = Argument.option("--web")
            .help("The web server: " + SERVICE
                    + "; or an nginx that nobody watches, with its arguments: 'nginx:-p /srv/www/ -c"
                    + " nginx.conf'. Found out on the host unless given.")
            .taking("SERVICE", WayInOptions::web);

    private final Argument<Service> app = Argument.option("--app")
            .help("The application behind it: " + SERVICE + ". Containers that were stood up together are found.")
            .taking("SERVICE", WayInOptions::service);

    private final Argument<Integer> port = Argument.option("--host-port")
            .help("The port on which the web server listens on the host, where that is not the one of the URL.")
            .taking("PORT", ValueConverters::integer);

    List<Argument<?>> all() {
        List<Argument<?>> all = new ArrayList<>(List.of(ssh, here, web, app, port));
        all.addAll(sshOptions.all());
        return all;
    }

    private static Service web(String word) {
        if (!word.startsWith(NGINX + ":")) {
            try {
                return service(word);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("expected is " + SERVICE + ", or nginx:ARGUMENTS", e);
            }
        }
        List<String> argv = new ArrayList<>(List.of(NGINX));
        argv.addAll(List.of(word.substring(NGINX.length() + 1).strip().split("\\s+")));
        return new Service.Daemon(String.join(" ", argv), argv);
    }

    private static Service service(String word) {
        String[] parts = word.split(":", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("expected is " + SERVICE);
        }
        return switch (parts[0]) {
            case "unit" -> new Service.Unit(parts[1].indexOf('.') < 0 ? parts[1] + ".service" : parts[1]);
            case "docker", "podman" -> new Service.Container(parts[0], parts[1]);
            default -> throw new IllegalArgumentException("expected is " + SERVICE);
        };
    }

    void require(boolean isUrl) {
        if (ssh.isGiven() && here.isGiven()) {
            throw new UsageException("--ssh and --here name two different hosts; give one of them");
        }
        if (isUrl && !here.isGiven() && !ssh.isGiven()) {
            throw new UsageException(
                    "which host serves that URL? Name it with --ssh USER@HOST, or --here for this machine");
        }
        if (!isUrl && all().stream().anyMatch(Argument::isGiven)) {
            throw new UsageException(
                    "of a stack the platform knows the hosts and what serves there; --ssh, --here, --web, --app, --host-port and how SSH gets in go with a URL");
        }
    }

    WebHost host(int portOfUrl) {
        try {
            WebHost host = WebHost.on(port.value().orElse(portOfUrl));
            return new WebHost(host.name(), host.port(), web.value(), app.value());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--host-port: " + e.getMessage());
        }
    }

    /** The way into the host; it is not gone yet. The caller closes it. */
    Optional<SshShell> ssh(Terminal terminal) {
        return ssh.value().map(target -> sshOptions.shell(target, terminal));
    }

    /** Who goes in, for the audit and for whoever finds the lock. */
    String who() {
        return System.getProperty("user.name") + "@" + machine();
    }

    private static String machine() {
        return Optional.ofNullable(System.getenv("HOSTNAME"))
                .filter(name -> !name.isBlank())
                .orElseGet(() -> {
                    try {
                        return InetAddress.getLocalHost().getHostName();
                    } catch (UnknownHostException nameless) {
                        return "localhost";
                    }
                });
    }
}
