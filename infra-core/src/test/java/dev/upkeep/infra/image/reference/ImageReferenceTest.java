package dev.upkeep.infra.image.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "nginx,                             docker.io/library/nginx",
        "nginx:1.28,                        docker.io/library/nginx:1.28",
        "bitnami/nginx,                     docker.io/bitnami/nginx",
        "localhost/web:1,                   localhost/web:1",
        "localhost:5000/web,                localhost:5000/web",
        "127.0.0.1:5000/shop/web:1.0.6,     127.0.0.1:5000/shop/web:1.0.6",
        "[::1]:5000/web,                    [::1]:5000/web",
        "registry.example.org/a/b-c__d.e:T, registry.example.org/a/b-c__d.e:T",
    })
    void readsWhatDockerReads(String text, String canonical) {
        assertThat(ImageReference.parse(text)).hasToString(canonical);
        assertThat(ImageReference.parse(canonical)).isEqualTo(ImageReference.parse(text));
    }

    @Test
    void readsADigestWithAndWithoutATag() {
        ImageReference both = ImageReference.parse("r.example.org/web:1@" + DIGEST);

        assertThat(both.tag()).contains("1");
        assertThat(both.identifier()).isEqualTo(DIGEST);
        assertThat(ImageReference.parse("r.example.org/web@" + DIGEST).tag()).isEmpty();
        assertThat(ImageReference.parse("r.example.org/web").identifier()).isEqualTo("latest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Web                    | lower case",
                "r.example.org/         | repository",
                "r.example.org/a//b     | repository",
                "r.example.org/a..b     | repository",
                "r_x.example.org/a:1    | registry",
                "r.example.org/a:       | tag",
                "r.example.org/a:1 2    | tag",
                "r.example.org/a@sha256:12 | digest",
                "''                     | repository",
            })
    void refusesWhatBreaksTheGrammarAndSaysWhichPart(String text, String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessageContaining(part);
    }

    @Test
    void refusesAPlusInAVersionWithTheReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse("r.example.org/web:1.0.6+7"))
                .withMessageContaining("because of its plus")
                .withMessageContaining("with a hyphen");
    }

    @Test
    void knowsArchitecturesByTheWordsOfImagesAndOfKernels() {
        assertThat(Architecture.parse("linux/arm64")).isEqualTo(Architecture.ARM64);
        assertThat(Architecture.parse("x86_64")).isEqualTo(Architecture.AMD64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architecture.parse("windows/amd64"))
                .withMessageContaining("linux/amd64 or linux/arm64");
    }
}
