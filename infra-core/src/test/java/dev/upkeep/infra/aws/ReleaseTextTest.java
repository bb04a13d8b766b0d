package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.SecretReference;
import dev.upkeep.infra.spec.StackSpec;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseTextTest {

    private static final ImageReference WEB =
            ImageReference.parse("r.example.org/shop/web:1.0.6@sha256:" + "1".repeat(64));

    private static StackSpec spec(String version, Map<String, String> values) {
        return StackSpec.builder("shop", version)
                .environment(new AppEnvironment(values, Map.of("PASSWORD", SecretReference.parse("/shop/password"))))
                .aws("eu-west-1")
                .build()
                .withRegistry("123456789012.dkr.ecr.eu-west-1.amazonaws.com");
    }

    private static String text(StackSpec spec) {
        return ReleaseText.of(spec, Map.of("web", WEB), Map.of());
    }

    @Test
    void hasTheVersionThePlainValuesTheNamesOfTheSecretsAndTheImages() {
        assertThat(text(spec("1.0.6", Map.of("COLOR", "blue"))))
                .isEqualTo("{\"version\":\"1.0.6\",\"env\":{\"COLOR\":\"blue\"},"
                        + "\"secrets\":{\"PASSWORD\":\"/shop/password\"},\"web\":\"" + WEB + "\"}");
    }

    @Test
    void neverHasTwoBracesThatSystemsManagerWouldTakeForAParameter() {
        StackSpec spec = spec("1.0.6", Map.of("A", "{{ssm:x}}", "B", "{{{", "C", "\\{{", "D", "{"));

        String text = text(spec);

        assertThat(text).doesNotContain("{{");
        assertThat(ReleaseText.environment(text)).isEqualTo(spec.environment());
        assertThat(ReleaseText.changes(Optional.of(text), spec)).isEmpty();
    }

    @Test
    void isAnotherIfTheEnvironmentIs() {
        String standing = text(spec("1.0.6", Map.of("COLOR", "blue", "GONE", "1")));
        StackSpec red = spec("1.0.6", Map.of("COLOR", "red"));

        assertThat(ReleaseText.changes(Optional.of(standing), red))
                .containsExactly(new FieldChange("env COLOR", "blue", "red"), new FieldChange("env GONE", "1", ""));
        assertThat(ReleaseText.described(standing, ReleaseText.changes(Optional.of(standing), red)))
                .isEqualTo("1.0.6 with env COLOR blue, env GONE 1");
        assertThat(ReleaseText.changes(Optional.of("{\"version\":\"1.0.6\"}"), red))
                .containsExactly(
                        new FieldChange("env COLOR", "", "red"),
                        new FieldChange("secret PASSWORD", "", "/shop/password"));
        assertThat(ReleaseText.changes(Optional.empty(), red)).startsWith(new FieldChange("version", "", "1.0.6"));
        assertThat(ReleaseText.described(
                        standing, ReleaseText.changes(Optional.of(standing), red.withVersion("1.0.7"))))
                .startsWith("1.0.6 with ");
    }

    @Test
    void ofSomebodyElseIsReadAsFarAsItCanBe() {
        assertThat(ReleaseText.environment("{\"env\":{\"NOT A NAME\":\"x\"}}")).isEqualTo(AppEnvironment.none());
        assertThat(ReleaseText.environment("{\"secrets\":{\"A\":\"x\"}}")).isEqualTo(AppEnvironment.none());
        assertThat(ReleaseText.environment("no JSON")).isEqualTo(AppEnvironment.none());
        assertThat(ReleaseText.version("no JSON")).isEmpty();
    }

    @Test
    void isRefusedIfAParameterCannotHoldIt() {
        assertThatCode(() -> ReleaseText.checkSize(spec("1.0.6", Map.of("A", "x".repeat(3400)))))
                .doesNotThrowAnyException();
        // As bytes it is twice as long.
        assertThatThrownBy(() -> ReleaseText.checkSize(spec("1.0.6", Map.of("A", "\u00e4".repeat(1900), "B", "b"))))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageMatching(
                        "(?s).*/app/env/A: instances on AWS are told what to run in 4096 bytes, and with the"
                                + " environment of the application that would be 4\\d\\d\\d; put large values into a file of the"
                                + " image, or into secrets.*");
    }
}
