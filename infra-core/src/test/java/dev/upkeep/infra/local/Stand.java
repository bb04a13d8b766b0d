package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.process.Ownership;
import dev.upkeep.infra.local.process.ProcessFacts;
import dev.upkeep.infra.local.process.ProcessTable;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import dev.upkeep.infra.time.Polling;
import dev.upkeep.infra.time.Sleeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** One stack of real processes for one test; closing it destroys the stack and fails if anything is left. */
final class Stand implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final Path root;
    final StackName name = StackName.of("t" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
    final LocalPlatform platform;
    final List<ProgressEvent> events = new ArrayList<>();
    final ProgressListener listener = events::add;

    Stand(Path root) {
        this(root, LocalPlatform.builder());
    }

    Stand(Path root, LocalPlatformBuilder settings) {
        this.root = root;
        this.platform = settings.stateFolder(root).build();
    }

    StackSpecBuilder spec(String version) {
        return StackSpec.builder(name.text(), version);
    }

    StackSpec pair(String version) {
        return spec(version).shape(Shape.HIGHLY_AVAILABLE).build();
    }

    StackStatus apply(StackSpec spec) throws InterruptedException {
        return platform.apply(platform.plan(spec), listener);
    }

    StackStatus status() throws InterruptedException {
        return platform.status(name);
    }

    void ship(String id, String version) throws InterruptedException {
        platform.ship(name, InstanceId.of(id), version, listener);
    }

    void destroy() throws InterruptedException {
        platform.destroy(name, listener);
    }

    List<String> notices() {
        return events.stream()
                .filter(event -> event.kind() == EventKind.NOTICE)
                .map(ProgressEvent::message)
                .toList();
    }

    String edgeSays() throws InterruptedException {
        return new LocalProbe()
                .ask(status().edge().orElseThrow().getPort(), "/version.txt")
                .body();
    }

    Path folder() {
        return dev.upkeep.infra.local.state.StackFolder.in(root, name).path();
    }

    long pid(String file) throws IOException {
        return Long.parseLong(Files.readString(folder().resolve(file)).trim());
    }

    /** As an operator would do it in a shell. */
    static void signal(String signal, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
        if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IllegalStateException("kill -" + signal + " " + pid + " failed");
        }
        // The kernel delivers when it comes to it, which on a busy machine may be after our next look.
        boolean delivered = new Polling(InstantSource.system(), Sleeper.real())
                .until(
                        Duration.ofSeconds(10),
                        () -> ProcessTable.system()
                                .find(pid)
                                .map(process -> signal.equals("STOP") && process.stopped())
                                .orElse(true));
        if (!delivered) {
            throw new IllegalStateException("SIG" + signal + " did not reach " + pid);
        }
    }

    void await(Polling.Condition condition) throws InterruptedException {
        if (!new Polling(InstantSource.system(), Sleeper.real()).until(Duration.ofSeconds(10), condition)) {
            throw new AssertionError("it did not come to that within 10 s: " + status());
        }
    }

    /** Whether all of so many requests in a row are served, whichever instance they come to. */
    boolean servesAll(int requests) throws InterruptedException {
        int port = status().edge().orElseThrow().getPort();
        return IntStream.range(0, requests)
                .allMatch(number -> new LocalProbe().ask(port, "/").status() == 200);
    }

    List<Long> processes(String program, String instance) {
        return ProcessTable.system().all().stream()
                .filter(Ownership.of(folder().resolve(instance))::covers)
                .filter(process -> process.program().equals(program))
                .map(ProcessFacts::pid)
                .toList();
    }

    List<Long> processes() {
        return ProcessTable.system().all().stream()
                .filter(Ownership.of(folder())::covers)
                .map(ProcessFacts::pid)
                .toList();
    }

    @Override
    public void close() {
        try {
            destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while destroying", e);
        }
        if (!processes().isEmpty()
                || Files.exists(folder())
                || Files.exists(folder().resolveSibling(name + ".events"))) {
            throw new IllegalStateException("destroy left " + processes() + " in " + folder());
        }
        platform.close();
    }
}
