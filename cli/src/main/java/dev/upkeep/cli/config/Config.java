package dev.upkeep.cli.config;

import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Path;

/**
 * What a file says, complete and checked.
 *
 * @param file the file, absolute
 * @param spec the stack
 * @param check how it is checked
 * @param gate when it counts as converged
 * @param positions where in the file it says so
 */
public record Config(Path file, StackSpec spec, CheckConfig check, ConvergenceGate gate, Positions positions) {

    /** The file's name unless told otherwise. */
    public static final String DEFAULT_FILE = "upkeep.yaml";
}
