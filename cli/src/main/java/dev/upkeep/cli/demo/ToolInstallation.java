package dev.upkeep.cli.demo;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.infra.failure.MissingToolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Installs nginx and HAProxy on Debian for root, and elsewhere says how. No daemon is started by it. */
final class ToolInstallation {

    private static final Path APT = Path.of("/usr/bin/apt-get");

    /** Asked by Debian's packages before they start a daemon; 101 means that they may not. */
    private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");

    private static final String OURS = "#!/bin/sh\n# made by upkeep demo, and removed by it\nexit 101\n";

    /** Another one may be at work: Debian's own updates are, right after it has started. */
    private static final List<String> APT_GET = List.of(APT.toString(), "-o", "DPkg::Lock::Timeout=120");

    private final Progress progress;

    ToolInstallation(Progress progress) {
        this.progress = progress;
    }

    void install(MissingToolException missing) throws InterruptedException {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(APT)) {
            throw missing;
        }
        List<String> packages = missing.tools();
        progress.line("Installing " + String.join(" and ", packages)
                + " with apt-get, which the demo needs; they stay installed, and are not started.");
        try {
            boolean guarded = guard();
            try {
                run("update");
                run(Stream.concat(Stream.of("install", "-y", "--no-install-recommends"), packages.stream())
                        .toArray(String[]::new));
            } finally {
                if (guarded) {
                    Files.deleteIfExists(POLICY);
                }
            }
        } catch (IOException e) {
            throw new FailedException("installing " + String.join(" and ", packages) + " failed: " + e.getMessage());
        }
    }

    /** One of ours was left by a demo that was killed. */
    private static boolean guard() throws IOException {
        if (Files.exists(POLICY)
                && !Files.readString(POLICY, StandardCharsets.ISO_8859_1).equals(OURS)) {
            return false;
        }
        Files.writeString(POLICY, OURS);
        Files.setPosixFilePermissions(POLICY, PosixFilePermissions.fromString("rwxr-xr-x"));
        return true;
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        String shown = "apt-get " + String.join(" ", arguments);
        progress.waitingFor(shown);
        List<String> command =
                Stream.concat(APT_GET.stream(), Stream.of(arguments)).toList();
        Path log = Files.createTempFile("upkeep-apt", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            Process process = builder.start();
            try {
                if (process.waitFor() != 0) {
                    throw new FailedException(shown + " failed; it said at the end:\n" + tail(log)
                            + "\nCheck that this machine reaches its package servers, or install them by hand.");
                }
            } finally {
                process.destroy();
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return "  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
}
