package dev.upkeep.checker.fleet;

import dev.upkeep.checker.verdict.Reason;
import java.time.Duration;
import java.util.List;

/** What came of asking one origin through {@link RemoteOrigins}. */
public sealed interface RemoteAnswer {

    /** The origin's name. */
    String name();

    /**
     * It was asked.
     *
     * @param name the origin's name
     * @param replies one for each path, in their order
     */
    record Asked(String name, List<Reply> replies) implements RemoteAnswer {
        /**
         * Copies the replies.
         *
         * @throws IllegalArgumentException if there are none
         */
        public Asked {
            replies = List.copyOf(replies);
            if (replies.isEmpty()) {
                throw new IllegalArgumentException(name + " was asked for nothing");
            }
        }
    }

    /**
     * It could not be asked, which says nothing about it.
     *
     * @param name the origin's name
     * @param why what was tried, what was found, and what to do
     */
    record NotAsked(String name, String why) implements RemoteAnswer {}

    /**
     * It should serve, and is not there to be asked, or not in service.
     *
     * @param name the origin's name
     * @param why what was found
     */
    record NotInService(String name, String why) implements RemoteAnswer {}

    /** What came back for one path. */
    sealed interface Reply {

        /** How long it took, measured where it was asked. */
        Duration took();
    }

    /**
     * An answer of HTTP.
     *
     * @param status its status
     * @param body its body; may be empty where only the status counts
     * @param took how long it took
     */
    record Answered(int status, String body, Duration took) implements Reply {}

    /**
     * No answer, or none to its end.
     *
     * @param reason why, as if it had been asked from here
     * @param detail more about it
     * @param took how long it took
     */
    record Failed(Reason reason, String detail, Duration took) implements Reply {}
}
