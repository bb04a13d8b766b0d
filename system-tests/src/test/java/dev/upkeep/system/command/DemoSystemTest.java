package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration is the first thing that anybody sees. */
@Timeout(120)
class DemoSystemTest {
    private static final Pattern VISITOR = Pattern.compile("the visitor made (\\d+) requests, (\\d+) failed");
    private static final Pattern TOOK = Pattern.compile("The end, after (\\d+)[.\\d]* s\\.");

    @TempDir
    private Path home;

    /** Where sshd as root locks itself up before a login; the package's own start script makes it. */
    @BeforeAll
    static void sshdCanStart() throws IOException {
        if (Files.isWritable(Path.of("/run"))) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
    }

    @Test
    void tellsTheWholeStoryInAMinuteAndLeavesNothing() {
        Ended demo = Upkeep.in(home, "demo").run().with(0);

        assertThat(demo.out())
                .containsSubsequence(
                        "1. Stand up three web servers and a load balancer",
                        "UP after ",
                        "DEGRADED after ",
                        "[edge UP   1.0.6]",
                        "[i2 DOWN 1.0.6]",
                        "plan: instance i2 restart",
                        "UP after ",
                        "6. Kill the nginx of i3, and have it healed",
                        "over real SSH, by an sshd on loopback",
                        "found: nginx of i3 does not run",
                        "doing: start nginx of i3",
                        "from outside: UP 1.0.6",
                        "UP after ",
                        "MIXED after ",
                        "[i1 UP    1.0.7]",
                        "converged: 3 good rounds in a row",
                        "[edge UP 1.0.7]",
                        "9. Ship one that does not start, and see it go back",
                        "instance i1 failed: its application ended at once",
                        "the end of its log: no such table: orders",
                        "UP after ",
                        "[edge UP 1.0.7]",
                        "10. Take everything down",
                        "nothing is left",
                        "The end");
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out().lines())
                .as("fits a terminal of 60 columns")
                .allSatisfy(line -> assertThat(line.length()).isLessThan(60));
        Matcher visitor = VISITOR.matcher(demo.out());
        assertThat(visitor.find()).isTrue();
        assertThat(Integer.parseInt(visitor.group(1))).as("requests").isGreaterThan(50);
        assertThat(visitor.group(2)).as("failed").isEqualTo("0");
        Matcher took = TOOK.matcher(demo.out());
        assertThat(took.find()).isTrue();
        assertThat(Integer.parseInt(took.group(1))).as("seconds").isLessThan(60);
        assertThat(Remains.processes(home)).isEmpty();
        assertThat(home.resolve("state/upkeep-demo")).doesNotExist();
    }

    @Test
    void refusesASecondDemoWhileOneRuns() {
        try (Running first = Upkeep.in(home, "demo").start()) {
            first.awaitText("1. Stand up");

            assertThat(Upkeep.in(home, "demo").run().with(1).err()).contains("another demo is running on this machine");

            first.signal("INT").end().with(130);
        }
        assertThat(Remains.processes(home)).isEmpty();
    }
}
