package dev.upkeep.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.remediation.local.LocalShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told where nobody can be gone into over SSH. */
class DemoSshTest {
    private static final String MAKES_KEYS = """
            for file; do :; done
            echo secret > "$file"
            echo ssh-ed25519 AAAA > "$file.pub"
            """;

    @TempDir
    private Path folder;

    private Path program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private List<String> words(Path sshd, String keygen) throws InterruptedException {
        try (DemoSsh ssh = DemoSsh.in(folder.resolve("ssh"), sshd, keygen)) {
            assertThat(ssh.shell()).isInstanceOf(LocalShell.class);
            return ssh.words();
        }
    }

    @Test
    void anSshdThatIsNotThereIsNotThere() throws InterruptedException {
        assertThat(words(folder.resolve("sshd"), "ssh-keygen"))
                .containsExactly("by the shell of this machine: no sshd here");
    }

    @Test
    void anSshdThatDoesNotStartSaysWhy() throws IOException, InterruptedException {
        Path sshd = program("sshd", "printf 'Missing privilege separation directory: /run/sshd\\r\\n' >&2; exit 255\n");

        assertThat(words(sshd, program("keygen", MAKES_KEYS).toString()))
                .containsExactly(
                        "by the shell of this machine: no sshd starts here",
                        "sshd: Missing privilege separation directory: /run/sshd");
    }

    @Test
    void withoutKeysNoneStarts() throws IOException, InterruptedException {
        Path fails = program("keygen", "exit 1\n");

        assertThat(words(program("sshd", ""), fails.toString()))
                .containsExactly("by the shell of this machine: no sshd starts here", fails + " makes no keys");
    }
}
