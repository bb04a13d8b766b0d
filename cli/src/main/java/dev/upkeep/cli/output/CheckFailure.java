package dev.upkeep.cli.output;

/** The result of a check that could not be made, in the formats whose readers do not look at standard error. */
public final class CheckFailure {

    private CheckFailure() {}

    /** What Nagios shows then, in one line. */
    public static String nagios(String why) {
        return NagiosOutput.unknown(why);
    }
}
