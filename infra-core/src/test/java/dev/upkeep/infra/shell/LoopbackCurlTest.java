package dev.upkeep.infra.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.shell.LoopbackCurl.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackCurlTest {

    private static final LoopbackCurl BOTH = new LoopbackCurl(List.of("/version.txt", "/ready"), Duration.ofSeconds(5));

    private static CommandResult.Ended ended(int exitCode, String stdout, String stderr) {
        return new CommandResult.Ended(exitCode, stdout, stderr, false);
    }

    @Test
    void oneCommandAsksForEverythingAndKeepsTheFirstBodyOnly() {
        assertThat(BOTH.commandLine().argv())
                .startsWith("curl", "-q", "-s")
                .containsSubsequence("--max-time", "5", "-o", "-", "-o", "/dev/null")
                .endsWith("http://127.0.0.1/version.txt", "http://127.0.0.1/ready");
        assertThat(BOTH.runLimit()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void anAnswerHasItsStatusItsTimeAndTheFirstOneItsBody() {
        assertThat(BOTH.answers(ended(0, "1.0.6\n", "200 0 0.000812 \n503 0 0.004000 \n")))
                .containsExactly(
                        new Answer(200, 0, Duration.ofNanos(812_000), "", "1.0.6\n"),
                        new Answer(503, 0, Duration.ofMillis(4), "", ""));
    }

    @Test
    void whatWentWrongIsToldInTheWordsOfCurl() {
        assertThat(BOTH.answers(ended(28, "", """
                        000 7 0.000120 Failed to connect to 127.0.0.1 port 80: Connection refused
                        000 28 5.001000 Operation timed out after 5001 milliseconds
                        """)))
                .containsExactly(
                        new Answer(
                                0,
                                7,
                                Duration.ofNanos(120_000),
                                "failed to connect to 127.0.0.1 port 80: connection refused",
                                ""),
                        new Answer(0, 28, Duration.ofMillis(5001), "operation timed out after 5001 milliseconds", ""));
    }

    @Test
    void whereCurlCannotBeRunThereAreNoAnswers() {
        assertThat(BOTH.answers(ended(127, "", "sh: 1: curl: not found\n"))).isEmpty();
        assertThat(BOTH.answers(ended(0, "1.0.6", "200 0 0.1 \n")))
                .as("one of two")
                .isEmpty();
        assertThat(BOTH.answers(ended(0, "1.0.6", "200  \n%{exitcode} 1 2\n"))).isEmpty();
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new LoopbackCurl(List.of("version.txt"), second))
                .hasMessageContaining("slash");
        assertThatThrownBy(() -> new LoopbackCurl(List.of(), second)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoopbackCurl(List.of("/"), Duration.ofMillis(900)))
                .hasMessageContaining("whole seconds");
    }
}
