package dev.upkeep.checker.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"1.0.6", "1.0.6\n", "  1.0.6\r\n\t", "v1.0.6", "V1.0.6\n", "\uFEFF1.0.6\n"})
    void knowsAVersionWhateverStandsAroundIt(String body) {
        assertThat(ExpectedVersion.exactly("1.0.6").read(body)).isEqualTo(new Reading.Expected("1.0.6"));
        assertThat(ExpectedVersion.exactly("v1.0.6").read(body)).isEqualTo(new Reading.Expected("1.0.6"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.60", "1.0", "1.0.6-rc1", "1.0.6+build", "01.0.6", "vv1.0.6", "OK"})
    void takesWhatIsNotExactlyTheSameForAnother(String body) {
        assertThat(ExpectedVersion.exactly("1.0.6").read(body)).isInstanceOf(Reading.Other.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "<html>1.0.6</html>", "1.0.6 1.0.7", "1.0.6\n1.0.7", "\u00A01.0.6", "\u0000", "{}"})
    void findsNoVersionInWhatIsNone(String body) {
        assertThat(ExpectedVersion.exactly("1.0.6").read(body)).isEqualTo(new Reading.Unreadable());
        assertThat(ExpectedVersion.any().read(body)).isEqualTo(new Reading.Unreadable());
    }

    @Test
    void takesAWordOfMoreThan128CharactersForAPage() {
        assertThat(ExpectedVersion.any().read("1".repeat(128))).isInstanceOf(Reading.Expected.class);
        assertThat(ExpectedVersion.any().read("1".repeat(129))).isInstanceOf(Reading.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "^1.0.0, 1.9.9, true",
        "^1.0.0, 2.0.0, false",
        ">=1.0.6 <2, 1.0.6, true",
        ">=1.0.6 <2, 1.0.5, false",
        "~1.2.3, v1.2.9, true",
        "1.x, 1.5.0, true",
        "^1.0.0, 1.0.0-rc1, false",
        "^1.0.0, abc, false"
    })
    void readsRangesAsNpmDoes(String range, String served, boolean expected) {
        assertThat(ExpectedVersion.inRange(range).read(served) instanceof Reading.Expected)
                .isEqualTo(expected);
    }

    @Test
    void readsAVersionByAPattern() {
        ExpectedVersion expected = ExpectedVersion.matching(Pattern.compile("shop (\\d+\\.\\d+\\.\\d+) \\(.*\\)"));

        assertThat(expected.read("shop 1.0.6 (build 7)\n")).isEqualTo(new Reading.Expected("1.0.6"));
        assertThat(expected.read("1.0.6")).isEqualTo(new Reading.Other("1.0.6"));
        assertThat(expected.read("shop 1.0 (build 7)")).isEqualTo(new Reading.Unreadable());
    }

    @Test
    void isNotHeldUpByAPatternThatBacktracksWithoutEnd() {
        ExpectedVersion expected = ExpectedVersion.matching(Pattern.compile("(a+)+b"));
        Instant before = Instant.now();

        assertThat(expected.read("a".repeat(100))).isInstanceOf(Reading.Other.class);
        assertThat(expected.read("a".repeat(4000))).isInstanceOf(Reading.Unreadable.class);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version | {\"version\": \"1.0.6\"}",
                "version | {\"name\": \"shop\", \"version\": \"v1.0.6\", \"more\": [1, {\"version\": 2}]}",
                "/build/version | {\"version\": 1, \"build\": {\"version\": \"1.0.6\"}}",
                "/0 | [\"1.0.6\"]"
            })
    void readsAVersionInAJsonField(String field, String body) {
        assertThat(ExpectedVersion.inJsonField(field, ExpectedVersion.exactly("1.0.6"))
                        .read(body))
                .isEqualTo(new Reading.Expected("1.0.6"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.0.6",
                "<html>",
                "{}",
                "{\"version\": null}",
                "{\"version\": {}}",
                "{\"version\": \"1.0.6\"",
                "{\"other\": \"1.0.6\"}"
            })
    void findsNoVersionInADocumentWithoutTheField(String body) {
        assertThat(ExpectedVersion.inJsonField("version", ExpectedVersion.exactly("1.0.6"))
                        .read(body))
                .isEqualTo(new Reading.Unreadable());
    }

    @Test
    void doesNotFollowEndlessNesting() {
        assertThat(ExpectedVersion.inJsonField("version", ExpectedVersion.any()).read("[".repeat(60_000)))
                .isEqualTo(new Reading.Unreadable());
    }

    @Test
    void refusesExpectationsThatCannotBeMet() {
        assertThatThrownBy(() -> ExpectedVersion.exactly("1.0.6 beta"))
                .hasMessage("not a version: \"1.0.6 beta\"; one word of letters, digits and . + ~ _ - is expected, such"
                        + " as 1.0.6");
        assertThatThrownBy(() -> ExpectedVersion.inRange("newest")).hasMessageContaining("not a range");
        assertThatThrownBy(() -> ExpectedVersion.inRange(" ")).hasMessageContaining("not a range");
        assertThatThrownBy(() -> ExpectedVersion.inJsonField(" ", ExpectedVersion.any()))
                .hasMessageContaining("no name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.2.3.4", "2024.04.15"})
    void saysOfWhatIsNoSemanticVersionThatItLiesInNoRange(String served) {
        assertThat(ExpectedVersion.inRange(">=1.0.0").read(served)).isEqualTo(new Reading.NotSemantic(served));
        assertThat(ExpectedVersion.inRange("^2.0.0").read("1.2.3")).isEqualTo(new Reading.Other("1.2.3"));
    }
}
