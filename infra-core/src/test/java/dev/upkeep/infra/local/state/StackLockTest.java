package dev.upkeep.infra.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.StackBusyException;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackLockTest {

    private static final StackName SHOP = StackName.of("shop");

    @TempDir
    Path root;

    private StackFolder folder;

    private final Operation apply = new Operation(
            "1", SHOP, Operation.Kind.APPLY, "alice", 4711, Instant.parse("2026-11-22T10:00:00.123456789Z"));
    private final Operation destroy =
            new Operation("1", SHOP, Operation.Kind.DESTROY, "bob", 4712, Instant.parse("2026-11-22T10:00:01Z"));

    @BeforeEach
    void nameFolder() {
        folder = StackFolder.in(root, StackName.of("shop"));
    }

    @Test
    void refusesASecondHolderInTheSameProcessAndSaysWhoTheFirstIs() {
        try (StackLock held = StackLock.take(folder, apply)) {
            StackBusyException busy =
                    catchThrowableOfType(StackBusyException.class, () -> StackLock.take(folder, destroy));

            assertThat(held).isNotNull();
            assertThat(busy.holder()).contains(apply);
            assertThat(busy)
                    .hasMessage("Stack shop is being changed: apply by alice (pid 4711) since 2026-11-22T10:00:00Z;"
                            + " wait for it to end, then try again");
        }
    }

    @Test
    void aRefusedAttemptDoesNotTakeTheLockFromItsHolder() {
        try (StackLock held = StackLock.take(folder, apply)) {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> StackLock.take(folder, destroy)).isInstanceOf(StackBusyException.class);
            }
            assertThat(held).isNotNull();
            assertThat(StackLock.holder(folder)).contains(apply);
            assertThat(StackLock.isHeldHere(folder)).isTrue();
        }
    }

    @Test
    void leavesNoFileAndCanBeTakenAgain() {
        StackLock.take(folder, apply).close();
        StackLock.take(folder, destroy).close();

        assertThat(root).isEmptyDirectory();
        assertThat(StackLock.isHeldHere(folder)).isFalse();
    }

    @Test
    void needsNoFolderBecauseTheLastDestroyMayJustHaveRemovedIt() throws IOException {
        Files.delete(root);

        try (StackLock held = StackLock.take(folder, apply)) {
            assertThat(held).isNotNull();
            assertThat(folder.lockFile()).exists();
        }

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void isTakenOnOneThreadAndGivenBackOnAnother() throws InterruptedException {
        StackLock held = StackLock.take(folder, apply);
        Thread other = new Thread(held::close);
        other.start();
        other.join();

        StackLock.take(folder, destroy).close();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void otherStacksAreNotConcerned() {
        StackFolder other = StackFolder.in(root, StackName.of("blog"));
        try (StackLock first = StackLock.take(folder, apply);
                StackLock second = StackLock.take(other, destroy)) {
            assertThat(first).isNotSameAs(second);
        }
    }
}
