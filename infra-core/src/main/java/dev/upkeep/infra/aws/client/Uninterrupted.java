package dev.upkeep.infra.aws.client;

import java.util.function.Supplier;

/** Does what has to be done after an interrupt too: the SDK makes no call in a thread that is interrupted. */
public final class Uninterrupted {

    private Uninterrupted() {}

    /**
     * Does it. A thread that was interrupted before is interrupted again afterwards.
     *
     * @param work which blocks for a bounded time
     */
    public static void run(Runnable work) {
        get(() -> {
            work.run();
            return work;
        });
    }

    /**
     * The same for a question.
     *
     * @param question which blocks for a bounded time
     * @param <T> the answer
     * @return the answer
     */
    public static <T> T get(Supplier<T> question) {
        boolean interrupted = Thread.interrupted();
        try {
            return question.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
