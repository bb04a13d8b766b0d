package dev.upkeep.infra.local;

import dev.upkeep.infra.local.haproxy.Haproxy;
import dev.upkeep.infra.local.process.Machine;
import dev.upkeep.infra.local.process.Ports;
import dev.upkeep.infra.local.process.Programs;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.local.state.StateFile;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.rollout.OutsideCheck;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What every operation on one stack works with.
 *
 * @param folder where the stack lies
 * @param machine how to work with processes
 * @param programs where nginx and HAProxy are
 * @param limits how long things may take
 * @param outside how users' way in is asked at the end of an apply
 * @param report who is told
 */
record StackContext(
        StackFolder folder, Machine machine, Programs programs, Limits limits, OutsideCheck outside, Reporter report) {

    record Limits(Duration start, Duration drain) {}

    StateFile stateFile() {
        return new StateFile(folder);
    }

    Ports ports() {
        // The whole path: stacks of one name in several state folders would always choose the same.
        return new Ports(folder.path().toString());
    }

    Haproxy haproxy() {
        return new Haproxy(program("haproxy"), folder.edge(), machine);
    }

    /** Looking at a stack must work without the program; running it says what is missing before it comes here. */
    Path program(String name) {
        return programs.find(name).orElse(Path.of(name));
    }
}
