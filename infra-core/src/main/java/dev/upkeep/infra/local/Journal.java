package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.local.state.StateFile;

/** The record of a stack while an operation changes it; every change is on the disk before the next step is made. */
final class Journal {

    private final StateFile file;
    private StackRecord now;

    Journal(StateFile file, StackRecord now) {
        this.file = file;
        this.now = now;
    }

    StackRecord now() {
        return now;
    }

    InstanceRecord instance(InstanceId id) {
        return now.instance(id).orElseThrow();
    }

    void write(StackRecord next) {
        file.write(next);
        now = next;
    }

    void write(InstanceRecord instance) {
        write(now.with(instance));
    }
}
