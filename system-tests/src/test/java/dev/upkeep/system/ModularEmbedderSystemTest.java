package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whether a program that is a module itself can use the checker: compiled and run on the module path, as its users would. */
class ModularEmbedderSystemTest {
    private static final String PROGRAM = """
            package shop.watch;

            import dev.upkeep.checker.VersionChecker;
            import dev.upkeep.checker.check.VersionCheck;
            import dev.upkeep.checker.version.ExpectedVersion;
            import java.net.URI;

            public final class Watch {
                public static void main(String[] arguments) throws InterruptedException {
                    try (VersionChecker checker = VersionChecker.create()) {
                        var expected = ExpectedVersion.inRange("^1.0.0");
                        var verdict = checker.check(VersionCheck.of(URI.create(arguments[0]), expected));
                        System.out.println(verdict.status() + " " + verdict.servedVersion().orElse("-")
                                + " in " + VersionChecker.class.getModule());
                    }
                }
            }
            """;

    @AutoClose
    private final Peers peers = new Peers();

    private final Path folder = peers.folder("embedder");

    /** Everything but our own test classes. A folder or jar on it is a module by its descriptor or its name. */
    private final String modulePath = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.endsWith("classes") || Files.exists(Path.of(entry, "module-info.class")))
            .collect(Collectors.joining(File.pathSeparator));

    private Command compile(String program) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("src/shop/watch"));
        Files.writeString(folder.resolve("src/module-info.java"), "module shop.watch { requires dev.upkeep.checker; }");
        Files.writeString(sources.resolve("Watch.java"), program);
        return jdk(
                "javac", "--module-path", modulePath, "-d", "out", "src/module-info.java", "src/shop/watch/Watch.java");
    }

    private Command jdk(String tool, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(List.of(arguments));
        return Command.run(folder, command);
    }

    @Test
    void aModuleThatRequiresTheCheckerCompilesAndRuns() throws IOException {
        Nginx nginx = peers.nginxServing("1.0.6");

        Command javac = compile(PROGRAM);
        Command java = jdk(
                "java",
                "--module-path",
                "out" + File.pathSeparator + modulePath,
                "--module",
                "shop.watch/shop.watch.Watch",
                nginx.uri().toString());

        assertThat(javac.output()).isEmpty();
        assertThat(javac.code()).isZero();
        assertThat(java.output()).contains("UP 1.0.6 in module dev.upkeep.checker");
        assertThat(java.code()).isZero();
    }

    @Test
    void aModuleCannotReachWhatIsNotForIt() throws IOException {
        Command javac = compile(PROGRAM.replace(
                "import java.net.URI;", "import java.net.URI;\nimport dev.upkeep.checker.http.HttpProbe;"));

        assertThat(javac.code()).isNotZero();
        assertThat(javac.output()).contains("package dev.upkeep.checker.http is not visible");
    }
}
