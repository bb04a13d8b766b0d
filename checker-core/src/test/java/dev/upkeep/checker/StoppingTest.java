package dev.upkeep.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.testing.Behaviour;
import dev.upkeep.checker.testing.ScriptedServer;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interrupting and closing: at once, and never to be taken for the server's fault. */
class StoppingTest {
    /** Less than any limit of a phase, so that ending within it means to have been cut. */
    private static final long SOON = Duration.ofSeconds(2).toMillis();

    private final ScriptedServer server = ScriptedServer.start(Behaviour.silence());
    private final VersionChecker checker = VersionChecker.create();
    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        checker.close();
        server.close();
        executor.shutdownNow();
    }

    private VersionCheck check(String scheme) {
        return VersionCheck.of(
                URI.create(server.uri().toString().replace("http:", scheme + ":")), ExpectedVersion.exactly("1.0.6"));
    }

    private static Thread started(FutureTask<?> task) {
        Thread thread = new Thread(task, "checking");
        thread.start();
        return thread;
    }

    private void awaitConnection() throws InterruptedException {
        while (server.connections() == 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void anInterruptCutsTheExchangeUnderWay(String scheme) throws Exception {
        FutureTask<?> task = new FutureTask<>(() -> checker.check(check(scheme)));
        Thread thread = started(task);
        awaitConnection();

        thread.interrupt();

        assertThatThrownBy(() -> task.get(SOON, TimeUnit.MILLISECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aThreadThatWasInterruptedBeforeDoesNotAsk() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> checker.check(check("http"))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(server.connections()).isZero();
    }

    private FleetCheck fleet() {
        return FleetCheck.builder()
                .origin("i-1", check("http"))
                .origin("i-2", check("http"))
                .origin("i-3", check("http"))
                .build();
    }

    @Test
    void anInterruptEndsTheChecksOfAFleetThatAreUnderWayTogether() throws Exception {
        FutureTask<?> task = new FutureTask<>(() -> checker.check(fleet()));
        Thread thread = started(task);
        awaitConnection();

        thread.interrupt();

        assertThatThrownBy(() -> task.get(SOON, TimeUnit.MILLISECONDS)).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptEndsTheCheckOfAFleetAndNotOnlyOfOnePlace() throws Exception {
        VersionChecker oneByOne = VersionChecker.builder().onCallingThread().build();
        FutureTask<?> task = new FutureTask<>(() -> oneByOne.check(fleet()));
        Thread thread = started(task);
        awaitConnection();

        thread.interrupt();

        assertThatThrownBy(() -> task.get(SOON, TimeUnit.MILLISECONDS)).hasCauseInstanceOf(InterruptedException.class);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void closingEndsTheCheckOfAFleetOnEveryThread() throws Exception {
        VersionChecker concurrent = VersionChecker.builder().executor(executor).build();
        FutureTask<?> task = new FutureTask<>(() -> concurrent.check(fleet()));
        started(task);
        awaitConnection();

        concurrent.close();

        assertThatThrownBy(() -> task.get(SOON, TimeUnit.MILLISECONDS)).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingIsNotTakenForAResetByTheServer() throws Exception {
        FutureTask<?> task = new FutureTask<>(() -> checker.check(check("http")));
        started(task);
        awaitConnection();

        checker.close();

        assertThatThrownBy(() -> task.get(SOON, TimeUnit.MILLISECONDS))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the checker is closed");
    }
}
