package dev.upkeep.cli.demo;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.infra.failure.MissingToolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Installs nginx and HAProxy on Debian for root, and elsewhere says how. No daemon is started by it. */
final class ToolInstallation {

    private static final Path APT = Path.of("/usr/bin/apt-get");

    /** Asked by Debian's packages before they start a daemon; 101 means that they may not. */
    private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");

    private final Progress progress;

    ToolInstallation(Progress progress) {
        this.progress = progress;
    }

    void install(MissingToolException missing) throws InterruptedException {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(APT)) {
            throw missing;
        }
        List<String> packages = missing.tools();
        progress.line("Installing " + String.join(" and ", packages) + ", which the demo needs: apt-get install");
        try {
            boolean guarded = guard();
            try {
                run(List.of(APT.toString(), "update"));
                List<String> install =
                        new ArrayList<>(List.of(APT.toString(), "install", "-y", "--no-install-recommends"));
                install.addAll(packages);
                run(install);
            } finally {
                if (guarded) {
                    Files.deleteIfExists(POLICY);
                }
            }
        } catch (IOException e) {
            throw new FailedException("installing " + String.join(" and ", packages) + " failed: " + e.getMessage());
        }
    }

    private static boolean guard() throws IOException {
        if (Files.exists(POLICY)) {
            return false;
        }
        Files.writeString(POLICY, "#!/bin/sh\nexit 101\n");
        Files.setPosixFilePermissions(POLICY, PosixFilePermissions.fromString("rwxr-xr-x"));
        return true;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        progress.waitingFor(String.join(" ", command));
        Path log = Files.createTempFile("upkeep-apt", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            Process process = builder.start();
            try {
                if (process.waitFor() != 0) {
                    throw new FailedException(String.join(" ", command) + " failed:\n" + tail(log));
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
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
