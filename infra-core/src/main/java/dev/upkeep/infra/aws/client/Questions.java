package dev.upkeep.infra.aws.client;

import dev.upkeep.infra.failure.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Asks AWS several things at once, where none needs the answer to another: each call takes a tenth of a second and more to AWS and back. Safe for use by several threads.
 */
public final class Questions implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "asking AWS");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins to ask.
     *
     * @param question is asked on another thread
     * @param <T> the answer
     * @return blocks until the answer is there, and throws what the question has thrown. If the thread that waits is interrupted, the question is
     *     given up, and it throws an {@link AwsException} as a call on its own thread would; the thread stays interrupted.
     */
    public <T> Supplier<T> ask(Supplier<T> question) {
        Future<T> answer = threads.submit(question::get);
        return () -> await(answer);
    }

    /**
     * Asks all of them, and blocks until each has come to its end, also where one has failed.
     *
     * @param questions each is asked on another thread
     * @param <T> the answers
     * @return the answers in the same order
     * @throws RuntimeException what the first of those that failed has thrown; that of the others is suppressed in it
     */
    public <T> List<T> askAll(List<Supplier<T>> questions) {
        List<T> answers = new ArrayList<>();
        RuntimeException first = null;
        for (Supplier<T> begun : questions.stream().map(this::ask).toList()) {
            try {
                answers.add(begun.get());
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
        return List.copyOf(answers);
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new AwsException("ask AWS", "it was interrupted", "", "", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** Gives up what nobody has the answer to. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
