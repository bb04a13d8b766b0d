package dev.upkeep.cli.command;

import dev.upkeep.cli.config.Config;
import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.output.StackText;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the configuration, the platform and the stack, and changes nothing. What a platform needs, the platform says. */
final class Doctor {

    /** In which nothing has to be put right, though not all of them serve anybody. */
    private static final Set<StackState> FINE =
            Set.of(StackState.RUNNING, StackState.ABSENT, StackState.PLANNED, StackState.ADOPTED);

    private final Terminal terminal;
    private final FileOption file;
    private final List<Finding> findings = new ArrayList<>();

    Doctor(Terminal terminal, FileOption file) {
        this.terminal = terminal;
        this.file = file;
    }

    List<Finding> findings() throws InterruptedException {
        findings.add(Finding.ok("Java " + Runtime.version() + " at " + System.getProperty("java.home")));
        Optional<Config> config = config();
        if (config.isPresent()) {
            StackSpec spec = config.get().spec();
            platform(spec, config);
            checkedHost(config.get()).ifPresent(this::resolves);
        } else {
            StackSpec usual = StackSpec.builder("stack", "1.0.0")
                    .shape(Shape.HIGHLY_AVAILABLE)
                    .build();
            platform(usual, config);
        }
        return findings;
    }

    private Optional<Config> config() {
        try {
            Config config = file.read(terminal);
            findings.add(Finding.ok("configuration " + config.file() + ": stack "
                    + config.spec().name() + ", version " + config.spec().version()));
            return Optional.of(config);
        } catch (ConfigException e) {
            if (e.isFileMissing() && !file.isGiven()) {
                findings.add(Finding.note(
                        "no upkeep.yaml in this folder", "upkeep init writes one; upkeep demo needs none"));
            } else {
                e.problems().forEach(problem -> findings.add(Finding.problem(problem.toString(), "")));
            }
            return Optional.empty();
        }
    }

    private void platform(StackSpec spec, Optional<Config> config) throws InterruptedException {
        try (Platform platform = Platforms.open(spec.settings(), terminal)) {
            List<Finding> before = platform.preflight(spec);
            before.forEach(finding -> findings.add(inTheFile(finding, config)));
            if (config.isPresent()) {
                stack(platform, spec, before);
            }
        } catch (InfraException | FailedException e) {
            findings.add(Finding.problem(String.valueOf(e.getMessage()), ""));
        }
    }

    /** Where nothing was in order before, it is said already that and why nobody can be asked. */
    private void stack(Platform platform, StackSpec spec, List<Finding> before) throws InterruptedException {
        try {
            stack(platform.status(spec.name()));
        } catch (AwsException e) {
            if (before.stream().anyMatch(finding -> finding.grade() == Finding.Grade.OK)) {
                throw e;
            }
        }
    }

    private static Finding inTheFile(Finding finding, Optional<Config> config) {
        if (finding.pointer().isEmpty() || config.isEmpty()) {
            return finding;
        }
        String text = config.get()
                .positions()
                .complaint(finding.pointer(), finding.text())
                .toString();
        return new Finding(finding.grade(), text, finding.next(), finding.pointer());
    }

    private void stack(StackStatus status) {
        String text = "stack " + status.stack() + ": " + StackText.lower(status.state());
        findings.add(
                FINE.contains(status.state())
                        ? Finding.ok(text)
                        : Finding.problem(text, "upkeep status says more, upkeep apply repairs it"));
    }

    private static Optional<String> checkedHost(Config config) {
        return config.check()
                .url()
                .map(URI::getHost)
                .or(() -> config.spec().settings() instanceof LocalSettings
                        ? Optional.empty()
                        : config.spec().domain().map(domain -> domain.name()));
    }

    private void resolves(String host) {
        try {
            findings.add(Finding.ok(
                    "name " + host + " is " + InetAddress.getByName(host).getHostAddress()));
        } catch (UnknownHostException e) {
            findings.add(Finding.problem(
                    "name " + host + " cannot be resolved",
                    "check its spelling, its DNS record and this machine's name servers"));
        }
    }
}
