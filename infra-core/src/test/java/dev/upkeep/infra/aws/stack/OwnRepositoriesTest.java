package dev.upkeep.infra.aws.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.aws.ecr.EcrHost;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnRepositoriesTest {

    private static final List<String> ALL = List.of("edge", "web", "app");
    private static final String OF_THE_ACCOUNT = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    private static StackSpec spec(String registry) {
        return SpecMatrix.single().withRegistry(registry);
    }

    @Test
    void aStackHasThoseOfItsImagesUnlessTheyGoElsewhere() {
        assertThat(OwnRepositories.of(SpecMatrix.single())).isEqualTo(ALL);
        assertThat(OwnRepositories.of(spec(OF_THE_ACCOUNT))).isEqualTo(ALL);
        assertThat(OwnRepositories.of(
                        spec(OF_THE_ACCOUNT), host -> host.equals(new EcrHost("123456789012", "eu-west-1"))))
                .isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example.org",
                "docker.io/team",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team"
            })
    void aRegistryElsewhereNeedsNone(String registry) {
        assertThat(OwnRepositories.of(spec(registry))).isEmpty();
        assertThat(BaseStack.template(spec(registry), OwnRepositories.of(spec(registry)))
                        .resources())
                .extracting(resource -> resource.name())
                .containsExactly("Logs");
    }

    @Test
    void theRegistryOfAnotherAccountIsElsewhereOnceTheAccountIsKnown() {
        assertThat(OwnRepositories.of(
                        spec(OF_THE_ACCOUNT), host -> host.account().equals("210987654321")))
                .isEmpty();
    }
}
