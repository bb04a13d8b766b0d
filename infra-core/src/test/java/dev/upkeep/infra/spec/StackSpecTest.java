package dev.upkeep.infra.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackSpecTest {

    @Test
    void needsOnlyANameAndAVersion() {
        StackSpec spec = StackSpec.builder("shop", "1.0.6").build();

        assertThat(spec.shape()).isEqualTo(Shape.SINGLE);
        assertThat(spec.instances()).isEqualTo(1);
        assertThat(spec.app()).contains(AppSpec.sample());
        assertThat(spec.settings()).isEqualTo(new LocalSettings(0));
        assertThat(spec.baseFolder()).isAbsolute();
        assertThat(spec.site()).isEmpty();
    }

    @Test
    void aHighlyAvailableStackHasTwoInstancesUnlessTold() {
        assertThat(StackSpec.builder("shop", "1")
                        .shape(Shape.HIGHLY_AVAILABLE)
                        .build()
                        .instances())
                .isEqualTo(2);
    }

    @Test
    void takesTheSiteRelativeToTheBaseFolder() {
        StackSpec spec = StackSpec.builder("shop", "1")
                .baseFolder(Path.of("/srv/shop"))
                .site(Path.of("../site"))
                .build();

        assertThat(spec.site()).contains(Path.of("/srv/site"));
    }

    @Test
    void reportsEveryProblemAtOnceWithPointerAndHint() {
        InvalidSpecException invalid = catchThrowableOfType(
                InvalidSpecException.class,
                () -> StackSpec.builder("Shop!", "1.0 6")
                        .instances(3)
                        .app(" ", 70000)
                        .command(List.of(" "))
                        .domain("www.example.com", "example.org")
                        .aws("europe")
                        .local(-1)
                        .build());

        assertThat(invalid.problems())
                .extracting(SpecProblem::pointer)
                .containsExactly(
                        "/stack",
                        "/version",
                        "/instances",
                        "/app/image",
                        "/app/port",
                        "/app/command/0",
                        "/domain/name",
                        "/region",
                        "/local/port");
        assertThat(invalid)
                .hasMessageContaining("/app/port: 70000 is no port; use 1 to 65535")
                .hasMessageContaining("this shape has exactly 1 instances");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.6", "2026-11-22", "v1.0.6+build.7", "1", "a_b"})
    void acceptsVersionsThatPeopleUse(String version) {
        assertThatCode(() -> StackSpec.checkVersion(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1.0\n", "1\"; return 500", "$host", "../1", "-1", "1;2"})
    void refusesVersionsThatWouldMeanSomethingToNginx(String version) {
        assertThatThrownBy(() -> StackSpec.checkVersion(version)).isInstanceOf(InvalidSpecException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "../x", "a/b", "abcdefghijklmnopqrstuvwxy"})
    void refusesNamesThatAreNoFolderOrDnsLabel(String name) {
        assertThatThrownBy(() -> StackName.of(name)).isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void theDomainMustLieInItsZone() {
        assertThatCode(() -> new DomainSpec("www.example.org", "example.org")).doesNotThrowAnyException();
        assertThatCode(() -> new DomainSpec("example.org", "example.org")).doesNotThrowAnyException();
        assertThatThrownBy(() -> new DomainSpec("wwwexample.org", "example.org"))
                .hasMessageContaining("is not in the zone");
    }

    @Test
    void onlyALoadBalancerWritesAccessLogs() {
        AwsSettings logging = AwsSettings.standard(Optional.of("eu-west-1"))
                .with(new AwsSettings.Operation(Optional.empty(), 30, Optional.of("example-access-logs"), Set.of()));
        StackSpecBuilder builder = StackSpec.builder("shop", "1.0.6").aws(logging);

        assertThat(builder.shape(Shape.HIGHLY_AVAILABLE).build().settings()).isEqualTo(logging);
        assertThatThrownBy(() -> builder.shape(Shape.SINGLE).build())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("a single instance has no load balancer that could write them");
    }

    @Test
    void onlyASingleInstanceHasAnAddressThatIsBroughtAlong() {
        AwsSettings brought = AwsSettings.standard(Optional.of("eu-west-1"))
                .with(new AwsSettings.Access(Optional.empty(), false, Optional.of("eipalloc-01234567")));
        StackSpecBuilder builder = StackSpec.builder("shop", "1.0.6").aws(brought);

        assertThat(builder.shape(Shape.SINGLE).build().settings()).isEqualTo(brought);
        assertThatThrownBy(() -> builder.shape(Shape.HIGHLY_AVAILABLE).build())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("users reach a load balancer, whose addresses AWS changes as it likes")
                .hasMessageContaining("leave it out, or take shape: single");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.1", "eipassoc-01234567", "eipalloc-0123456", "eipalloc-0123456789", "eipalloc-0123456G"
            })
    void anAddressIsNamedByItsAllocation(String text) {
        assertThatThrownBy(() -> new AwsSettings.Access(Optional.empty(), false, Optional.of(text)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("\"" + text + "\" is no allocation of an Elastic IP")
                .hasMessageContaining("write its id, like eipalloc-0123456789abcdef0");
    }

    @Test
    void anotherVersionIsCheckedToo() {
        StackSpec spec = StackSpec.builder("shop", "1.0.6").build();

        assertThat(spec.withVersion("1.0.7").version()).isEqualTo("1.0.7");
        assertThatThrownBy(() -> spec.withVersion("")).isInstanceOf(InvalidSpecException.class);
    }
}
