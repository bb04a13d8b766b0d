package dev.upkeep.checker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.upkeep.checker.version.ExpectedVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionCheckTest {
    private static final URI SITE = URI.create("https://www.example.org/version.txt");

    private static VersionCheck.Builder check() {
        return VersionCheck.builder(SITE, ExpectedVersion.exactly("1.0.6"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/",
                "/version.txt",
                "http:///version.txt",
                "http://host:0/",
                "http://host:70000/"
            })
    void refusesWhatCannotBeChecked(String uri) {
        assertThatThrownBy(() -> VersionCheck.of(URI.create(uri), ExpectedVersion.any()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an address that can be checked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://my_host/",
                "http://b\u00fccher.example/",
                "http://[fe80::1%25eth0]/",
                "http://127.1/",
                "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example/"
            })
    void saysWhatAHostMayBe(String uri) {
        assertThatThrownBy(() -> VersionCheck.of(URI.create(uri), ExpectedVersion.any()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no underscore")
                .hasMessageContaining("xn--")
                .hasMessageContaining("dial its address");
    }

    @Test
    void knowsThePortOfItsScheme() {
        assertThat(check().build().port()).isEqualTo(443);
        assertThat(VersionCheck.of(URI.create("HTTP://host/"), ExpectedVersion.any())
                        .port())
                .isEqualTo(80);
        assertThat(VersionCheck.of(URI.create("http://host:8080/"), ExpectedVersion.any())
                        .port())
                .isEqualTo(8080);
    }

    @Test
    void isEqualToOneOfTheSameSettings() {
        assertThat(check().header("A", "1").build())
                .isEqualTo(check().header("A", "1").build())
                .hasSameHashCodeAs(check().header("A", "1").build())
                .isNotEqualTo(check().header("A", "2").build())
                .isNotEqualTo(check().bodyLimit(1).build());
    }

    @Test
    void keepsTheOrderOfItsHeaders() {
        assertThat(check().header("B", "1")
                        .header("A", "2")
                        .header("C", "3")
                        .build()
                        .headers())
                .containsExactly(entry("B", "1"), entry("A", "2"), entry("C", "3"));
    }

    @Test
    void refusesAHeaderThatNoServerTakes() {
        String longest = "x".repeat(VersionCheck.MAXIMUM_HEADER_LENGTH);

        assertThat(check().header("A", longest).build().headers()).containsEntry("A", longest);
        assertThatThrownBy(() -> check().header("A", longest + "x")).hasMessageContaining("has 8001 characters");
    }

    @Test
    void neverPrintsItsQuery() {
        URI uri = URI.create("https://www.example.org/version?token=secret");

        assertThat(VersionCheck.of(uri, ExpectedVersion.any()).toString())
                .contains("https://www.example.org/version?token=***,")
                .doesNotContain("secret");
    }

    @Test
    void refusesCredentialsInTheAddressWithoutRepeatingThem() {
        assertThatThrownBy(() -> VersionCheck.of(URI.create("https://me:secret@example.org/"), ExpectedVersion.any()))
                .hasMessageContaining("Authorization header")
                .hasMessageNotContaining("secret");
    }

    @Test
    void neverPrintsTheValueOfAHeader() {
        assertThat(check().header("Authorization", "Bearer secret").build().toString())
                .contains("Authorization")
                .doesNotContain("secret");
        assertThatThrownBy(() -> check().header("Authorization", "secret\r\nX: y"))
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "connection", "Accept-Encoding"})
    void keepsItsOwnHeadersToItself(String name) {
        assertThatThrownBy(() -> check().header(name, "x")).hasMessageContaining("the checker's own");
    }

    @Test
    void sendsTheLastOfTwoHeadersOfOneName() {
        assertThat(check().header("X-A", "1").header("x-a", "2").build().headers())
                .containsOnlyKeys("x-a")
                .containsValue("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "health", "//example.org/health", "/health#top", "/he alth", "http://example.org/"})
    void refusesWhatIsNoReadinessPath(String path) {
        assertThatThrownBy(() -> check().readyAt(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asksReadinessAsItAsksTheVersionButByGetAndForASuccess() {
        VersionCheck check = check().method("POST")
                .header("X-Team", "shop")
                .acceptedStatuses(StatusSet.parse("404"))
                .readyAt("/a")
                .readyAt("/b?c=d")
                .readyAt("/a")
                .build();

        assertThat(check.readinessPaths()).containsExactly("/a", "/b?c=d");
        VersionCheck readiness = check.readinessAt("/b?c=d");
        assertThat(readiness.uri())
                .hasPath("/b")
                .hasQuery("c=d")
                .hasHost(check.uri().getHost());
        assertThat(readiness.method()).isEqualTo("GET");
        assertThat(readiness.acceptedStatuses()).isEqualTo(StatusSet.SUCCESSFUL);
        assertThat(readiness.headers()).isEqualTo(check.headers());
        assertThat(readiness.readinessPaths()).isEmpty();
    }

    @Test
    void refusesMethodsThatBringNoBody() {
        assertThatThrownBy(() -> check().method("HEAD")).hasMessageContaining("bring back a body");
    }

    @Test
    void refusesAProxyTogetherWithAnAddressToDial() {
        InetSocketAddress address = InetSocketAddress.createUnresolved("10.0.0.1", 80);

        assertThatThrownBy(() -> check().proxy(address).dialling(address).build())
                .hasMessageContaining("choose one");
    }

    @Test
    void doesNotHandTheProxysCredentialsToTheServer() {
        assertThatThrownBy(() -> check().header("proxy-authorization", "secret").build())
                .hasMessageContaining("would go to the server")
                .hasMessageNotContaining("secret");
    }

    @Test
    void doesNotChangeWhenItsBuilderDoes() {
        VersionCheck.Builder builder = check();
        VersionCheck first = builder.build();
        builder.header("X-Later", "1");

        assertThat(first.headers()).isEmpty();
    }

    @Test
    void readsStatusesAndRanges() {
        StatusSet statuses = StatusSet.parse("200, 204-206");

        assertThat(statuses.contains(200)).isTrue();
        assertThat(statuses.contains(203)).isFalse();
        assertThat(statuses.contains(206)).isTrue();
        assertThat(statuses).hasToString("200,204-206");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2xx", "200-", "199", "600", "300-200", "200,,201"})
    void refusesWhatAreNoStatuses(String text) {
        assertThatThrownBy(() -> StatusSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
