package dev.upkeep.checker.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownUriTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "https://www.example.org/v -> https://www.example.org/v",
                "https://h/v?token=secret&lang=en -> https://h/v?token=***&lang=***",
                "https://h/v?secret -> https://h/v?***",
                "https://h/v? -> https://h/v?",
                "https://h/v#access_token=secret -> https://h/v#***",
                "https://h/pkg/@scope -> https://h/pkg/@scope",
                "//h/v?a=secret -> //h/v?a=***",
                "h/v -> h/v",
                "http://user:secret@h/v -> http://***@h/v",
                "http://user:sec^ret@h:1/v -> http://***@h:1/v",
                "http://user:sec#ret@h:1/v -> http://***@h:1/v",
                "http://user:12#ret@h:1/v -> http://***@h:1/v",
                "http://user:sec/ret@h:1/v -> http://***@h:1/v",
                "http://user:sec?ret@h:1/v -> http://***@h:1/v",
                "http://user:sec%ret@h:1/v -> http://***@h:1/v",
                "http://user:s@cret@h:1/v -> http://***@h:1/v",
                "http://user:secret@my_host:1/v?a=secret -> http://***@my_host:1/v?a=***",
                "http://user:sec ret@h:1/v -> http://***@h:1/v",
                "user:secret@h:1/v -> ***@h:1/v",
                "user:sec//ret@h:1/v -> ***@h:1/v",
            })
    void showsNoSecret(String text, String shown) {
        assertThat(ShownUri.of(text)).isEqualTo(shown);
    }
}
