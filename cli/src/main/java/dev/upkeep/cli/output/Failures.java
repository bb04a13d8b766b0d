package dev.upkeep.cli.output;

/** Failures of the checker itself, in formats whose readers do not look at standard error. */
public final class Failures {

    private Failures() {}

    /** What Nagios shows when a check could not even begin. */
    public static String nagios(String why) {
        return NagiosOutput.unknown(why);
    }
}
