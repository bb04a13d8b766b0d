package dev.upkeep.infra.local;

import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.local.probe.Answer;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.process.ProcessFacts;
import dev.upkeep.infra.local.state.InstanceRecord;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.local.upstream.Upstream;
import dev.upkeep.infra.spec.AppHealth;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The application as a program of the machine. */
final class ProcessBackend implements Backend {

    private final StackContext context;
    private final InstanceId id;
    private final Path folder;
    private final Upstream upstream;
    private final LocalProbe probe = new LocalProbe();

    ProcessBackend(StackContext context, InstanceId id) {
        this.context = context;
        this.id = id;
        this.folder = context.folder().instance(id);
        this.upstream = new Upstream(folder, context.machine());
    }

    @Override
    public Part present() {
        List<ProcessFacts> processes = upstream.all();
        return () -> upstream.end(processes);
    }

    @Override
    public Part start(InstanceRecord record) throws InterruptedException {
        Started started = new Started(record, upstream.all());
        StackFolder.make(folder.resolve("logs"));
        if (record.release().application() instanceof Application.None) {
            return started;
        }
        try {
            upstream.start(record.release(), record.appPort());
            return started;
        } catch (InfraException failed) {
            // It may run, and only its number could not be noted.
            started.end();
            throw failed;
        }
    }

    /** Ends whatever is there, also what earlier runs left behind. */
    void remove() throws InterruptedException {
        upstream.end(upstream.all());
    }

    /** What was started beside others. */
    private final class Started implements Part {

        private final InstanceRecord record;
        private final List<ProcessFacts> others;

        Started(InstanceRecord record, List<ProcessFacts> others) {
            this.record = record;
            this.others = others;
        }

        /** It has to be there as well: a stranger who took the port meanwhile answers too. */
        @Override
        public void await() throws InterruptedException {
            Optional<AppHealth> asked = record.release().application().healthCheck();
            if (asked.isEmpty()) {
                return;
            }
            AppHealth health = asked.get();
            boolean[] died = {false};
            boolean healthy = context.machine().polling().until(context.limits().start(), () -> {
                died[0] = processes().isEmpty();
                return died[0] || health.accepts(ask(health).status());
            });
            if (!healthy || died[0]) {
                String problem = died[0] ? "its application ended at once" : unhealthy(health);
                throw new ResourceFailedException("instance " + id, problem, upstream.logTail());
            }
        }

        private Answer ask(AppHealth health) {
            return probe.ask(record.appPort(), health.path(), health.limit());
        }

        private String unhealthy(AppHealth health) {
            Answer last = ask(health);
            String within = " within " + context.limits().start().toSeconds() + " s";
            return last.arrived()
                    ? "its application did not become healthy" + within + ": " + health.path() + " answers "
                            + last.status()
                    : "its application does not listen on port " + record.appPort() + " (PORT in its environment)"
                            + within + ": " + last.problem();
        }

        private List<ProcessFacts> processes() {
            return upstream.all().stream()
                    .filter(process -> others.stream().noneMatch(process::sameProcess))
                    .toList();
        }

        @Override
        public void end() throws InterruptedException {
            upstream.end(processes());
        }
    }
}
