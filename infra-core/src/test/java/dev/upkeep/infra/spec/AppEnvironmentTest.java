package dev.upkeep.infra.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppEnvironmentTest {

    private static final SecretReference PASSWORD = SecretReference.parse("/shop/db-password");

    private static List<String> problems(Map<String, String> values, Map<String, SecretReference> secrets) {
        InvalidSpecException invalid =
                catchThrowableOfType(InvalidSpecException.class, () -> new AppEnvironment(values, secrets));
        return invalid.problems().stream().map(SpecProblem::describe).toList();
    }

    @Test
    void hasFieldsForPlansInTheOrderOfTheNames() {
        AppEnvironment environment =
                new AppEnvironment(Map.of("B", "two", "A", "one\tmore"), Map.of("DB_PASSWORD", PASSWORD));

        assertThat(environment.fields())
                .containsExactly(
                        Map.entry("env A", "one\tmore"),
                        Map.entry("env B", "two"),
                        Map.entry("secret DB_PASSWORD", "/shop/db-password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A-B", "A B", "A=B", "\u00c4", "A.B"})
    void refusesWhatIsNoNameOfAVariable(String name) {
        String message = "\"" + name + "\" is no name of an environment variable; use letters, digits and underscores, "
                + "not beginning with a digit";

        assertThat(problems(Map.of(name, "x"), Map.of())).containsExactly("/app/env/" + name + ": " + message);
        assertThat(problems(Map.of(), Map.of(name, PASSWORD))).containsExactly("/app/secrets/" + name + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PORT", "VERSION", "UPKEEP_INSTANCE", "AWS_CONTAINER_CREDENTIALS_FULL_URI"})
    void refusesWhatThePlatformItselfSets(String name) {
        assertThat(problems(Map.of(name, "x"), Map.of()))
                .containsExactly(
                        "/app/env/" + name + ": Upkeep itself sets " + name
                                + " for the application; take another name; PORT, VERSION and what begins with UPKEEP_ or AWS_CONTAINER_ are taken");
    }

    @Test
    void refusesANameOnBothSides() {
        assertThat(problems(Map.of("A", "x"), Map.of("A", PASSWORD)))
                .containsExactly("/app/secrets/A: A stands in app.env, too; write it in one of the two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r", "a\u0000", "a\u001b[31m", "a\u0085b"})
    void refusesAValueThatIsNotOneLine(String value) {
        assertThat(problems(Map.of("A", value), Map.of()))
                .containsExactly("/app/env/A: the value of A has several lines, or characters that cannot be seen; "
                        + "write it in one line; for more, put a file into the image");
    }

    @Test
    void aStackOnThisMachineHasNoSecrets() {
        AppEnvironment environment = new AppEnvironment(Map.of("A", "x"), Map.of("DB_PASSWORD", PASSWORD));
        StackSpecBuilder builder = StackSpec.builder("shop", "1").environment(environment);

        assertThat(builder.aws("eu-west-1").build().environment()).isEqualTo(environment);
        assertThatThrownBy(() -> builder.local(0).build())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(
                        "/app/secrets/DB_PASSWORD: secrets are read from AWS, and this stack stands on this"
                                + " machine; write a value for development to app.env: { DB_PASSWORD: ... }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "",
                "/",
                "/a//b",
                "/a/",
                "/aws/reference/secretsmanager/x",
                "/SSM-x",
                "/a b",
                "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16",
                "secretsmanager:",
                "secretsmanager:a:b",
                "arn:aws:ssm:eu-west-1:123456789012:parameter/a"
            })
    void refusesWhatNamesNoSecretWithoutShowingIt(String text) {
        assertThatThrownBy(() -> SecretReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this names no secret, and is not shown in case it is one; write the name of a parameter of"
                        + " Systems Manager, like /shop/db-password, or of a secret of Secrets Manager, like"
                        + " secretsmanager:shop/api-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/shop/db-password", "/shop/DB_1.x", "secretsmanager:a", "secretsmanager:/a/b_+=.@-"})
    void readsWhereASecretLies(String text) {
        assertThat(SecretReference.parse(text)).hasToString(text);
    }
}
