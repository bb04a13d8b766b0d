package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InfraException;

/** Tells what failed from what was interrupted: files are then closed under its hands. */
final class Interruptions {

    private Interruptions() {}

    /** What fails after its own thread was interrupted is no failure. */
    static void throwIfCause(InfraException failed) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted");
            interrupted.initCause(failed);
            throw interrupted;
        }
    }
}
