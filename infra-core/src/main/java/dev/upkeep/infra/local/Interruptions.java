package dev.upkeep.infra.local;

/** Tells what failed from what was interrupted: files are then closed under its hands. */
final class Interruptions {

    private Interruptions() {}

    /** What fails after its own thread was interrupted is no failure. */
    static void throwIfCause(RuntimeException failed) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted");
            interrupted.initCause(failed);
            throw interrupted;
        }
    }
}
