package dev.upkeep.infra.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a real {@code sh} makes of a quoted command line must be the arguments that went in. */
class CommandLineTest {

    /** What a shell, a parameter of Systems Manager, or a careless program might take for something else. */
    private static final List<String> PIECES = List.of(
            "'",
            "\"",
            "\\",
            "$",
            "`",
            "$(id)",
            "${HOME}",
            "!",
            "#",
            "~",
            "*",
            "?",
            "[a-z]",
            "{a,b}",
            "{",
            "}",
            "{{",
            "}}",
            "{{ssm:secret}}",
            "(",
            ")",
            "<",
            ">",
            "|",
            "&",
            ";",
            "\n",
            "\r",
            "\t",
            " ",
            "-n",
            "--",
            "=",
            "%s",
            "ä",
            "日本",
            "🚀",
            "\u00A0",
            "\u2028",
            "\u0001",
            "\u007F",
            "x",
            "0");

    /** Ends each argument with a NUL, which none can hold. */
    private static final List<String> PRINT = List.of("printf", "%s\\0");

    private static List<String> printed(String shellText) throws IOException, InterruptedException {
        Process sh = new ProcessBuilder("sh")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var script = sh.getOutputStream()) {
            script.write((shellText + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(sh.waitFor()).isZero();
        List<String> words = new ArrayList<>(Arrays.asList(out.split("\0", -1)));
        assertThat(words.remove(words.size() - 1)).isEmpty();
        return words;
    }

    private static CommandLine printing(List<String> arguments) {
        List<String> argv = new ArrayList<>(PRINT);
        argv.addAll(arguments);
        return new CommandLine(argv);
    }

    @Test
    void aShellGivesTheProgramWhatWentIn() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> arguments = new ArrayList<>();
            for (int count = random.nextInt(1, 8); count > 0; count--) {
                StringBuilder argument = new StringBuilder();
                random.ints(random.nextInt(0, 9), 0, PIECES.size()).forEach(at -> argument.append(PIECES.get(at)));
                arguments.add(argument.toString());
            }
            String inShell = printing(arguments).inShell();

            assertThat(printed(inShell)).as("seed %d, round %d", seed, round).isEqualTo(arguments);
            assertThat(inShell).as("seed %d, round %d", seed, round).doesNotContain("{{", "}}");
        }
    }

    @Test
    void everyCharacterOfAsciiAndAVeryLongArgumentComeThrough() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("", "x".repeat(100_000), "'".repeat(1_000)));
        for (char each = 1; each < 128; each++) {
            arguments.add(String.valueOf(each));
            arguments.add("a" + each + each + "b");
        }

        assertThat(printed(printing(arguments).inShell())).isEqualTo(arguments);
    }

    @Test
    void systemsManagerFindsNoParameterToPutIn() {
        assertThat(CommandLine.of("echo", "{{ssm:password}}", "it's").inShell())
                .isEqualTo("'echo' '{''{ssm:password}''}' 'it'\\''s'");
    }

    @Test
    void whatNoProgramCanBeGivenIsRefused() {
        assertThatThrownBy(() -> CommandLine.of("echo", "a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no program can be given a NUL: an argument of echo has one");
        assertThatThrownBy(() -> new CommandLine(List.of("")))
                .hasMessageStartingWith("a command line begins with a program");
    }
}
