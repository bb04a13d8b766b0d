package dev.upkeep.cli.config;

import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.cli.exit.ConfigException;
import dev.upkeep.cli.terminal.Durations;
import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.spec.PlatformSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads a configuration file, completely or not at all. */
public final class ConfigReader {

    /** A larger file is no configuration. */
    private static final long MAXIMUM_SIZE = 1024 * 1024;

    private final Path file;
    private final String shownAs;
    private final Map<String, String> environment;
    private final Problems problems;

    private ConfigReader(Path file, String shownAs, Map<String, String> environment) {
        this.file = file;
        this.shownAs = shownAs;
        this.environment = environment;
        this.problems = new Problems(shownAs);
    }

    /**
     * Reads a file.
     *
     * @param file absolute
     * @param shownAs how the user calls it, for messages
     * @param environment what {@code ${NAME}} is looked up in
     * @throws ConfigException with everything that is wrong
     */
    public static Config read(Path file, String shownAs, Map<String, String> environment) {
        return new ConfigReader(file, shownAs, environment).config(text(file, shownAs));
    }

    private static String text(Path file, String shownAs) {
        try {
            if (Files.size(file) > MAXIMUM_SIZE) {
                throw ConfigException.ofTheFile(shownAs + " is larger than 1 MiB; is it the right file?");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw ConfigException.noFile(
                    "there is no file " + shownAs + "; write one with upkeep init, or name another with --file");
        } catch (CharacterCodingException e) {
            throw ConfigException.ofTheFile(shownAs + " is not text in UTF-8; save it as such");
        } catch (IOException e) {
            throw ConfigException.ofTheFile("cannot read " + shownAs + ": " + why(file, e));
        }
    }

    private static String why(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        if (e instanceof AccessDeniedException) {
            return "no permission; see who may read it with ls -l " + file;
        }
        return FileTrouble.reason(e);
    }

    private Config config(String text) {
        Optional<MappingNode> root = YamlDocument.parse(text, problems);
        if (root.isEmpty()) {
            problems.throwIfAny();
        }
        return config(Section.root(root.orElseThrow(), environment, problems).allowing(ConfigKeys.ROOT));
    }

    private Config config(Section root) {
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        checkPlatform(root);
        StackSection stackSection = new StackSection(root, folder, problems);
        Optional<StackSpec> spec = stackSection.read();
        CheckConfig check = check(root, folder);
        ConvergenceGate gate =
                root.section("wait", ConfigKeys.WAIT).map(this::gate).orElse(ConvergenceGate.DEFAULT);
        problems.throwIfAny();
        return new Config(file, spec.orElseThrow(), check, gate, root.positions(shownAs));
    }

    private void checkPlatform(Section root) {
        if (!root.has("platform")) {
            problems.add(Position.START, "the key \"platform\" is missing; say local for this machine, or aws");
        }
        root.parsed("platform", text -> {
            if (!PlatformSettings.PLATFORMS.contains(text)) {
                throw Nearest.notOneOf("platform", text, PlatformSettings.PLATFORMS);
            }
            return text;
        });
    }

    private CheckConfig check(Section root, Path folder) {
        String version = root.readAt("/version").map(Value::text).orElse("x");
        return root.section("check", ConfigKeys.CHECK)
                .map(section -> new CheckSection(section, folder, problems, version).read())
                .orElseGet(() -> CheckConfig.expecting(version));
    }

    private ConvergenceGate gate(Section wait) {
        ConvergenceGate standard = ConvergenceGate.DEFAULT;
        try {
            return new ConvergenceGate(
                    wait.number("rounds").orElse(standard.rounds()),
                    wait.parsed("interval", Durations::parse).orElse(standard.interval()),
                    wait.parsed("within", Durations::parse).orElse(standard.within()));
        } catch (IllegalArgumentException e) {
            problems.add(wait.position(), Durations.asTyped(String.valueOf(e.getMessage())));
            return standard;
        }
    }
}
