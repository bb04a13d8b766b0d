package dev.upkeep.infra.local;

import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** An operator who dies by SIGKILL after a number of progress events. */
final class SuicidalOperator {

    private SuicidalOperator() {}

    public static void main(String[] arguments) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[2]));
        StackSpec spec = StackSpec.builder(arguments[1], "1")
                .shape(Shape.HIGHLY_AVAILABLE)
                .build();
        LocalPlatform platform =
                LocalPlatform.builder().stateFolder(Path.of(arguments[0])).build();
        platform.apply(platform.plan(spec), event -> {
            if (event.phase() != dev.upkeep.infra.progress.Phase.NOTICE && left.decrementAndGet() == 0) {
                die();
            }
        });
    }

    private static void die() {
        try {
            Stand.signal("KILL", ProcessHandle.current().pid());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
