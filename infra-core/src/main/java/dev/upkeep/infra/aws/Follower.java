package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.Formation;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.StackEvent;
import dev.upkeep.infra.aws.formation.StackHistory;
import dev.upkeep.infra.failure.OperationFailedException;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Follows what CloudFormation does with one stack, to its end. */
final class Follower {

    /** Looks on while CloudFormation is at work. */
    @FunctionalInterface
    interface Onlooker {

        /** Looks once: at the stack as it is, and what has happened up to now. */
        void look(FormedStack stack, StackHistory happened) throws InterruptedException;
    }

    /** The longest that CloudFormation itself waits for a resource, and some more. */
    private static final Duration LIMIT = Duration.ofHours(4);

    /** After it was told to begin, CloudFormation may say for a while that nothing has begun. */
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    /** A state may still be that of before, and events come later than the state that they explain: so often it is looked again. */
    private static final int LATE_LOOKS = 15;

    private final Formation formation;
    private final Polling polling;
    private final Reporter report;
    private final Onlooker onlooker;

    Follower(Formation formation, Polling polling, Reporter report, Onlooker onlooker) {
        this.formation = formation;
        this.polling = polling;
        this.report = report;
        this.onlooker = onlooker;
    }

    /** A stack whose operation has ended, and what happened in that. */
    record Followed(FormedStack stack, StackHistory happened) {}

    /**
     * Tells each event of the operation that has begun after one that is known, and blocks until it has ended.
     *
     * @param before the id of the event with which the operation before began; empty if there was none
     * @return how it has ended
     */
    Followed follow(String stackId, Optional<String> before) throws InterruptedException {
        Retrying aws = new Retrying(polling, stackId, report);
        String[] beginning = {""};
        boolean begun = polling.until(START_LIMIT, () -> {
            beginning[0] = aws.ask(() -> formation.latestOperation(stackId))
                    .beginning()
                    .map(StackEvent::id)
                    .filter(id -> !Optional.of(id).equals(before))
                    .orElse("");
            return !beginning[0].isEmpty();
        });
        if (!begun) {
            throw new OperationFailedException(
                    stackId,
                    "Tried to follow the stack " + stackId + ": CloudFormation has not begun after "
                            + START_LIMIT.toMinutes() + " min; upkeep status says how it stands",
                    null);
        }
        return follow(stackId, beginning[0], 0);
    }

    /** Tells the events of one operation, but for the first ones, which are known. */
    Followed follow(String stackId, String beginning, int seen) throws InterruptedException {
        Retrying aws = new Retrying(polling, stackId, report);
        int[] told = {seen};
        int[] unexplained = {0};
        FormedStack[] last = new FormedStack[1];
        StackHistory[] happened = new StackHistory[1];
        boolean ended = polling.until(LIMIT, () -> {
            // Looked at first: what happens after that and before its end is read below.
            last[0] = aws.ask(() -> formation.find(stackId)).orElseThrow(() -> gone(stackId));
            StackHistory history = aws.ask(() -> formation.operation(stackId, beginning));
            // Those that come late may not be there yet.
            int known = Math.min(told[0], history.events().size());
            tell(history.events().subList(known, history.events().size()), report);
            told[0] = Math.max(told[0], history.events().size());
            if (last[0].isInProgress() || !last[0].isFormed()) {
                onlooker.look(last[0], history);
                return false;
            }
            happened[0] = history;
            return history.endedWith(last[0].status()) || ++unexplained[0] >= LATE_LOOKS;
        });
        if (!ended) {
            throw new OperationFailedException(
                    stackId,
                    "Tried to follow the stack " + stackId + ": it is still in the state " + last[0].status()
                            + " after " + LIMIT.toHours() + " h; upkeep status says how it stands",
                    null);
        }
        return new Followed(last[0], happened[0]);
    }

    /** A stub has no events of its own deletion that could be told. */
    Followed awaitDeleted(String stackId) throws InterruptedException {
        Retrying aws = new Retrying(polling, stackId, report);
        FormedStack[] last = new FormedStack[1];
        polling.until(START_LIMIT, () -> {
            last[0] = aws.ask(() -> formation.find(stackId)).orElseThrow(() -> gone(stackId));
            return last[0].isDeleted();
        });
        return new Followed(last[0], new StackHistory(List.of()));
    }

    private static OperationFailedException gone(String stackId) {
        return new OperationFailedException(
                stackId, "Tried to follow the stack " + stackId + ": AWS does not know it any more", null);
    }

    static void tell(List<StackEvent> events, Reporter report) {
        events.forEach(event -> tell(event, report));
    }

    private static void tell(StackEvent event, Reporter report) {
        boolean keeps = event.status().equals("DELETE_SKIPPED");
        String words =
                keeps ? "is kept" : event.status().toLowerCase(Locale.ROOT).replace('_', ' ');
        EventKind kind = event.status().endsWith("_FAILED")
                ? EventKind.FAILED
                : keeps || event.status().endsWith("_COMPLETE") ? EventKind.DONE : EventKind.STARTED;
        report.tell(
                event.at(), event.resource(), kind, event.reason().isEmpty() ? words : words + ": " + event.reason());
    }
}
