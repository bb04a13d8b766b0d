package dev.upkeep.remediation.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization: Bearer abc.def|Authorization: [hidden]",
                "db_password=s3cret user=ann|db_password=[hidden] user=ann",
                "{\"token\": \"abc\", \"n\": 1}|{\"token\": \"[hidden]\", \"n\": 1}",
                "GET /a?api_key=abc&b=1|GET /a?api_key=[hidden]&b=1",
                "postgres://ann:s3cret@db/shop|postgres://ann:[hidden]@db/shop",
                "key AKIAABCDEFGHIJKLMNOP used|key [hidden] used",
                "nginx: [emerg] bind() to 0.0.0.0:80 failed|nginx: [emerg] bind() to 0.0.0.0:80 failed",
            })
    void whatLooksLikeASecretIsHidden(String line, String shown) {
        assertThat(Redaction.of(line)).isEqualTo(shown);
    }
}
