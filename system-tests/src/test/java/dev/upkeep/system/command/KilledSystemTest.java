package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command's own process is ended in the middle of its work: by SIGKILL, and by Ctrl-C. */
@Timeout(180)
class KilledSystemTest {
    /** What Ctrl-C may take: two seconds of grace for the step under way, and as much for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(4);

    /** The application of the second instance takes long to start, so that an apply can be met in its middle for sure. */
    private static final String SLOW_SECOND = "shape: highly-available\napp: { port: 8080, command: [sh, -c, '"
            + "case $UPKEEP_INSTANCE in */i2) sleep 13;; esac; "
            + "exec /usr/bin/python3 -m http.server --bind 127.0.0.1 $PORT'] }\n";

    @TempDir
    private Path home;

    @Test
    void anApplyKilledAtAnyStepIsSaidByStatusAndFinishedByTheNext() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            for (String step : List.of("instance i1: start with", "instance i2: serves", "edge: start HAProxy")) {
                kill(stack, "apply", step);
                assertThat(stack.status().out()).as(step).contains(": interrupted", "apply by ");
            }
            finish(stack, "1.0.6");

            stack.describe("shape: highly-available\n" + Stack.QUICK_APP, "1.0.7");
            for (String step : List.of("instance i1: drain", "instance i1: verified", "instance i2: swap to")) {
                kill(stack, "apply", step);
                assertThat(stack.status().out()).as(step).contains(": interrupted", "apply by ");
            }
            finish(stack, "1.0.7");
        }
    }

    private static void finish(Stack stack, String version) {
        assertThat(stack.apply().err()).contains("found an interrupted apply by ", "; going on from there");
        assertThat(stack.upkeep("plan").run().with(0).out()).contains("nothing to change");
        assertThat(stack.upkeep("check").run().with(0).out())
                .startsWith("UP ")
                .contains("every instance serve " + version);
    }

    @Test
    void aDestroyKilledAtAnyMomentIsFinishedByTheNext() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            for (int delay : List.of(0, 40, 130)) {
                stack.apply();
                try (Running destroy = stack.upkeep("destroy", "--yes").start()) {
                    destroy.awaitText("stop everything");
                    Signals.rest(Duration.ofMillis(delay));
                    destroy.killIfRunning().end();
                }
                assertThat(stack.status().out()).containsAnyOf(": interrupted", ": absent", ": down");
                stack.upkeep("destroy", "--yes").run().with(0);
                assertThat(stack.processes()).isEmpty();
                assertThat(stack.folder()).doesNotExist();
            }
        }
    }

    @Test
    void anApplyThatWasKilledHalfwayCanBeDestroyed() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            kill(stack, "apply", "instance i2: start with");
            assertThat(stack.processes()).isNotEmpty();

            assertThat(stack.upkeep("destroy", "--yes").run().with(0).out()).contains(": absent");
            assertThat(stack.processes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {250, 650, 1050})
    void anApplyKilledAfterSoManyMillisecondsLeavesNothingThatCannotBePutRight(int delay) {
        try (Stack stack = Stack.pair(home, "1.0.6");
                Running apply = stack.upkeep("apply").start()) {
            Signals.rest(Duration.ofMillis(delay));
            apply.killIfRunning().end();

            assertThat(stack.status().out()).containsAnyOf(": absent", ": interrupted", ": running");
            stack.apply();
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
        }
    }

    private static void kill(Stack stack, String command, String step) {
        try (Running running = stack.upkeep(command).start()) {
            running.awaitText(step).signal("KILL").end().with(137);
        }
    }

    @Test
    void ctrlCDuringAnApplyEndsItAndNotTheServersItHasStarted() {
        try (Stack stack = Stack.of(home, SLOW_SECOND, "1.0.6");
                Running apply = stack.upkeep("apply").through(List.of("setsid")).start()) {
            apply.awaitText("instance i1: serves");
            List<Long> servers = stack.processes("nginx", "i1");
            assertThat(servers).hasSize(2);

            Ended ended = apply.signalGroup("INT").end(SOON).with(130);

            assertThat(ended.err())
                    .contains("Interrupted; stack " + stack.name() + " is interrupted. Run upkeep apply to go on, "
                            + "or upkeep destroy to remove it.");
            assertThat(stack.processes("nginx", "i1")).isEqualTo(servers);
            assertThat(stack.status().out()).contains(": interrupted", "i1  healthy");
            stack.describe("shape: highly-available\n" + Stack.QUICK_APP, "1.0.6");
            assertThat(stack.apply().err()).contains("going on from there");
            assertThat(stack.processes("nginx", "i1")).contains(servers.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60, 150})
    void ctrlCAtAnyMomentOfAnApplyIsNoErrorOfItsOwn(int delay) {
        try (Stack stack = Stack.pair(home, "1.0.6");
                Running apply = stack.upkeep("apply").through(List.of("setsid")).start()) {
            apply.awaitText(": 3 changes");
            Signals.rest(Duration.ofMillis(delay));

            Ended ended = apply.signalGroup("INT").end(SOON).with(130);

            assertThat(ended.err()).doesNotContain("error: ", "InterruptException");
        }
    }

    @Test
    void ctrlCDuringACheckEndsIt() throws Exception {
        try (Deaf deaf = Deaf.open();
                Running check = Upkeep.in(home, "check", deaf.url(), "--timeout", "40s", "--debug")
                        .start()) {
            deaf.awaitVisitor();

            Ended ended = check.signal("INT").end(SOON).with(130);

            assertThat(ended.err()).contains("Interrupted; nothing was changed.");
            assertThat(ended.out()).isEmpty();
        }
    }

    @Test
    void ctrlCAndSigtermDuringAWaitEndIt() throws Exception {
        for (String signal : List.of("INT", "TERM")) {
            try (Deaf deaf = Deaf.open();
                    Running wait =
                            Upkeep.in(home, "wait", deaf.url(), "--expect", "1").start()) {
                deaf.awaitVisitor();

                Ended ended = wait.signal(signal).end(SOON).with(signal.equals("INT") ? 130 : 143);

                assertThat(ended.err()).contains("Interrupted before " + deaf.url() + " had converged");
            }
        }
    }

    @Test
    void ctrlCInADemoTakesItDown() {
        Path state = home.resolve("state/upkeep-demo");
        for (String scene : List.of("1. Stand up", "4. See it detected", "8. Ship it to all")) {
            try (Running demo =
                    Upkeep.in(home, "demo").through(List.of("setsid")).start()) {
                demo.awaitText(scene);

                Ended ended = demo.signalGroup("INT").end(SOON.multipliedBy(2)).with(130);

                assertThat(ended.err()).as(scene).contains("the demo was taken down, and nothing is left of it");
                assertThat(Remains.processes(state)).as(scene).isEmpty();
                assertThat(Files.exists(state)).as(scene).isFalse();
            }
        }
    }

    @Test
    void theNextDemoCleansUpAfterOneThatWasKilled() {
        Path state = home.resolve("state/upkeep-demo");
        try (Running demo = Upkeep.in(home, "demo").start()) {
            demo.awaitText("3. Break one").signal("KILL").end().with(137);
        }
        List<Long> left = Remains.processes(state);
        assertThat(left).isNotEmpty();

        try (Running next = Upkeep.in(home, "demo").start()) {
            next.awaitText("1. Stand up");
            assertThat(next.err())
                    .contains("A demo that was killed left its servers running; they are taken down first.");
            assertThat(left).noneMatch(Remains::isAlive);
            next.signal("INT").end(SOON.multipliedBy(2)).with(130);
        }
        assertThat(Remains.processes(state)).isEmpty();
        assertThat(state).doesNotExist();
    }
}
