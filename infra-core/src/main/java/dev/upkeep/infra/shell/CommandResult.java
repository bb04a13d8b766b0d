package dev.upkeep.infra.shell;

import java.util.function.Function;

/** What came of a command on an instance. That it failed, or could not be run, is an ordinary answer and no exception. */
public sealed interface CommandResult {

    /**
     * It ran to its end.
     *
     * @param exitCode 0 to 255; by custom 0 is success, 127 means that there is no such program
     * @param stdout what it printed, from the beginning and as long as the way in allows
     * @param stderr what it printed as errors, likewise
     * @param isCut whether it printed more than is here
     */
    record Ended(int exitCode, String stdout, String stderr, boolean isCut) implements CommandResult {

        /**
         * Whether it says that it succeeded.
         *
         * @return true for exit code 0
         */
        public boolean isSuccess() {
            return exitCode == 0;
        }
    }

    /**
     * It did not run, or nobody knows how it ended.
     *
     * @param failure why
     * @param message what was tried, what was found, and what to do
     * @param stdout what it had printed until then, as far as is known
     * @param stderr what it had printed as errors, likewise
     * @param isCut whether it is known to have printed more than is here
     */
    record Failed(CommandFailure failure, String message, String stdout, String stderr, boolean isCut)
            implements CommandResult {

        /**
         * Of a command that has printed nothing that is known.
         *
         * @param failure why
         * @param message what was tried, what was found, and what to do
         */
        public Failed(CommandFailure failure, String message) {
            this(failure, message, "", "", false);
        }
    }

    /**
     * One function for each ending.
     *
     * @param ended for a command that ran to its end, whatever its exit code
     * @param failed for all others
     * @param <R> what comes of it
     * @return what the function for this result gave
     */
    default <R> R match(Function<? super Ended, ? extends R> ended, Function<? super Failed, ? extends R> failed) {
        return this instanceof Ended it ? ended.apply(it) : failed.apply((Failed) this);
    }
}
