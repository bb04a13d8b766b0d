package dev.upkeep.remediation.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshTargetTest {

    @ParameterizedTest
    @CsvSource({
        "admin@www1.example.org,admin,www1.example.org,22,admin@www1.example.org",
        "admin@WWW1:2222,admin,www1,2222,admin@www1:2222",
        "ssh://admin@www1:2222/,admin,www1,2222,admin@www1:2222",
        "admin@[::1]:2222,admin,::1,2222,admin@[::1]:2222",
        "admin@[fe80::1%eth0],admin,fe80::1%eth0,22,admin@[fe80::1%eth0]",
        "admin@::1,admin,::1,22,admin@[::1]",
        "me@corp@www1,me@corp,www1,22,me@corp@www1"
    })
    void readsWhatPeopleWrite(String text, String user, String host, int port, String shown) {
        assertThat(SshTarget.parse(text))
                .isEqualTo(new SshTarget(user, host, port))
                .hasToString(shown);
    }

    @Test
    void withoutAUserItIsWhoeverRunsThis() {
        assertThat(SshTarget.parse("www1").user()).isEqualTo(System.getProperty("user.name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a@",
                "@b",
                "-oProxyCommand=x",
                "a@-b",
                "a b@c",
                "a@b c",
                "a@b:0",
                "a@b:65536",
                "a@b:x",
                "a@[::1",
                "$(id)@b"
            })
    void refusesWhatIsNoTarget(String text) {
        assertThatThrownBy(() -> SshTarget.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPasswordIsRefusedAndNotShown() {
        assertThatThrownBy(() -> SshTarget.parse("ssh://admin:geheim@www1"))
                .hasMessage("the user of \"www1\" has a colon; a password does not belong there, and is not used");
    }

    @Test
    void knownHostsNameThePortOnlyIfItIsAnother() {
        assertThat(SshTarget.parse("a@www1").inKnownHosts()).isEqualTo("www1");
        assertThat(SshTarget.parse("a@[::1]:2222").inKnownHosts()).isEqualTo("[::1]:2222");
    }
}
