package dev.upkeep.checker.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.checker.verdict.Evidence;
import dev.upkeep.checker.verdict.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelRunnerTest {
    private static final Verdict UP = new Verdict.Up(
            new Evidence(URI.create("http://shop.test/"), "1.0.6", Instant.EPOCH, Duration.ZERO, List.of()),
            "1.0.6",
            List.of());

    private final AtomicInteger asked = new AtomicInteger();

    private Verdict ask() {
        asked.incrementAndGet();
        return UP;
    }

    @Test
    void doesTheWorkItselfWhenTheExecutorTakesNone() throws InterruptedException {
        ParallelRunner runner = new ParallelRunner(task -> {
            throw new RejectedExecutionException("full");
        });

        assertThat(runner.all(Collections.nCopies(3, this::ask), 3)).containsExactly(UP, UP, UP);
    }

    @Test
    void leavesNoExceptionInTheThreadsOfTheExecutor() throws InterruptedException {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        CountDownLatch waiting = new CountDownLatch(1);
        ParallelRunner runner = new ParallelRunner(task -> {
            Thread thread = new Thread(task, "asking");
            thread.setUncaughtExceptionHandler((where, what) -> uncaught.add(what));
            threads.add(thread);
            thread.start();
        });
        Callable<Verdict> either = () -> {
            if (Thread.currentThread().getName().equals("asking")) {
                waiting.countDown();
                TimeUnit.MINUTES.sleep(1);
            }
            waiting.await();
            throw new IllegalStateException("closed");
        };

        assertThatThrownBy(() -> runner.all(List.of(either, either), 2)).hasMessage("closed");
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(uncaught).isEmpty();
    }

    @Test
    void beginsNoFurtherCheckWhenOneEndsWithoutAVerdict() {
        Callable<Verdict> closed = () -> {
            asked.incrementAndGet();
            throw new IllegalStateException("closed");
        };

        assertThatThrownBy(() -> new ParallelRunner(null).all(List.of(this::ask, closed, this::ask, this::ask), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("closed");
        assertThat(asked).hasValue(2);
    }
}
