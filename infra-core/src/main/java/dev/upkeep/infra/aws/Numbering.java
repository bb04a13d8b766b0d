package dev.upkeep.infra.aws;

import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.progress.Reporter;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Numbers what CloudFormation tells of an operation: the same event has the same number whoever follows, and from wherever. What is
 * noticed between two events has the number of the one before.
 */
final class Numbering implements Reporter {

    private final InstantSource clock;
    private final ProgressListener listener;
    private long last;

    Numbering(long cursor, InstantSource clock, ProgressListener listener) {
        this.last = cursor;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void tell(String resource, EventKind kind, String message) {
        tell(clock.instant(), resource, kind, message);
    }

    @Override
    public void tell(Instant at, String resource, EventKind kind, String message) {
        boolean inBetween = kind == EventKind.STEP || kind == EventKind.NOTICE;
        last = inBetween ? last : last + 1;
        listener.on(new ProgressEvent(last, at, resource, kind, message));
    }
}
