package dev.upkeep.infra.local;

import dev.upkeep.infra.progress.Phase;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import java.time.InstantSource;

/** Tells a listener what happens, with the time at which it did. */
record Reporter(InstantSource clock, ProgressListener listener) {

    void tell(String resource, Phase phase, String message) {
        listener.on(new ProgressEvent(clock.instant(), resource, phase, message));
    }
}
