package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.cli.exit.FailedException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.PlanFileException;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.PlanFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a platform keeps for plans that nobody can apply any more. */
class DraftTest {

    @TempDir
    private Path folder;

    private final FakePlatform platform = new FakePlatform().answering("discard", "");
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static Plan keeping(String kept) {
        return Plans.empty().keeping(List.of(kept)).madeIn("eu-west-1");
    }

    private void save(Plan plan, Path file) {
        Terminal terminal = Terminal.of(OutputStream.nullOutputStream(), err, Map.of(), folder);
        try (Draft draft = new Draft(platform.opened(), plan)) {
            draft.save(file, terminal);
        }
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsKeptForAPlanThatIsOnlyShown() {
        try (Draft draft = new Draft(platform.opened(), keeping("first"))) {
            assertThat(draft.plan().kept()).containsExactly("first");
        }

        assertThat(platform.given()).containsExactly(keeping("first"));
    }

    @Test
    void whatGoesWrongFirstIsToldAlsoWhereNothingCanBeLetGoOf() {
        AwsException unanswered = new AwsException("remove it", "nobody answered", "", "", null);
        platform.failing("discard", unanswered);

        assertThatThrownBy(() -> {
                    try (Draft draft = new Draft(platform.opened(), keeping("first"))) {
                        throw new FailedException(
                                "no room to print " + draft.plan().stack());
                    }
                })
                .isInstanceOf(FailedException.class)
                .hasSuppressedException(unanswered);
    }

    @Test
    void nothingIsKeptForAPlanThatCouldNotBeSavedAndTheOneBeforeStays() {
        Path file = folder.resolve("nowhere/change.plan");

        assertThatThrownBy(() -> save(keeping("second"), file)).isInstanceOf(PlanFileException.class);

        assertThat(platform.given()).containsExactly(keeping("second"));
    }

    @Test
    void whatIsKeptForASavedPlanGoesWhenAnotherOneTakesItsPlace() {
        Path file = folder.resolve("change.plan");

        save(keeping("first"), file);
        assertThat(platform.calls()).isEmpty();
        save(keeping("second"), file);

        assertThat(platform.given()).containsExactly(keeping("first"));
        assertThat(PlanFile.read(file)).isEqualTo(keeping("second"));
        assertThat(said()).isEmpty();
    }

    @Test
    void whatIsKeptElsewhereIsToldOf() {
        Path file = folder.resolve("change.plan");

        save(keeping("first").madeIn("us-east-1"), file);
        save(keeping("second"), file);

        assertThat(platform.calls()).isEmpty();
        assertThat(said())
                .isEqualTo("what is kept for the plan that " + file + " held before stays: that one was made elsewhere"
                        + System.lineSeparator());
    }

    @Test
    void aPlanIsSavedAlsoWhereTheOneBeforeCannotBeLetGoOf() {
        Path file = folder.resolve("change.plan");
        platform.failing("discard", new AwsException("remove it", "nobody answered", "", "", null));

        save(keeping("first"), file);
        save(keeping("second"), file);

        assertThat(PlanFile.read(file)).isEqualTo(keeping("second"));
        assertThat(said()).contains("held before could not be removed: ", "nobody answered");
    }

    @Test
    void anotherFileIsWrittenOver() throws IOException {
        Path file = Files.writeString(folder.resolve("change.plan"), "no plan");

        save(keeping("first"), file);

        assertThat(platform.calls()).isEmpty();
        assertThat(PlanFile.read(file)).isEqualTo(keeping("first"));
    }
}
