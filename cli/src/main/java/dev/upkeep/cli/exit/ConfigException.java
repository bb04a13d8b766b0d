package dev.upkeep.cli.exit;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is wrong. It holds every mistake, not only the first. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class ConfigException extends CliException {

    private final List<ConfigProblem> problems;
    private final boolean fileMissing;

    /**
     * Says everything that is wrong.
     *
     * @param problems at least one
     */
    public ConfigException(List<ConfigProblem> problems) {
        this(problems, false);
    }

    private ConfigException(List<ConfigProblem> problems, boolean fileMissing) {
        super(
                ExitCode.CONFIG,
                problems.stream().map(ConfigProblem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
        this.fileMissing = fileMissing;
    }

    /**
     * Says what is wrong with the file as a whole.
     *
     * @param message what was found, and what to do
     */
    public static ConfigException ofTheFile(String message) {
        return new ConfigException(List.of(ConfigProblem.ofTheFile(message)), false);
    }

    /**
     * Says that there is no file.
     *
     * @param message which file was looked for, and what to do
     */
    public static ConfigException noFile(String message) {
        return new ConfigException(List.of(ConfigProblem.ofTheFile(message)), true);
    }

    /** Everything that is wrong; at least one problem. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** Whether the only problem is that the file does not exist. */
    public boolean isFileMissing() {
        return fileMissing;
    }
}
