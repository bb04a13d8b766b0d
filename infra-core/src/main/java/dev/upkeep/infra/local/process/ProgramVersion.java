package dev.upkeep.infra.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a program for its version. */
public final class ProgramVersion {

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+[\\w.+~-]*");

    private static final int LIMIT_SECONDS = 2;

    private ProgramVersion() {}

    /**
     * Runs it with {@code -v}, for two seconds at most.
     *
     * @param program where it is
     * @return the version with a blank before it, empty if it says none
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static String of(Path program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program.toString(), "-v")
                    .redirectErrorStream(true)
                    .start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    return "";
                }
                String text = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
                Matcher version = VERSION.matcher(text);
                return version.find() ? " " + version.group() : "";
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return "";
        }
    }
}
