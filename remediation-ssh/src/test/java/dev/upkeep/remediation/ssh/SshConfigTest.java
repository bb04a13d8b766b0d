package dev.upkeep.remediation.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConfigTest {
    private static final SshSettings OTHERWISE = SshSettings.of(
            HostKeys.in(Path.of("/k")).pinnedByOption("--pin"), SshKeys.none().unlockedBy("set SHOP_PASSPHRASE"));
    private static final String HOME = System.getProperty("user.home");

    @TempDir
    private Path folder;

    @Test
    void whatPeopleDoIsKnownAlsoWhereFilesAreNamed() throws IOException {
        SshSettings settings =
                access("web1", "UserKnownHostsFile /known", "IdentityFile /key").settings();

        assertThat(settings.hostKeys().pinning()).isEqualTo("--pin");
        assertThat(settings.keys().unlocking()).isEqualTo("set SHOP_PASSPHRASE");
    }

    @Test
    void theFirstValueWinsAndAllKeysCount() throws IOException {
        SshAccess access = access(
                "web1",
                "Host web*",
                "  User=admin",
                "  IdentityFile ~/.ssh/%r_%h # of the fleet",
                "Host *",
                "  HostName %h.example.org",
                "  User other",
                "  IdentityFile \"/keys/with space\"",
                "  ConnectTimeout 1m",
                "  ServerAliveInterval 0");

        assertThat(access.target()).isEqualTo(new SshTarget("admin", "web1.example.org", 22));
        assertThat(access.settings().keys()).hasToString(HOME + "/.ssh/admin_web1.example.org, /keys/with space");
        assertThat(access.settings().connect()).isEqualTo(Duration.ofMinutes(1));
        assertThat(access.settings().keepAlive()).isZero();
        assertThat(access.settings().hostKeys()).hasToString("/k");
    }

    @Test
    void whatWasAskedForGoesBeforeWhatIsWritten() throws IOException {
        assertThat(access("me@web1:2222", "Host web1", "User admin", "Port 22").target())
                .isEqualTo(new SshTarget("me", "web1", 2222));
    }

    @Test
    void eachJumpHostHasItsOwnSettings() throws IOException {
        SshAccess access = access(
                "web1",
                "Host web1",
                "ProxyJump gate,ops@inner:2200",
                "Host gate",
                "HostName gate.example.org",
                "UserKnownHostsFile /gate",
                "IdentityFile /gate_key",
                "Host *",
                "User admin");

        assertThat(access).hasToString("admin@web1 through admin@gate.example.org, ops@inner:2200");
        assertThat(access.jumps().get(0).settings().hostKeys()).hasToString("/gate, /etc/ssh/ssh_known_hosts");
        assertThat(access.jumps().get(0).settings().keys()).hasToString("/gate_key");
        assertThat(access.settings().keys()).hasToString("no keys");
    }

    @Test
    void aJumpThatIsSwitchedOffFirstStaysOff() throws IOException {
        assertThat(access("web1", "Host web1", "ProxyJump none", "Host *", "ProxyCommand nc %h %p")
                        .jumps())
                .isEmpty();
    }

    @Test
    void aHostBehindACommandIsNotReachedDirectly() {
        assertThatThrownBy(() -> access("web1", "Host web*", "ProxyCommand nc %h %p"))
                .isInstanceOf(SshConfigException.class)
                .hasMessage(
                        "line 2 of " + folder.resolve("config")
                                + " says that web1 is reached through a command (ProxyCommand), which is not supported; use ProxyJump");
    }

    @Test
    void whatIsLeftOutDoesNotFit() throws IOException {
        assertThat(access("web2", "Host web? !web2", "Port 1", "Host *", "Port 2")
                        .target()
                        .port())
                .isEqualTo(2);
    }

    @Test
    void aMatchThatIsNotUnderstoodIsAnErrorOnlyWhereItMatters() throws IOException {
        assertThat(access(
                                "web1",
                                "Match exec true",
                                "ForwardAgent yes",
                                "Match final all",
                                "Port 9",
                                "Match all",
                                "Port 3")
                        .target()
                        .port())
                .isEqualTo(3);
        assertThatThrownBy(() -> access("web1", "Match exec true", "Port 4"))
                .isInstanceOf(SshConfigException.class)
                .hasMessageStartingWith("line 2 of " + folder.resolve("config") + " may be for web1");
    }

    @Test
    void anIncludedFileCountsOnlyWhereItsBlockDoes() throws IOException {
        Path more = Files.writeString(folder.resolve("more.conf"), "Port 77\nHost other\nUser x\n");

        String include = "Include " + folder + "/*.conf";
        assertThat(access("web1", "Host web1", include, "Host *", "User y").target())
                .isEqualTo(new SshTarget("y", "web1", 77));
        assertThat(access("db1", "Host web1", include, "Host *", "User y").target())
                .isEqualTo(new SshTarget("y", "db1", 22));
        assertThat(more).exists();
    }

    @Test
    void aHostKeyIsCheckedWhateverTheFileSays() throws IOException {
        assertThat(access("web1", "StrictHostKeyChecking no", "UserKnownHostsFile none")
                        .settings()
                        .hostKeys())
                .hasToString("/etc/ssh/ssh_known_hosts");
    }

    @Test
    void brokenLinesAreNamed() {
        assertThatThrownBy(() -> access("web1", "", "Port"))
                .hasMessage("line 2 of " + folder.resolve("config") + " is not a keyword and its value");
        assertThatThrownBy(() -> access("web1", "Port many")).hasMessageContaining("has no number as port: many");
        assertThatThrownBy(() -> access("web1", "IdentityFile /%z")).hasMessage("%z in IdentityFile is not known here");
    }

    private SshAccess access(String text, String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("config"), String.join("\n", lines) + "\n");
        return SshConfig.read(file).access(text, OTHERWISE);
    }
}
