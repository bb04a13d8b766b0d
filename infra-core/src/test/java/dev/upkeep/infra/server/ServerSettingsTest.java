package dev.upkeep.infra.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.NginxLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {

    private static final NginxVersion OLD = new NginxVersion(1, 22, 1);
    private static final NginxVersion NEW = new NginxVersion(1, 29, 3);

    @ParameterizedTest
    @CsvSource({
        "www.example.org, true",
        "1and1.example, true",
        "203.0.113.7, false",
        "2001:db8::7, false",
        "[2001:db8::7], false"
    })
    void noAddressEverDemandsHttps(String server, boolean demands) {
        String rendered = EdgeSettings.plain(OLD)
                .withTls(server, TlsProfile.INTERMEDIATE, "cert.pem", "key.pem")
                .render();

        assertThat(rendered.contains("Strict-Transport-Security")).isEqualTo(demands);
        assertThat(EdgeSettings.plain(OLD).named(server).render()).doesNotContain("Strict-Transport-Security");
    }

    @ParameterizedTest
    @CsvSource({
        "INTERMEDIATE, TLSv1.2 TLSv1.3",
        "MODERN, TLSv1.3",
    })
    void aProfileIsTheSameForEveryName(TlsProfile profile, String protocols) {
        String rendered = EdgeSettings.plain(NEW)
                .withTls("www.example.org", profile, "cert.pem", "key.pem")
                .render();

        assertThat(rendered.split("ssl_protocols " + protocols + ";", -1)).hasSize(3);
        assertThat(rendered).contains("http2 on;", "keepalive_min_timeout 10s;");
    }

    @Test
    void theEdgeWaitsLongerThanTheReleaseSoThatItsAnswerIsTheOneThatCounts() {
        NginxLimits limits = NginxLimits.standard().answersWithin(Duration.ofMinutes(2));

        assertThat(EdgeSettings.plain(OLD).allowing(limits).render()).contains("proxy_read_timeout 125s;");
        assertThat(web(limits)).contains("proxy_read_timeout 120s;");
        assertThat(web(NginxLimits.standard())).contains("proxy_read_timeout 60s;", "client_max_body_size 10m;");
        assertThat(EdgeSettings.plain(OLD).render()).contains("proxy_read_timeout 65s;", "client_max_body_size 10m;");
    }

    private static String web(NginxLimits limits) {
        return WebSettings.plain(OLD)
                .withApp(8000, AppHealth.standard())
                .allowing(limits)
                .render();
    }

    @Test
    void bodiesMayBeAsLargeAsIsSaid() {
        NginxLimits limits = NginxLimits.standard().bodiesUpTo(50);

        assertThat(EdgeSettings.plain(OLD).allowing(limits).render()).contains("client_max_body_size 50m;");
        assertThat(web(limits)).contains("client_max_body_size 50m;");
    }

    @Test
    void theApplicationIsAskedForItsHealthByTheNameThatUsersKnow() {
        WebSettings settings = WebSettings.plain(OLD).withApp(8000, AppHealth.at("/healthz"));

        assertThat(settings.render()).contains("proxy_set_header Host localhost;", "X-Forwarded-Proto http;");
        assertThat(settings.knownAs("www.example.org", "https").render())
                .contains("proxy_set_header Host www.example.org;", "X-Forwarded-Proto https;");
    }

    @Test
    void limitsPerClientAreTheEdgesAlone() {
        assertThat(EdgeSettings.plain(OLD).render()).contains("limit_req zone=requests");
        assertThat(EdgeSettings.plain(OLD).withoutClientLimits().render()).doesNotContain("zone=requests");
        assertThat(WebSettings.plain(OLD).withSite().render()).doesNotContain("zone=requests");
    }

    @Test
    void bothKeepConnectionsLongerThanALoadBalancerAndBoundWhatAClientMayTake() {
        for (String rendered : List.of(
                EdgeSettings.plain(OLD).render(),
                WebSettings.plain(OLD).withSite().render())) {
            assertThat(rendered)
                    .contains(
                            "keepalive_timeout 75s;",
                            "client_header_timeout 10s;",
                            "client_body_timeout 30s;",
                            "send_timeout 30s;",
                            "server_tokens off;",
                            "add_header Permissions-Policy ");
        }
    }
}
