package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What real programs have logged, as the command shows it. */
@Timeout(120)
class LogsSystemTest {
    @TempDir
    private Path home;

    @Test
    void theLogsOfAStackAreShownAndFollowedUntilCtrlC() {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            assertThat(stack.upkeep("logs").run().with(1).err())
                    .contains("Refused on stack " + stack.name()
                            + ": it does not exist, so it has no logs; apply it first");
            stack.apply();
            URI site = URI.create(
                    stack.upkeep("outputs", "url").run().with(0).out().strip());
            ask(site.resolve("/first?token=secret"));

            assertThat(stack.upkeep("logs", "i1", "web").run().with(0).out())
                    .containsPattern("20\\d\\d-\\d\\d-\\d\\dT\\S+Z  i1/web  \\{.*\"path\":\"/first\"")
                    .doesNotContain("secret", "i1/app");
            assertThat(stack.upkeep("logs", "app").run().with(0).out())
                    .contains("  i1/app  127.0.0.1 - - [", "GET /first")
                    .doesNotContain("i1/web");
            assertThat(stack.upkeep("logs", "--lines", "1", "--output", "jsonl")
                            .run()
                            .with(0)
                            .out()
                            .lines())
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).startsWith("{\"type\":\"log\",").contains("\"instance\":\"i1\""));
            assertThat(stack.upkeep("logs", "i2").run().with(1).err()).contains("found only i1");
            assertThat(stack.upkeep("logs", "edge").run().with(0).err()).isEqualTo("no line was found\n");

            try (Running following = stack.upkeep("logs", "web", "--follow").start()) {
                following.awaitText("\"path\":\"/first\"");
                ask(site.resolve("/second"));
                following.awaitText("\"path\":\"/second\"");
                assertThat(following.signal("INT").end().with(130).err()).contains("Interrupted; nothing was changed.");
            }
        }
    }

    @Test
    void whenNobodyReadsAnyMoreFollowingEnds() {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            stack.apply();
            URI site = URI.create(
                    stack.upkeep("outputs", "url").run().with(0).out().strip());
            ask(site.resolve("/first"));
            Program piped = stack.upkeep("logs", "web", "--follow")
                    .through(List.of("sh", "-c", "{ \"$@\"; echo ended with $? >&2; } | head -n 1", "sh"));
            try (Running following = piped.start()) {
                following.awaitText("i1/web");
                ask(site.resolve("/second"));

                assertThat(following.end().with(0).err()).isEqualTo("ended with 0\n");
            }
        }
    }

    private static void ask(URI page) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            assertThat(connection.getResponseCode()).isPositive();
            connection.disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
