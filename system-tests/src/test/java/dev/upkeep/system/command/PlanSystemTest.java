package dev.upkeep.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was looked at is what is done. */
@Timeout(120)
class PlanSystemTest {

    @TempDir
    private Path home;

    @Test
    void aSavedPlanIsDoneAsItWasShownAndRefusedWhenItIsNotTrueAnyMore() {
        try (Stack stack = Stack.pair(home, "1.0.6")) {
            assertThat(stack.upkeep("plan", "--out", "change.plan")
                            .run()
                            .with(2)
                            .out())
                    .contains("3 changes", "saved as change.plan");
            stack.upkeep("apply", "change.plan").run().with(0);
            assertThat(stack.upkeep("apply", "change.plan").run().with(1).err())
                    .contains("was refused, because it is not true any more: edge was not there, is now ");

            stack.upkeep("plan", "--destroy", "--out", "gone.plan").run().with(2);
            assertThat(stack.upkeep("apply", "gone.plan").run().with(0).out()).contains(": absent");
            assertThat(stack.upkeep("apply", "none.plan").run().with(1).err()).contains("there is no such file");
            stack.upkeep("apply", "change.plan", "--file", "upkeep.yaml").run().with(64);
        }
    }

    @Test
    void aDestroyIsShownBefore() {
        try (Stack stack = Stack.single(home, "1.0.6")) {
            stack.upkeep("destroy", "--dry-run").run().with(0);
            stack.apply();

            assertThat(stack.upkeep("destroy", "--dry-run").run().with(2).out())
                    .contains("2 changes", "-  instance i1  delete", "downtime  edge: nobody is served any more");
            assertThat(stack.upkeep("status").run().with(0).out()).contains(": running at ");
        }
    }

    @Test
    void anOlderVersionIsTakenOnlyWhenThatIsMeant() {
        try (Stack stack = Stack.single(home, "1.0.7")) {
            stack.apply();
            stack.describe("shape: single\n" + Stack.QUICK_APP, "1.0.6");

            assertThat(stack.upkeep("plan").run().with(2).out())
                    .contains("downgrade  instance i1: version 1.0.7 -> 1.0.6");
            assertThat(stack.upkeep("apply").run().with(1).err())
                    .contains(
                            "error: refused, because it would or may go back to an older version: ",
                            "--allow-downgrade");
            stack.upkeep("apply", "--allow-downgrade").run().with(0);
            assertThat(stack.upkeep("check").run().with(0).out()).startsWith("UP ");
        }
    }
}
