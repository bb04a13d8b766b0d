package dev.upkeep.infra.local;

import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** An operator who dies, as by SIGKILL, after a number of progress events. */
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
            if (event.kind() != EventKind.NOTICE && left.decrementAndGet() == 0) {
                die();
            }
        });
    }

    /** As SIGKILL would end it, but at this very moment. */
    private static void die() {
        Runtime.getRuntime().halt(137);
    }
}
