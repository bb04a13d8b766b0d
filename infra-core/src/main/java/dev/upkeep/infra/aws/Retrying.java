package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsAdvice;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationFailedException;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Asks about an operation that goes on at CloudFormation whether it can be asked about or not. */
final class Retrying {

    /** How long AWS may fail to answer. */
    static final Duration LIMIT = Duration.ofMinutes(10);

    private final Polling polling;
    private final String stackId;
    private final Reporter report;

    Retrying(Polling polling, String stackId, Reporter report) {
        this.polling = polling;
        this.stackId = stackId;
        this.report = report;
    }

    /**
     * Asks, and asks again as long as the failure is one that passes; says once that it does so.
     *
     * @throws OperationFailedException if it does not pass, with how to follow the operation later
     */
    <T> T ask(Supplier<T> question) throws InterruptedException {
        List<T> answers = new ArrayList<>();
        List<AwsException> failures = new ArrayList<>();
        polling.until(LIMIT, () -> {
            try {
                answers.add(question.get());
                return true;
            } catch (AwsException e) {
                tolerate(e, failures.isEmpty());
                failures.add(e);
                return false;
            }
        });
        if (answers.isEmpty()) {
            throw lost(failures.get(failures.size() - 1), " (again and again for " + LIMIT.toMinutes() + " min)");
        }
        return answers.get(0);
    }

    private void tolerate(AwsException e, boolean first) {
        if (!AwsAdvice.isTransient(e)) {
            throw lost(e, "");
        }
        if (first) {
            report.tell("AWS", EventKind.NOTICE, AwsAdvice.found(e) + "; CloudFormation goes on, and is asked again");
        }
    }

    private OperationFailedException lost(AwsException e, String howOften) {
        return new OperationFailedException(
                stackId,
                e.getMessage() + howOften
                        + ". What was begun goes on in CloudFormation; run the same command again to follow it",
                e);
    }
}
