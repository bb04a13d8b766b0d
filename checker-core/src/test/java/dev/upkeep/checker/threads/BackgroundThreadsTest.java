package dev.upkeep.checker.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundThreadsTest {
    private static Thread ranOn(Executor executor) throws InterruptedException {
        LinkedBlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        executor.execute(() -> threads.add(Thread.currentThread()));
        Thread thread = threads.poll(10, TimeUnit.SECONDS);
        assertThat(thread).isNotNull();
        return thread;
    }

    @Test
    void areVirtualFromJava21On() throws InterruptedException {
        boolean virtual = Runtime.version().feature() >= 21;

        Thread thread = ranOn(BackgroundThreads.upTo(2, "upkeep-test"));

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName().isEmpty()).isEqualTo(virtual);
        assertThat(BackgroundThreads.virtualStart(17)).isNull();
        assertThat(BackgroundThreads.virtualStart(20)).isNull();
    }

    @Test
    void areFewDaemonsThatEndWhenIdle() throws InterruptedException {
        ThreadPoolExecutor pool = BackgroundThreads.pool(2, "upkeep-test");
        pool.setKeepAliveTime(Duration.ofMillis(10).toMillis(), TimeUnit.MILLISECONDS);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(5);
        for (int i = 0; i < 5; i++) {
            pool.execute(() -> {
                try {
                    end.await();
                    done.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        assertThat(pool.getPoolSize()).isEqualTo(2);
        end.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        Thread last = ranOn(pool);
        assertThat(last.isDaemon()).isTrue();
        assertThat(last.getName()).isEqualTo("upkeep-test");
        last.join(Duration.ofSeconds(10).toMillis());
        assertThat(last.isAlive()).isFalse();
    }
}
