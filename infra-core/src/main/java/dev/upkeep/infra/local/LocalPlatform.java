package dev.upkeep.infra.local;

import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.local.process.Launcher;
import dev.upkeep.infra.local.process.Machine;
import dev.upkeep.infra.local.process.ProcessTable;
import dev.upkeep.infra.local.process.Processes;
import dev.upkeep.infra.local.process.Programs;
import dev.upkeep.infra.local.state.AppCommand;
import dev.upkeep.infra.local.state.Memory;
import dev.upkeep.infra.local.state.SiteStore;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.local.state.StackLock;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Phase;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.time.Polling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stacks on this machine: each instance is a real nginx with its own folder, port and application process; the edge of
 * a highly available stack is a real HAProxy. Everything listens on 127.0.0.1 only.
 *
 * <p>Needs nginx, and HAProxy for the highly available shape; if one is missing,
 * {@link dev.upkeep.infra.failure.MissingToolException} says how to install it. Safe for use by several threads.
 */
public final class LocalPlatform implements Platform {

    private static final Logger LOG = LoggerFactory.getLogger(LocalPlatform.class);

    private final Path root;
    private final InstantSource clock;
    private final Context.Limits limits;
    private final Programs programs;
    private final Machine machine;

    LocalPlatform(LocalPlatformBuilder settings) {
        this.root = settings.stateFolder;
        this.clock = settings.clock;
        this.limits = new Context.Limits(settings.startTimeout, settings.drainTimeout);
        this.programs = new Programs(settings.programFolders);
        Polling polling = new Polling(settings.clock, settings.pause);
        this.machine = new Machine(new Launcher(programs), new Processes(ProcessTable.system(), polling), polling);
    }

    /**
     * A platform with every setting at its default.
     *
     * @return a platform, to be closed by the caller
     */
    public static LocalPlatform create() {
        return builder().build();
    }

    /**
     * Begins a platform with other settings.
     *
     * @return a builder with every setting at its default
     */
    public static LocalPlatformBuilder builder() {
        return new LocalPlatformBuilder();
    }

    private Context context(StackName stack, ProgressListener progress) {
        return new Context(StackFolder.in(root, stack), machine, programs, limits, new Reporter(clock, progress));
    }

    @Override
    public Plan plan(StackSpec spec) {
        Context context = context(spec.name(), ProgressListener.none());
        new Preconditions(context, spec).check();
        Memory memory = context.stateFile().read();
        Deployed deployed =
                memory.stack().map(new Inspection(context)::deployed).orElseGet(Deployed::nothing);
        Release release = release(spec);
        return new Plan(spec, new Difference(spec, release, deployed).changes(), basis(memory, release));
    }

    private static Release release(StackSpec spec) {
        String app = Convergence.app(spec).map(AppCommand::describe).orElse(Release.NONE);
        return new Release(spec.version(), SiteStore.digest(spec.site()), app);
    }

    /** A site that was edited after the plan makes it as stale as a stack that was changed. */
    private static String basis(Memory memory, Release release) {
        return SiteStore.fingerprint(memory.text() + release);
    }

    @Override
    public StackStatus apply(Plan plan, ProgressListener progress) throws InterruptedException {
        StackSpec spec = plan.spec();
        Context context = context(spec.name(), progress);
        new Preconditions(context, spec).check();
        Operation operation = operation(Operation.Kind.APPLY);
        StackLock.hold(context.folder(), operation, () -> applyHeld(context, plan, operation));
        return status(spec.name());
    }

    private static void applyHeld(Context context, Plan plan, Operation operation) throws InterruptedException {
        StackSpec spec = plan.spec();
        Memory memory = context.stateFile().read();
        Release release = release(spec);
        String found = basis(memory, release);
        if (!found.equals(plan.basis())) {
            throw new StalePlanException(spec.name().text(), plan.basis(), found);
        }
        new Preconditions(context, spec).checkEdgePort(memory.stack());
        try {
            new Aftermath(context).tidy(memory);
            new Convergence(context, spec, release).run(memory.stack(), operation);
        } catch (InfraException failed) {
            context.report().tell(context.folder().stack().text(), Phase.FAILED, String.valueOf(failed.getMessage()));
            new Aftermath(context).rest();
            throw failed;
        }
    }

    @Override
    public StackStatus status(StackName stack) {
        return new StatusReport(context(stack, ProgressListener.none())).make();
    }

    @Override
    public void destroy(StackName stack, ProgressListener progress) throws InterruptedException {
        Context context = context(stack, progress);
        Destruction destruction = new Destruction(context);
        if (destruction.isNothingLeft()) {
            return;
        }
        Operation operation = operation(Operation.Kind.DESTROY);
        StackLock.hold(context.folder(), operation, () -> {
            new Aftermath(context).remember(operation);
            destruction.run();
        });
        removeEmptyRoot();
    }

    /** The folder of all stacks goes with the last one. A link to it stays: it would lead nowhere. */
    private void removeEmptyRoot() {
        try {
            if (!Files.isSymbolicLink(root)) {
                Files.deleteIfExists(root);
            }
        } catch (IOException stillUsed) {
            LOG.debug("{} stays", root, stillUsed);
        }
    }

    @Override
    public void drain(StackName stack, InstanceId instance, ProgressListener progress) throws InterruptedException {
        onInstance(context(stack, progress), instance, Operation.Kind.DRAIN, one -> one.drain());
    }

    @Override
    public void rejoin(StackName stack, InstanceId instance, ProgressListener progress) throws InterruptedException {
        onInstance(context(stack, progress), instance, Operation.Kind.REJOIN, one -> one.rejoin());
    }

    /**
     * Gives one instance another version: drain, swap, verify on the instance itself, rejoin. In a single-instance
     * stack it is swapped in place. A later apply of the old spec puts the instance back; an apply of a spec with the
     * new version brings the others to it, one after another.
     *
     * @param stack the stack's name
     * @param instance which instance
     * @param version the version it is to serve
     * @param progress is told of each step
     * @throws InterruptedException if the calling thread is interrupted; the next apply puts the instance right
     * @throws dev.upkeep.infra.failure.UnknownInstanceException if there is no such instance
     * @throws dev.upkeep.infra.failure.InvalidSpecException if the version breaks its rules
     * @throws dev.upkeep.infra.failure.ResourceFailedException if the instance does not come to serve the version; it
     *     goes on with the one before, as far as that was possible
     */
    public void ship(StackName stack, InstanceId instance, String version, ProgressListener progress)
            throws InterruptedException {
        StackSpec.checkVersion(version);
        onInstance(context(stack, progress), instance, Operation.Kind.SHIP, one -> one.ship(version));
    }

    private interface Step {
        void on(SingleInstance instance) throws InterruptedException;
    }

    private void onInstance(Context context, InstanceId id, Operation.Kind kind, Step step)
            throws InterruptedException {
        // Looks before it makes a lock file for a stack that does not exist.
        SingleInstance.find(context, context.stateFile().read().stack(), id);
        Operation operation = operation(kind);
        StackLock.hold(context.folder(), operation, () -> step.on(new SingleInstance(context, id, operation)));
    }

    private Operation operation(Operation.Kind kind) {
        String user = System.getProperty("user.name", "somebody");
        return new Operation(kind, user, ProcessHandle.current().pid(), clock.instant());
    }

    @Override
    public void close() {
        // Nothing is held between calls; the stacks are meant to go on.
    }
}
