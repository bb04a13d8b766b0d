package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Instances of a stack on this machine are broken, and {@code upkeep heal} goes in, with the shell of this machine. */
@Timeout(180)
class HealSystemTest {

    @TempDir
    private Path home;

    @Test
    void anNginxThatWasKilledIsStartedAgainAndTheHostRemembers() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            assertThat(heal(stack).with(0).out()).contains("stack " + stack.name() + " is UP");

            kill("KILL", stack.processes("nginx", "i2"));
            Ended rehearsed = heal(stack, "--dry-run").with(1);
            assertThat(rehearsed.out())
                    .contains(
                            "i2: nginx of i2 does not run: nothing of nginx listens on port ",
                            "  would run     sh -c ",
                            "stack " + stack.name() + " is DEGRADED");
            assertThat(stack.processes("nginx", "i2")).isEmpty();

            Ended healed = heal(stack).with(0);

            assertThat(healed.out()).containsPattern("i2 is healed after [0-9.]+ m?s, by: start nginx of i2; UP 1.0.6");
            assertThat(healed.err())
                    .contains(
                            "  looked    DOWN: the connection was refused",
                            "  found     nginx of i2 does not run",
                            "  doing     start nginx of i2",
                            "-> exit code 0 after");
            assertThat(stack.status().out()).contains(": running");
            assertThat(stack.upkeep("plan").run().with(0).out()).contains("nothing to change");

            kill("KILL", stack.processes("nginx", "i2"));
            Ended refused = heal(stack).with(1);
            assertThat(refused.out())
                    .containsPattern(
                            "i2 is not repaired now: it was repaired [0-9]+ s ago; the next repair may begin at ");
            assertThat(heal(stack, "--reset").with(0).err()).contains("i2 has forgotten its repairs");
            assertThat(heal(stack, "--output", "json").with(0).out())
                    .contains("\"outcome\" : \"healed\"", "\"cause\" : \"stopped\"", "\"purpose\" : \"take the lock\"");
        }
    }

    /** Its master is gone, and what is left of it answers nobody. */
    @Test
    void workersWithoutAMasterThatHangAreEnded() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            kill("KILL", List.of(stack.pid("i2/nginx.pid")));
            assertThat(heal(stack).with(0).out()).contains(" is UP");
            kill("STOP", stack.processes("nginx", "i2"));

            assertThat(heal(stack, "--timeout", "1s").with(0).out())
                    .contains("i2 is healed after ", "by: restart nginx of i2");
        }
    }

    @Test
    void aBrokenConfigurationIsToldWithItsLineAndNginxGoesOn() throws IOException {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            Path configuration = stack.folder().resolve("i2/nginx.conf");
            Files.writeString(configuration, Files.readString(configuration) + "\nsever {}\n");
            kill("STOP", stack.processes("nginx", "i2"));

            Ended told = heal(stack, "--timeout", "1s").with(1);

            assertThat(told.out())
                    .contains(
                            "i2 is not repaired: nginx refuses its configuration: unknown directive \"sever\" in ",
                            "/i2/nginx.conf:",
                            "  what to do    mend that line; nginx was not restarted");
            kill("CONT", stack.processes("nginx", "i2"));
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
        }
    }

    @Test
    void anApplicationThatNobodyCanStartFromOutsideIsTold() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            kill("KILL", List.of(stack.pid("i1/app.pid")));

            assertThat(heal(stack).with(1).out())
                    .contains(
                            "i1 is not repaired: nginx of i1 is well, and the application behind it is not",
                            "upkeep apply");
        }
    }

    @Test
    void aVersionThatIsNotTheRightOneIsNotTouched() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();

            Ended told = heal(stack, "--expect", "1.0.7").with(1);

            assertThat(told.out()).contains("stack " + stack.name() + " is STALE");
            assertThat(told.err()).doesNotContain("found");
        }
    }

    /** Several refusals at once once made every thread wait for another one, on a machine with as many processors. */
    @Test
    void allInstancesAreHealedOneAfterTheOtherOnOneProcessor() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            stack.apply();
            kill("KILL", stack.processes("nginx", "i1"));
            kill("KILL", stack.processes("nginx", "i2"));
            String one = "-Djdk.virtualThreadScheduler.parallelism=1 -Djdk.virtualThreadScheduler.maxPoolSize=1";

            Program heal = stack.upkeep("heal", "--interval", "200ms").with("JDK_JAVA_OPTIONS", one);
            assertThat(heal.run().with(0).out())
                    .contains("i1 is healed after ", "i2 is healed after ", "stack " + stack.name() + " is UP");
        }
    }

    @Test
    void wrongWordsAreRefused() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            assertThat(heal(stack, "http://127.0.0.1:1/version.txt").with(64).err())
                    .contains("which host serves that URL? Name it with --ssh USER@HOST, or --here for this machine");
            assertThat(heal(stack, "--here").with(64).err()).contains("of a stack the platform knows the hosts");
            assertThat(heal(stack, "http://127.0.0.1:1/", "--here", "--web", "nginx")
                            .with(64)
                            .err())
                    .contains("expected is unit:NAME, docker:NAME or podman:NAME");
            assertThat(heal(stack, "--output", "junit").with(64).err())
                    .contains("\"junit\" is not a format here; expected is one of human, json");
            assertThat(heal(stack, "--rounds", "0").with(64).err()).contains("nobody can be sure without a look");
            assertThat(heal(stack, "--dry-run", "--until-up", "1m").with(64).err())
                    .contains("--dry-run changes nothing");
            assertThat(heal(stack).code()).isEqualTo(3);
        }
    }

    private static Ended heal(Stack stack, String... words) {
        List<String> all = new ArrayList<>(List.of("heal", "--interval", "200ms"));
        all.addAll(List.of(words));
        return stack.upkeep(all.toArray(String[]::new)).run();
    }

    private static void kill(String signal, List<Long> pids) {
        for (long pid : pids) {
            Signals.send(signal, pid);
        }
    }
}
