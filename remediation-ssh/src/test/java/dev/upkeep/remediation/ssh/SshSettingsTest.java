package dev.upkeep.remediation.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SshSettingsTest {
    private static final String PIN = "SHA256:uNiVztksCsDhcc0u9e8BrrQXVUpKZIDTMczCvj3tD2s";

    @Test
    void nothingShowsASecret() {
        SshKeys keys = SshKeys.none()
                .withFile(Path.of("/k"), "geheim"::toCharArray)
                .withText("from the vault", "-----BEGIN PRIVATE KEY-----geheim");
        SshSettings settings = SshSettings.of(HostKeys.pinned(PIN), keys);

        assertThat(keys).hasToString("/k, from the vault");
        assertThat(SshAccess.to(SshTarget.parse("a@b"), settings).toString() + settings)
                .doesNotContain("geheim");
    }

    @Test
    void impossibleValuesAreRefused() {
        SshSettings settings = SshSettings.of(HostKeys.pinned(PIN), SshKeys.none());

        assertThatThrownBy(() -> settings.connectingWithin(Duration.ZERO))
                .hasMessage("the time to connect is above zero and at most an hour, not PT0S");
        assertThatThrownBy(() -> settings.keepingAliveEvery(Duration.ofMillis(1500)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HostKeys.pinned("MD5:00:11"))
                .hasMessage(
                        "\"MD5:00:11\" is no fingerprint: that is SHA256: and 43 characters, as ssh-keygen -l prints it");
        SshAccess jump = SshAccess.to(SshTarget.parse("a@b"), settings);
        assertThatThrownBy(() -> jump.through(jump.through(jump)))
                .hasMessage("jump host a@b has jump hosts of its own; name all of them in their order");
    }

    @Test
    void outputIsCutBetweenCharacters() {
        BoundedOutput output = new BoundedOutput(3);
        byte[] text = "ab\ud83d\ude00c".getBytes(StandardCharsets.UTF_8);

        output.add(text, 0, text.length);

        assertThat(output.text()).isEqualTo("ab");
        assertThat(output.isCut()).isTrue();
    }

    @Test
    void aSignalHasANumberAndOneWithoutANameHasNone() {
        assertThat(Ending.of(null, "KILL").exitCode()).isEqualTo(137);
        assertThat(Ending.of(null, "SIG@openssh.com").exitCode()).isEqualTo(128);
        assertThat(Ending.of(3, null).exitCode()).isEqualTo(3);
    }
}
