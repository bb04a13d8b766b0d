package dev.upkeep.cli.exit;

import dev.upkeep.checker.verdict.Status;

/** The numbers that commands exit with. */
public final class ExitCode {

    /** Done; for checks: up. */
    public static final int OK = 0;

    /** For checks, as Nagios plugins do: stale, mixed, degraded, or up with a warning. */
    public static final int WARNING = 1;

    /** For checks: down. */
    public static final int CRITICAL = 2;

    /** For checks: could not be measured. */
    public static final int UNKNOWN = 3;

    /** For all commands but checks: failed. */
    public static final int FAILED = 1;

    /** For plan: there is something to change. */
    public static final int CHANGES = 2;

    /** The command line makes no sense; EX_USAGE of BSD. */
    public static final int USAGE = 64;

    /** The configuration is wrong; EX_CONFIG of BSD. */
    public static final int CONFIG = 78;

    /** Stopped by Ctrl-C: 128 and the number of SIGINT. */
    public static final int INTERRUPTED = 130;

    /** For a command on another host: it did not run to its end, as OpenSSH has it. */
    public static final int NOT_RUN = 255;

    private ExitCode() {}

    /**
     * What the program tells its launcher. A JVM that cannot start ends with 1, which would be taken for {@link #WARNING}: so
     * the launcher asks for the codes that are verdicts, 0 to 2, to be raised, and takes lower ones for the JVM's own.
     *
     * @param code what the program ends with
     * @param base what to add; 0 if no launcher asked for it
     */
    public static int forLauncher(int code, int base) {
        return code <= CRITICAL ? code + base : code;
    }

    /**
     * What a check exits with.
     *
     * @param status of one place or of many
     * @param hasWarnings whether anything will not stay well
     * @return 0 to 3, as the guidelines for Nagios plugins have it
     */
    public static int of(Status status, boolean hasWarnings) {
        return switch (status) {
            case UP -> hasWarnings ? WARNING : OK;
            case STALE, MIXED, DEGRADED -> WARNING;
            case DOWN -> CRITICAL;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
