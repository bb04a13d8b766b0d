package dev.upkeep.infra.aws.client;

/** Does what has to be done after an interrupt too: the SDK makes no call in a thread that is interrupted. */
public final class Uninterrupted {

    private Uninterrupted() {}

    /**
     * Does it. A thread that was interrupted before is interrupted again afterwards.
     *
     * @param work which blocks for a bounded time
     */
    public static void run(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
