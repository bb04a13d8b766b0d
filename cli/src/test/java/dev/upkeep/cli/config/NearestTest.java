package dev.upkeep.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {

    private static final List<String> KNOWN =
            List.of("--out", "--user", "--version", "--drift", "--expect", "--also", "--file", "site", "shape", "port");

    @ParameterizedTest
    @CsvSource({
        "--ouy, --out",
        "--vresion, --version",
        "--drfit, --drift",
        "--exspekt, --expect",
        "--FILE, --file",
        "sit, site",
        "prot, port"
    })
    void aMistypedWordIsFound(String word, String near) {
        assertThat(Nearest.to(word, KNOWN)).contains(near);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--json", "--verbose", "--foo", "--yes", "--plan", "--dry-run", "-x", "up", "zone", "scope"})
    void ofAWordThatIsFarFromAllNothingIsGuessed(String word) {
        assertThat(Nearest.to(word, KNOWN)).isEmpty();
    }
}
