package dev.upkeep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private static boolean isUnicode(Map<String, String> environment) {
        return Terminal.of(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), environment, Path.of(""))
                .isUnicode();
    }

    @Test
    void theFirstVariableOfTheLocaleThatIsSetSaysWhatCanBeShown() {
        assertThat(isUnicode(Map.of("LANG", "en_GB.UTF-8"))).isTrue();
        assertThat(isUnicode(Map.of("LANG", "C.utf8"))).isTrue();
        assertThat(isUnicode(Map.of("LANG", "en_GB.UTF-8", "LC_ALL", "C"))).isFalse();
        assertThat(isUnicode(Map.of("LANG", "C", "LC_CTYPE", "de_DE.UTF-8", "LC_ALL", "")))
                .isTrue();
        assertThat(isUnicode(Map.of("LANG", "de_DE.ISO-8859-1"))).isFalse();
        assertThat(isUnicode(Map.of())).isFalse();
    }
}
