package dev.upkeep.remediation.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    private static final String HOSTILE = " \t\n\r'\"\\$`!*?[]{}()<>|&;#~=%^-@:,.+aZ09äé\u0001\u007f\u20ac";
    private static final int ROUNDS = 40;

    /** A law: what a real shell makes of the text is what was meant. */
    @Test
    void aShellGivesProgramsExactlyTheseArguments() throws IOException, InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> meant = new ArrayList<>();
            for (int argument = random.nextInt(6); argument >= 0; argument--) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(12); length > 0; length--) {
                    text.append(HOSTILE.charAt(random.nextInt(HOSTILE.length())));
                }
                meant.add(text.toString());
            }

            assertThat(throughShell(meant)).as("seed %d, round %d", seed, round).isEqualTo(meant);
        }
    }

    private static List<String> throughShell(List<String> arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("printf", "%s\\0"));
        argv.addAll(arguments);
        // Java would write arguments in the characters of the machine, which may be ASCII; SSH sends these bytes.
        Process process = new ProcessBuilder("sh", "-s").start();
        try (OutputStream script = process.getOutputStream()) {
            script.write(new CommandLine(argv).inShell().getBytes(StandardCharsets.UTF_8));
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        List<String> got = new ArrayList<>(List.of(printed.split("\0", -1)));
        got.remove(got.size() - 1);
        return got;
    }

    @Test
    void whatNeedsNoQuotesStaysReadable() {
        assertThat(CommandLine.of("systemctl", "restart", "nginx.service").inShell())
                .isEqualTo("systemctl restart nginx.service");
        assertThat(CommandLine.of("A=1", "", "it's").inShell()).isEqualTo("'A=1' '' 'it'\\''s'");
    }

    @Test
    void theAdministratorIsAskedForWithoutATerminal() {
        assertThat(CommandLine.of("nginx", "-t").asAdministrator()).hasToString("sudo -n -- nginx -t");
    }

    @Test
    void whatNoProgramCanBeGivenIsRefused() {
        assertThatThrownBy(() -> CommandLine.of(""))
                .hasMessage("a command line begins with a program, and there is none in []");
        assertThatThrownBy(() -> CommandLine.of("echo", "a\0b"))
                .hasMessage("no program can be given a NUL: an argument of echo has one");
    }
}
