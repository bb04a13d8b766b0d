package dev.upkeep.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The surroundings of one run: where results and messages go, the environment, and the folder that relative paths start from.
 * Results go to {@link #out}, everything else to {@link #err}. Safe for use by several threads.
 */
public final class Terminal {

    private final ResultStream results;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Path folder;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;

    private Terminal(OutputStream out, PrintStream err, Map<String, String> environment, Path folder) {
        this.results = new ResultStream(out);
        this.out = new PrintStream(new BufferedOutputStream(results, 8192), false, StandardCharsets.UTF_8);
        this.err = err;
        this.environment = Map.copyOf(environment);
        this.folder = folder;
        boolean real = out instanceof FileOutputStream;
        this.outIsTerminal = real && isTerminal(1);
        this.errIsTerminal = real && isTerminal(2);
    }

    /** The surroundings of this process. */
    public static Terminal system() {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new Terminal(
                new FileOutputStream(FileDescriptor.out),
                err,
                System.getenv(),
                Path.of("").toAbsolutePath());
    }

    /**
     * Others, for tests and for running a command within another; never taken for a terminal.
     *
     * @param out where results go
     * @param err where messages go
     * @param environment instead of the real one
     * @param folder instead of the working folder
     */
    public static Terminal of(OutputStream out, OutputStream err, Map<String, String> environment, Path folder) {
        return new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8), environment, folder);
    }

    /** Whether a file descriptor is a terminal. The JDK answers only for all three together, and from 22 on in another way. */
    private static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException | SecurityException noSuchFileSystem) {
            return isTerminalByConsole();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // what null means up to JDK 21, isTerminal says from 22 on
    private static boolean isTerminalByConsole() {
        Console console = System.console();
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJdk22) {
            return true;
        }
    }

    /** Results. Buffered: call {@link #flush} where somebody waits for a line. */
    public PrintStream out() {
        return out;
    }

    /** Messages, progress and errors. */
    public PrintStream err() {
        return err;
    }

    /** The environment variables. */
    public Map<String, String> environment() {
        return environment;
    }

    /** An absolute path, from one that may be relative. */
    public Path resolve(Path path) {
        return folder.resolve(path).normalize();
    }

    /** The folder that relative paths start from. */
    public Path folder() {
        return folder;
    }

    /** Whether results may be coloured: only for a terminal, and not if NO_COLOR is set. */
    public Palette outPalette() {
        return outIsTerminal && wantsColour() ? Palette.COLOURED : Palette.PLAIN;
    }

    /** Whether messages may be coloured. */
    public Palette errPalette() {
        return errIsTerminal && wantsColour() ? Palette.COLOURED : Palette.PLAIN;
    }

    /** How many characters fit into a line of {@link #out}: at least 60, and no limit where it is not a terminal. */
    public int columns() {
        return columns(outIsTerminal);
    }

    /** How many characters fit into a line of {@link #err}, as {@link #columns} tells it of {@link #out}. */
    public int errColumns() {
        return columns(errIsTerminal);
    }

    private static int columns(boolean isTerminal) {
        return isTerminal ? Math.max(60, TerminalSize.columns().orElse(80)) : Integer.MAX_VALUE;
    }

    /**
     * Whether whoever reads can be expected to see more than ASCII: the locale says UTF-8. Of its variables the first one that is set
     * counts, as POSIX (8.2) says.
     */
    public boolean isUnicode() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> value.toLowerCase(Locale.ROOT).replace("-", ""))
                .filter(value -> value.contains("utf8"))
                .isPresent();
    }

    /** Whether a line of {@link #err} can be drawn again, as a progress line is. */
    public boolean isLive() {
        return errIsTerminal && !"dumb".equals(environment.get("TERM"));
    }

    /** Whether there is a user who can answer a question. */
    public boolean isInteractive() {
        return errIsTerminal && isTerminal(0);
    }

    private boolean wantsColour() {
        // https://no-color.org: present and not empty, whatever its value.
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    /** Writes what {@link #out} has buffered. */
    public void flush() {
        out.flush();
    }

    /** Why results could not be written, if they could not. That the reader has closed the pipe is no failure. */
    public Optional<String> writeFailure() {
        flush();
        return results.failure().filter(failure -> !readerHasGone(failure)).map(IOException::getMessage);
    }

    private static boolean readerHasGone(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("Broken pipe");
    }
}
