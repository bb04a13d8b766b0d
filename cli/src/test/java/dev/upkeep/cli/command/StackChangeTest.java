package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.Operation;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said after Ctrl-C. */
class StackChangeTest {

    private static final Operation APPLY =
            new Operation("1", Plans.SHOP, Operation.Kind.APPLY, "me on elsewhere", 1, Instant.EPOCH);

    private final FakePlatform platform = new FakePlatform();
    private final Plan plan = Plans.empty();

    private StackChange change(Platform opened) {
        Terminal nobody =
                Terminal.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Map.of(), Path.of("/"));
        return new StackChange(opened, Plans.SHOP, new StackOptions(), nobody);
    }

    @Test
    void beforeAnythingHasBegunNothingWasChanged() {
        StackChange change = change(platform.opened());

        assertThatThrownBy(() -> change.runSaved(plan, shown -> {
                    throw new FailedException("no");
                }))
                .isInstanceOf(FailedException.class);

        assertThat(change.farewell()).isEqualTo("Interrupted; nothing was changed.");
    }

    @Test
    void whatACloudDoesGoesOnAndNobodyElseWaitsForThisProcess() {
        platform.answering("start", APPLY)
                .answering("goesOnAlone", true)
                .failing("await", new InterruptedException())
                .answering("stop", Optional.empty());
        StackChange change = change(platform.opened());

        assertThatThrownBy(() -> change.runSaved(plan, shown -> {})).isInstanceOf(InterruptedException.class);

        assertThat(platform.calls()).endsWith("await", "stop");
        assertThat(change.farewell())
                .isEqualTo("Interrupted; what was started goes on. Run the same command to follow it.");
    }

    @Test
    void whoeverIsFollowedGoesOn() {
        platform.answering("current", Optional.of(APPLY)).failing("follow", new InterruptedException());
        StackChange change = change(platform.opened());

        assertThatThrownBy(() -> change.runSaved(plan, shown -> {})).isInstanceOf(InterruptedException.class);

        assertThat(change.farewell()).isEqualTo("Interrupted; " + APPLY.describe() + " goes on.");
    }
}
