package dev.upkeep.infra.local.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Following the operation of another process by its file. */
class EventTailTest {

    private static final StackName SHOP = StackName.of("shop");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Operation BEFORE = new Operation("1", SHOP, Operation.Kind.APPLY, "alice", 4711, NOW);
    private static final Operation FOLLOWED =
            new Operation("2", SHOP, Operation.Kind.APPLY, "bob", 4712, NOW.plusSeconds(60));

    @TempDir
    Path root;

    private StackFolder folder;
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void nameFolder() {
        folder = StackFolder.in(root, SHOP);
    }

    private static ProgressEvent event(long id) {
        return new ProgressEvent(id, NOW, "edge", EventKind.STEP, "step " + id);
    }

    private void hear(ProgressEvent event) {
        heard.add(event.message());
    }

    @Test
    void oneThatComesBeforeTheFirstEventHearsThemAll() {
        try (EventTail tail = new EventTail(folder, FOLLOWED, 0)) {
            assertThat(tail.read(this::hear)).isEmpty();
            try (EventFile events = EventFile.begin(folder, FOLLOWED)) {
                assertThat(tail.read(this::hear)).isEmpty();
                events.add(event(1));
                assertThat(tail.read(this::hear)).isEmpty();
                events.add(event(2));
                events.end(Outcome.succeeded());
            }

            assertThat(tail.read(this::hear)).contains(Outcome.succeeded());
        }
        assertThat(heard).containsExactly("step 1", "step 2");
    }

    @Test
    void theEventsOfTheOperationBeforeAreNotItsOwn() {
        try (EventFile before = EventFile.begin(folder, BEFORE)) {
            before.add(event(1));
            before.end(Outcome.stopped());
        }
        try (EventTail tail = new EventTail(folder, FOLLOWED, 0)) {
            assertThat(tail.read(this::hear)).isEmpty();
            assertThat(tail.foundIt()).isFalse();
            try (EventFile events = EventFile.begin(folder, FOLLOWED)) {
                events.add(event(1));
                events.add(event(2));
            }

            assertThat(tail.read(this::hear)).isEmpty();
            assertThat(tail.foundIt()).isTrue();
        }
        assertThat(heard).containsExactly("step 1", "step 2");
    }

    @Test
    void oneThatHasSeenSomeHearsTheOthers() {
        try (EventFile events = EventFile.begin(folder, FOLLOWED)) {
            events.add(event(1));
            events.add(event(2));
        }
        try (EventTail tail = new EventTail(folder, FOLLOWED, 1)) {
            tail.read(this::hear);
        }

        assertThat(heard).containsExactly("step 2");
    }

    @Test
    void aLineThatIsTornCostsOnlyItself() throws IOException {
        try (EventFile events = EventFile.begin(folder, FOLLOWED)) {
            events.add(event(1));
        }
        append("{\"id\":2,\"at\":\"2026-11");
        try (EventTail tail = new EventTail(folder, FOLLOWED, 0)) {
            assertThat(tail.read(this::hear)).isEmpty();
            append(
                    "\n{\"id\":3,\"at\":\"2026-11-22T10:00:00Z\",\"resource\":\"edge\",\"kind\":\"STEP\",\"message\":\"step 3\"}\n");
            append("{\"ending\":\"STOPPED\"}\n");

            assertThat(tail.read(this::hear)).contains(Outcome.stopped());
        }
        assertThat(heard).containsExactly("step 1", "step 3");
    }

    private void append(String text) throws IOException {
        Files.writeString(folder.eventFile(), text, StandardOpenOption.APPEND);
    }

    @Test
    void onlyTheOwnerMayReadThem() throws IOException {
        EventFile.begin(folder, FOLLOWED).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.eventFile())))
                .isEqualTo("rw-------");
    }
}
