package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorCommandTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, All is well.",
        "0, 3, 'Nothing to put right, but 3 not checked.'",
        "2, 0, 2 to put right.",
        "2, 1, '2 to put right, but 1 not checked.'"
    })
    void theLastLineCountsWhatIsWrongAndWhatNobodyKnows(long wrong, long unknown, String said) {
        assertThat(DoctorCommand.sum(wrong, unknown)).isEqualTo(said);
    }
}
