package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.config.PlatformKind;
import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.MissingToolException;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.spec.Shape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at this machine and at the configuration, and changes nothing. */
final class Examination {

    private final Terminal terminal;
    private final FileOption file;
    private final List<Finding> findings = new ArrayList<>();

    Examination(Terminal terminal, FileOption file) {
        this.terminal = terminal;
        this.file = file;
    }

    List<Finding> findings() throws InterruptedException {
        java();
        Optional<Config> config = config();
        boolean local = config.isEmpty() || config.get().platform() == PlatformKind.LOCAL;
        if (local) {
            tool("nginx", "every instance is one");
            if (config.isEmpty() || config.get().spec().shape() == Shape.HIGHLY_AVAILABLE) {
                tool("haproxy", "it is the load balancer of a highly available stack");
            }
            stateFolder();
        }
        if (config.isPresent()) {
            stack(config.get());
        }
        return findings;
    }

    private void java() {
        findings.add(Finding.good("Java " + Runtime.version() + " at " + System.getProperty("java.home")));
    }

    private Optional<Config> config() {
        try {
            Config config = file.read(terminal);
            findings.add(Finding.good("configuration " + config.file() + ": stack "
                    + config.spec().name() + ", version " + config.spec().version()));
            return Optional.of(config);
        } catch (ConfigException e) {
            if (e.isFileMissing() && !file.isGiven()) {
                findings.add(Finding.note(
                        "no upkeep.yaml in this folder", "upkeep init writes one; upkeep demo needs none"));
            } else {
                e.problems().forEach(problem -> findings.add(Finding.wrong(problem.toString(), "")));
            }
            return Optional.empty();
        }
    }

    private void tool(String name, String why) {
        Optional<Path> found = InstalledPrograms.find(name, terminal.environment());
        findings.add(found.map(path -> Finding.good(name + InstalledPrograms.version(path) + " at " + path))
                .orElseGet(() -> Finding.wrong(
                        "no " + name + " on this machine; " + why, InstalledPrograms.howToInstall(name))));
    }

    private void stateFolder() {
        try {
            stateFolder(StateFolders.standard(terminal));
        } catch (FailedException e) {
            findings.add(Finding.wrong(String.valueOf(e.getMessage()), ""));
        }
    }

    private void stateFolder(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        findings.add(
                Files.isDirectory(existing) && Files.isWritable(existing)
                        ? Finding.good("state folder " + folder + (existing.equals(folder) ? "" : ", to be made"))
                        : Finding.wrong(
                                "state folder " + folder + ": " + existing + " may not be written to",
                                "change its permissions, or set XDG_STATE_HOME to another folder"));
    }

    private void stack(Config config) throws InterruptedException {
        if (config.platform() == PlatformKind.AWS) {
            findings.add(Finding.wrong("platform aws is not in this version yet", "write platform: local"));
        } else {
            localStack(config);
        }
        checkedHost(config).ifPresent(this::resolves);
    }

    private void localStack(Config config) throws InterruptedException {
        try (Platform platform = Platforms.open(config, terminal)) {
            StackStatus status = platform.status(config.spec().name());
            String text = "stack " + status.stack() + ": "
                    + status.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            boolean fine = status.state() == StackState.RUNNING || status.state() == StackState.ABSENT;
            findings.add(
                    fine
                            ? Finding.good(text)
                            : Finding.wrong(text, "upkeep status says more, upkeep apply repairs it"));
            if (status.state() == StackState.ABSENT && config.spec().edgePort() != 0) {
                port(config.spec().edgePort());
            }
            Specs.checked(config, () -> platform.plan(config.spec()));
        } catch (ConfigException e) {
            e.problems().forEach(problem -> findings.add(Finding.wrong(problem.toString(), "")));
        } catch (MissingToolException saidAbove) {
            return;
        } catch (InfraException e) {
            findings.add(Finding.wrong(String.valueOf(e.getMessage()), ""));
        } catch (FailedException saidOfTheStateFolder) {
            return;
        }
    }

    private void port(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            findings.add(Finding.good("port " + socket.getLocalPort() + " is free"));
        } catch (IOException e) {
            findings.add(Finding.wrong(
                    "port " + port + " cannot be listened on: " + e.getMessage(),
                    "free it, or choose another as local.port"));
        }
    }

    private static Optional<String> checkedHost(Config config) {
        return config.check()
                .url()
                .map(URI::getHost)
                .or(() -> config.platform() == PlatformKind.AWS
                        ? config.spec().domain().map(domain -> domain.name())
                        : Optional.empty());
    }

    private void resolves(String host) {
        try {
            findings.add(Finding.good(
                    "name " + host + " is " + InetAddress.getByName(host).getHostAddress()));
        } catch (UnknownHostException e) {
            findings.add(Finding.wrong(
                    "name " + host + " cannot be resolved",
                    "check its spelling, its DNS record and this machine's name servers"));
        }
    }
}
