package dev.upkeep.infra.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.upkeep.infra.failure.StackBusyException;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackLockTest {

    @TempDir
    Path root;

    private StackFolder folder;

    private final Operation apply =
            new Operation(Operation.Kind.APPLY, "alice", 4711, Instant.parse("2026-11-22T10:00:00.123456789Z"));
    private final Operation destroy =
            new Operation(Operation.Kind.DESTROY, "bob", 4712, Instant.parse("2026-11-22T10:00:01Z"));

    @BeforeEach
    void nameFolder() {
        folder = StackFolder.in(root, StackName.of("shop"));
    }

    @Test
    void refusesASecondHolderInTheSameProcessAndSaysWhoTheFirstIs() throws InterruptedException {
        StackLock.hold(folder, apply, () -> {
            StackBusyException busy =
                    catchThrowableOfType(StackBusyException.class, () -> StackLock.hold(folder, destroy, () -> {}));

            assertThat(busy.holder()).isEqualTo(apply);
            assertThat(busy)
                    .hasMessage("Stack shop is being changed: apply by alice (pid 4711) since 2026-11-22T10:00:00Z;"
                            + " wait for it to end, then try again");
        });
    }

    @Test
    void aRefusedAttemptDoesNotTakeTheLockFromItsHolder() throws InterruptedException {
        StackLock.hold(folder, apply, () -> {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> StackLock.hold(folder, destroy, () -> {}))
                        .isInstanceOf(StackBusyException.class);
            }
            assertThat(StackLock.holder(folder)).contains(apply);
        });
    }

    @Test
    void leavesNoFileAndCanBeTakenAgain() throws InterruptedException {
        StackLock.hold(folder, apply, () -> {});
        StackLock.hold(folder, destroy, () -> {});

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void needsNoFolderBecauseTheLastDestroyMayJustHaveRemovedIt() throws InterruptedException, IOException {
        Files.delete(root);

        StackLock.hold(folder, apply, () -> assertThat(folder.lockFile()).exists());

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void isGivenBackWhenTheWorkFails() throws InterruptedException {
        assertThatThrownBy(() -> StackLock.hold(folder, apply, () -> {
                    throw new IllegalStateException("work");
                }))
                .hasMessage("work");

        StackLock.hold(folder, destroy, () -> {});
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void otherStacksAreNotConcerned() throws InterruptedException {
        StackFolder other = StackFolder.in(root, StackName.of("blog"));
        StackLock.hold(folder, apply, () -> StackLock.hold(other, destroy, () -> {}));
    }
}
