package dev.upkeep.infra.aws.client;

import dev.upkeep.infra.failure.AwsException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Asks AWS several things at once, where none needs the answer to another: each call takes a tenth of a second and more to AWS and back. For calls
 * that only read. Safe for use by several threads.
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
     * Asks all of them, and blocks until the last answer is there.
     *
     * @param questions each is asked on another thread
     * @param <T> the answers
     * @return the answers in the same order
     */
    public <T> List<T> askAll(List<Supplier<T>> questions) {
        List<Supplier<T>> answers = questions.stream().map(this::ask).toList();
        return answers.stream().map(Supplier::get).toList();
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
