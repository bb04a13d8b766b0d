package dev.upkeep.infra.local;

import dev.upkeep.infra.local.container.InstanceContainers;
import dev.upkeep.infra.local.state.InstanceRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The images of a release, in containers behind a socket. */
final class ContainerBackend implements Backend {

    /** nginx may have connected to the release before a moment before it was led to the next one. */
    private static final Duration LAST_CONNECTIONS = Duration.ofSeconds(1);

    private final StackContext context;
    private final InstanceContainers containers;

    ContainerBackend(StackContext context, Path folder) {
        this.context = context;
        this.containers = new InstanceContainers(folder, context.machine());
    }

    @Override
    public Part present() {
        Optional<String> current = containers.current();
        return current.isPresent() ? new Pair(current.get(), true) : () -> {};
    }

    @Override
    public Part start(InstanceRecord record) throws InterruptedException {
        String name = containers.spare();
        containers.start(name, record.release(), context.limits().start());
        return new Pair(name, false);
    }

    /** Stops whatever is there. */
    void remove() throws InterruptedException {
        containers.remove();
    }

    /** A web nginx and its application, which are ready when they were started. */
    private final class Pair implements Part {

        private final String name;
        private final boolean served;

        Pair(String name, boolean served) {
            this.name = name;
            this.served = served;
        }

        @Override
        public void lead() throws InterruptedException {
            if (served) {
                containers.leadBack(name);
            } else {
                containers.lead(name);
            }
        }

        @Override
        public void end() throws InterruptedException {
            if (containers.current().filter(name::equals).isPresent()) {
                containers.remove();
                return;
            }
            context.machine().polling().until(LAST_CONNECTIONS, () -> false);
            containers.stop(name);
        }
    }
}
