package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.remediation.ssh.HostKeys;
import dev.upkeep.remediation.ssh.SshAccess;
import dev.upkeep.remediation.ssh.SshConfig;
import dev.upkeep.remediation.ssh.SshKeys;
import dev.upkeep.remediation.ssh.SshSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we read from ssh_config is what the real client reads. */
class SshConfigSystemTest {
    private static final String CONFIG = """
            # fleet
            Host=web1 "web2"
              HostName %h.example.org
              Port = 2201
              identityfile /keys/one
              ConnectTimeout 7
            Host web? !web2
              User "first"
              IdentityFile "/keys/two of us" # second
              ServerAliveInterval 2m
            Include MORE
            Match originalhost db1,db2
              User database
              ProxyJump gate:2200
            Match all
              IdentityFile /keys/three
            Host gate
              HostName gate
            Host *
              User last
              Port 22
              HostName nothing
              UserKnownHostsFile /known/a /known/b
            """;
    private static final String MORE = """
            Host web3 *.internal
              HostName ::1
              ConnectTimeout 1h
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"web1", "web2", "web3", "WEB3", "db1", "db2.internal", "else", "other@web1"})
    void saysWhatTheRealClientSays(String host) throws IOException {
        Path more = Files.writeString(folder.resolve("more"), MORE);
        Path config = Files.writeString(folder.resolve("config"), CONFIG.replace("MORE", more.toString()));

        SshAccess access =
                SshConfig.read(config).access(host, SshSettings.of(HostKeys.in(Path.of("/none")), SshKeys.none()));

        List<String> real = SshTool.run(List.of("ssh", "-G", "-F", config.toString(), host))
                .lines()
                .toList();
        assertThat(access.target().host()).isEqualTo(value(real, "hostname"));
        assertThat(access.target().user()).isEqualTo(value(real, "user"));
        assertThat(access.target().port()).hasToString(value(real, "port"));
        assertThat(access.settings().keys().toString().replace(", ", ",")).isEqualTo(value(real, "identityfile"));
        assertThat(access.settings().hostKeys().toString())
                .startsWith(value(real, "userknownhostsfile").replace(" ", ", "));
        assertThat(access.settings().connect().toSeconds())
                .hasToString(value(real, "connecttimeout").replace("none", "10"));
        assertThat(access.settings().keepAlive().toSeconds())
                .hasToString(value(real, "serveraliveinterval").replaceFirst("^0$", "15"));
        assertThat(access.jumps().stream()
                        .map(jump -> jump.target().host() + ":" + jump.target().port())
                        .collect(Collectors.joining(",")))
                .isEqualTo(value(real, "proxyjump"));
    }

    private static String value(List<String> lines, String keyword) {
        return lines.stream()
                .filter(line -> line.startsWith(keyword + " "))
                .map(line -> line.substring(keyword.length() + 1))
                .collect(Collectors.joining(","));
    }
}
