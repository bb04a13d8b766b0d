package dev.upkeep.infra.local.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.failure.TemplateException;
import dev.upkeep.infra.server.NginxSettings;
import dev.upkeep.infra.server.NginxVersion;
import dev.upkeep.infra.server.Template;
import dev.upkeep.infra.spec.AppHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rendering that can come out of the templates is looked at by the real nginx. */
class NginxTemplatesSystemTest {

    @TempDir
    Path folder;

    private Nginx nginx;

    private final NginxSettings plain = NginxSettings.plain("1.0.6", "127.0.0.1:18999", new NginxVersion(1, 22, 1))
            .withApp(18998, AppHealth.at("/health?deep=1"));

    @BeforeEach
    void findNginx() {
        nginx = ServingNginx.installed(folder);
    }

    private String rendered() throws IOException {
        return Files.readString(folder.resolve("nginx.conf"));
    }

    private void configure(NginxSettings settings) throws InterruptedException {
        nginx.configure(settings.render());
    }

    @Test
    void nginxAcceptsThePlainConfiguration() throws Exception {
        configure(plain);

        assertThat(rendered())
                .contains("return 200 \"1.0.6\";", "server_tokens off;", "keepalive_timeout 75s;")
                .doesNotContain("ssl_", "$uri/index.html", "{{", "keepalive_min_timeout", "zone=requests", "user ");
    }

    @Test
    void nginxAcceptsASiteInFrontOfTheApplication() throws Exception {
        configure(plain.withSite(Optional.of("site")));

        assertThat(rendered()).contains("root site;", "try_files $uri $uri/index.html @app;");
    }

    @Test
    void nginxAcceptsASiteWithoutAnApplication() throws Exception {
        configure(
                NginxSettings.plain("1.0.6", "127.0.0.1:18999", nginx.version()).withSite(Optional.of("site")));

        assertThat(rendered()).contains("=404;").doesNotContain("proxy_pass", "upstream app", "auth_request");
    }

    @Test
    void nginxAcceptsTrustedProxiesAndLimitsAndAnotherUser() throws Exception {
        configure(plain.behind(List.of("10.0.0.0/16", "127.0.0.1"))
                .named("www.example.org")
                .withClientLimits()
                .runBy("root"));

        assertThat(rendered())
                .contains(
                        "user root;",
                        "set_real_ip_from 10.0.0.0/16;",
                        "limit_req zone=requests burst=200",
                        " default_server;");
    }

    @Test
    void nginxAcceptsHttps() throws Exception {
        TestCertificate.make(folder);

        configure(plain.withTls("localhost", "127.0.0.1:18997", "cert.pem", "key.pem")
                .withSite(Optional.of("site")));

        assertThat(rendered())
                .contains(
                        "listen 127.0.0.1:18997 ssl http2;",
                        "ssl_protocols TLSv1.2 TLSv1.3;",
                        "return 301 https://localhost$request_uri;",
                        "max-age=63072000");
    }

    @Test
    void newerNginxGetsItsNewerDirectives() {
        Map<String, Object> values = NginxSettings.plain(
                        "1", "127.0.0.1:1", NginxVersion.parse("nginx version: nginx/1.29.3"))
                .withTls("localhost", "127.0.0.1:3", "c", "k")
                .values();

        assertThat(Template.beside(NginxSettings.class, "nginx/nginx.conf").render(values))
                .contains("keepalive_min_timeout 10s;", "http2 on;")
                .doesNotContain("ssl http2");
    }

    @Test
    void everyVariableThatIsUnsetIsAnError() {
        for (String variable : plain.values().keySet()) {
            Map<String, Object> values = new HashMap<>(plain.values());
            values.remove(variable);

            if (!Set.of("http2Directive", "certificatePending").contains(variable)) {
                assertThatThrownBy(() -> Template.beside(NginxSettings.class, "nginx/nginx.conf")
                                .render(values))
                        .isInstanceOf(TemplateException.class)
                        .hasMessageContaining("nginx/nginx.conf")
                        .hasMessageContaining("\"" + variable + "\"");
            }
        }
    }

    @Test
    void whatNginxRefusesIsSaidInItsOwnWords() {
        assertThatThrownBy(() -> configure(plain.runBy("no such; user")))
                .isInstanceOf(ResourceFailedException.class)
                .hasMessageContaining("nginx refuses its configuration")
                .hasMessageContaining("[emerg]");
    }

    @Test
    void readsTheVersionThatIsInstalled() throws InterruptedException {
        assertThat(nginx.version().major()).isPositive();
        assertThat(NginxVersion.parse("nginx version: nginx/1.27.4").hasKeepaliveMinTimeout())
                .isTrue();
        assertThat(NginxVersion.parse("nginx version: nginx/1.27.3").hasKeepaliveMinTimeout())
                .isFalse();
        assertThatCode(() -> NginxVersion.parse("no version")).doesNotThrowAnyException();
    }
}
