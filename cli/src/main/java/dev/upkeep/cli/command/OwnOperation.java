package dev.upkeep.cli.command;

import dev.upkeep.cli.output.OperationChart;
import dev.upkeep.cli.output.OutputFormat;
import dev.upkeep.cli.terminal.Progress;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shows how an operation goes that this process has begun, and then what took how long. */
final class OwnOperation {

    private final Platform platform;
    private final StackOptions options;
    private final Terminal terminal;

    OwnOperation(Platform platform, StackOptions options, Terminal terminal) {
        this.platform = platform;
        this.options = options;
        this.terminal = terminal;
    }

    /** What is looked at when it has ended well. */
    @FunctionalInterface
    interface Result<T> {
        T get() throws InterruptedException;
    }

    /** Blocks until it has ended; what made it fail is thrown. */
    <T> T await(Operation operation, Result<T> result) throws InterruptedException {
        // The platform may tell from a thread of its own.
        List<ProgressEvent> told = Collections.synchronizedList(new ArrayList<>());
        try {
            T found = Progress.during(terminal, "for stack " + operation.stack(), progress -> {
                ProgressListener listener = options.listener(progress, terminal);
                platform.await(operation, event -> {
                    told.add(event);
                    listener.on(event);
                });
                return result.get();
            });
            showTimes(told);
            return found;
        } catch (InfraException failed) {
            showTimes(told);
            throw failed;
        } catch (InterruptedException interrupted) {
            // What a cloud does of it goes on. Others are not to take this process for one that is still at work.
            platform.stop(operation);
            throw interrupted;
        }
    }

    private void showTimes(List<ProgressEvent> told) {
        if (options.format() == OutputFormat.HUMAN) {
            OperationChart.of(List.copyOf(told))
                    .ifPresent(chart -> chart.print(
                            terminal.err(), terminal.errColumns(), OperationChart.Signs.of(terminal.isUnicode())));
        }
    }
}
