package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command does on a terminal and nowhere else: colours, a line that changes, and questions. */
@Timeout(120)
class TerminalSystemTest {
    private static final String ESCAPE = "\u001B";
    private static final Pattern PROGRESS = Pattern.compile("\r\u001B\\[K\u001B\\[\\?7l([^\r\n]*)\u001B\\[\\?7h");

    @TempDir
    private Path home;

    @Test
    void colourIsForTerminalsOnlyAndNotIfUnwanted() {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            stack.apply();
            assertThat(stack.upkeep("check").run().out()).doesNotContain(ESCAPE);

            Program check = onTerminal(stack, "", "check");
            assertThat(check.run().with(0).out()).startsWith(ESCAPE + "[32mUP" + ESCAPE + "[0m  stack ");
            assertThat(check.with("NO_COLOR", "1").run().with(0).out()).doesNotContain(ESCAPE + "[3");
            assertThat(check.with("TERM", "dumb").run().with(0).out()).doesNotContain(ESCAPE);
        }
    }

    @Test
    void aLineThatChangesTellsWhatIsWaitedForAndIsGoneInTheEnd() {
        String[] wait = {"wait", "--interval", "700ms", "--rounds", "3", "--output", "jsonl"};
        try (Stack stack = Stack.single(home, "1.0.6")) {
            stack.apply();
            Ended piped = stack.upkeep(wait).run().with(0);
            assertThat(piped.out() + piped.err()).doesNotContain(ESCAPE, "\r");

            String shown = onTerminal(stack, "", wait).run().with(0).out();
            List<String> drawn = PROGRESS.matcher(shown)
                    .results()
                    .map(MatchResult::group)
                    .map(line -> line.replaceAll("[^ -~]|\\[\\?7[lh]|\\[K", ""))
                    .toList();
            assertThat(drawn)
                    .hasSizeGreaterThan(4)
                    .allMatch(line -> line.matches("[-|/\\\\] \\d s  for stack " + stack.name()));
            assertThat(PROGRESS.matcher(shown).replaceAll(""))
                    .as("each line is cleared before anything else is said")
                    .doesNotContain(" s  for stack ")
                    .contains("\r" + ESCAPE + "[Kround 2 at ", "\r" + ESCAPE + "[Kround 3 at ");

            String dumb = onTerminal(stack, "", wait)
                    .with("TERM", "dumb")
                    .run()
                    .with(0)
                    .out();
            assertThat(dumb).contains("round 2 at ").doesNotContain(ESCAPE, " s  for stack ");
        }
    }

    @Test
    void helpFitsTheTerminal() {
        String help = String.join(" ", Upkeep.in(home, "check", "--help").words());
        Program narrow = Program.of(home, "script", "-qec", "stty cols 72; " + help, "/dev/null")
                .with("TERM", "xterm")
                .with("NO_COLOR", "1");

        assertThat(narrow.run().with(0).out().lines())
                .contains("Usage: upkeep check [-46hk] [--all-addresses] [--debug]")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(72));
        assertThat(Upkeep.in(home, "check", "--help").run().out().lines())
                .anySatisfy(line -> assertThat(line).hasSizeGreaterThan(90));
    }

    @Test
    void destroyAsksAndTakesNothingButTheNameForYes() {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            stack.apply();

            assertThat(onTerminal(stack, "yes", "destroy").run().with(1).out())
                    .contains("Remove stack " + stack.name() + " and everything in it? Type its name to go on: ")
                    .contains("stack " + stack.name() + " was not removed: " + stack.name() + " was not typed");
            assertThat(stack.status().out()).contains(": running at ");

            assertThat(onTerminal(stack, stack.name(), "destroy").run().with(0).out())
                    .contains("stack " + stack.name() + ": ", "absent");
        }
    }

    /** util-linux's script runs it on a terminal of its own; what it prints there has both streams in it. */
    private static Program onTerminal(Stack stack, String typed, String... words) {
        String command = String.join(" ", stack.upkeep(words).words());
        String script = typed.isEmpty() ? "exec script" : "(sleep 1; echo '" + typed + "'; sleep 3) | script";
        return Program.of(stack.home(), "bash", "-c", script + " -qec '" + command + "' /dev/null")
                .with("XDG_STATE_HOME", stack.home().resolve("state").toString())
                .with("TERM", "xterm");
    }
}
