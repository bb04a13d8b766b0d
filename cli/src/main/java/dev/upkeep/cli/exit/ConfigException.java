package dev.upkeep.cli.exit;

import java.util.List;

/** The configuration is wrong. Everything that is wrong is in it, not only the first mistake. */
@SuppressWarnings("serial") // thrown and caught within one process, never stored
public final class ConfigException extends CliException {

    private final List<String> problems;

    /**
     * Says everything that is wrong.
     *
     * @param problems one line each, such as {@code upkeep.yaml:7:3: unknown key "verison"}; at least one
     */
    public ConfigException(List<String> problems) {
        super(ExitCode.CONFIG, String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Everything that is wrong.
     *
     * @return one line each, at least one
     */
    public List<String> problems() {
        return problems;
    }
}
