package dev.upkeep.infra.aws;

import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.progress.RunningOperation;
import dev.upkeep.infra.spec.StackName;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The operations of this process. Other processes find at CloudFormation what they need to know of them. */
final class RunRegistry {

    /** An operation, and whether CloudFormation does the rest of it. */
    static final class Run {
        private final RunningOperation running;
        private volatile boolean handedOver;

        private Run(RunningOperation running) {
            this.running = running;
        }

        /** From now on it goes on by itself. */
        void handOver() {
            handedOver = true;
        }

        /** CloudFormation has done its part, and this process goes on. */
        void takeBack() {
            handedOver = false;
        }
    }

    /** What an operation does. */
    @FunctionalInterface
    interface Task {
        void run(Run run, Reporter report) throws InterruptedException;
    }

    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    Operation start(Operation operation, InstantSource clock, Task task) {
        RunningOperation running = new RunningOperation(operation, clock, RunningOperation.Transcript.NONE);
        Run run = new Run(running);
        runs.put(operation.id(), run);
        running.start(() -> task.run(run, running), () -> {});
        return operation;
    }

    Optional<RunningOperation> find(Operation operation) {
        return Optional.ofNullable(runs.get(operation.id())).map(run -> run.running);
    }

    Optional<Operation> current(StackName stack) {
        return runs.values().stream()
                .map(run -> run.running)
                .filter(running -> !running.hasEnded())
                .map(RunningOperation::operation)
                .filter(operation -> operation.stack().equals(stack))
                .findFirst();
    }

    boolean isHandedOver(Operation operation) {
        return Optional.ofNullable(runs.get(operation.id()))
                .filter(run -> run.handedOver)
                .isPresent();
    }

    void stop(Operation operation) throws InterruptedException {
        Run run = runs.get(operation.id());
        if (run != null) {
            run.running.stop();
        }
    }

    void stopAll() throws InterruptedException {
        for (Run run : runs.values()) {
            run.running.stop();
        }
    }
}
