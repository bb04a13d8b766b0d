package dev.upkeep.infra.local;

import dev.upkeep.infra.Platform;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.inventory.WebProcess;
import dev.upkeep.infra.local.process.Launcher;
import dev.upkeep.infra.local.process.Machine;
import dev.upkeep.infra.local.process.ProcessTable;
import dev.upkeep.infra.local.process.Processes;
import dev.upkeep.infra.local.process.Programs;
import dev.upkeep.infra.local.state.FoundState;
import dev.upkeep.infra.local.state.StackFolder;
import dev.upkeep.infra.local.state.StackRecord;
import dev.upkeep.infra.logs.LogListener;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.plan.Basis;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.release.Deployment;
import dev.upkeep.infra.rollout.OutsideCheck;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.time.Polling;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stacks on this machine: each instance is a real nginx with its own folder and port, and an application process behind it or, with
 * {@link LocalSettings.Engine#DOCKER}, the images of a release in containers; the edge of a highly available stack is a real HAProxy.
 * Everything listens on 127.0.0.1 only.
 *
 * <p>Needs nginx, HAProxy for the highly available shape, and Docker for images; if one is missing,
 * {@link dev.upkeep.infra.failure.MissingToolException} says how to install it. Safe for use by several threads. An
 * operation runs on a thread of its own and ends with this object; other processes can follow it.
 */
public final class LocalPlatform implements Platform {

    private final Path root;
    private final InstantSource clock;
    private final StackContext.Limits limits;
    private final Programs programs;
    private final Machine machine;
    private final OutsideCheck outside;
    private final OperationRegistry operations;
    private final Releases releases;

    LocalPlatform(LocalPlatformBuilder settings) {
        this.root = settings.stateFolder;
        this.clock = settings.clock;
        this.limits = new StackContext.Limits(settings.startTimeout, settings.drainTimeout);
        this.programs = new Programs(settings.programFolders);
        this.outside = settings.outsideCheck;
        Polling polling = new Polling(settings.clock, settings.sleeper);
        Processes processes = new Processes(ProcessTable.system(), polling);
        this.machine = new Machine(new Launcher(programs), processes, polling);
        this.operations = new OperationRegistry(root, clock, processes, polling);
        this.releases = new Releases(root);
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

    private StackContext context(StackName stack, Reporter report) {
        return new StackContext(folder(stack), machine, programs, limits, outside, report);
    }

    private StackFolder folder(StackName stack) {
        return StackFolder.in(root, stack);
    }

    @Override
    public List<Finding> preflight(StackSpec spec) throws InterruptedException {
        return new Preflight(context(spec.name(), Reporter.none()), spec).findings();
    }

    @Override
    public Plan plan(StackSpec spec) throws InterruptedException {
        StackContext context = context(spec.name(), Reporter.none());
        new StackRequirements(context, spec).check();
        Plan.Goal goal = new Plan.Goal(spec, releases.of(spec));
        ObservedStack observed = new StackObserver(context).observe();
        Plan plan = plan(spec.name(), Optional.of(goal), observed.basis(), changes(new Steps(goal, observed).all()));
        return plan.downgrades().isEmpty()
                ? plan
                : plan.noting(Deployments.of(folder(spec.name())).whoBroughtOtherThan(spec.version()));
    }

    private Plan plan(StackName stack, Optional<Plan.Goal> goal, Basis basis, List<Change> changes) {
        Instant now = clock.instant();
        return new Plan(stack, LocalSettings.PLATFORM, goal, now, now.plus(Plan.LIFETIME), basis, changes)
                .consistingOf(LocalParts.of(goal, changes));
    }

    private static List<Change> changes(List<Step> steps) {
        return steps.stream().flatMap(step -> step.changes().stream()).toList();
    }

    @Override
    public Drift drift(Plan plan, ProgressListener progress) {
        return Drift.none(
                "a plan on this machine compares the file with the processes, ports and files that are there each time, so"
                        + " what somebody changed by hand is among its changes");
    }

    @Override
    public Plan planDestroy(StackName stack) {
        StackContext context = context(stack, Reporter.none());
        Destruction destruction = new Destruction(context);
        return plan(stack, Optional.empty(), destruction.basis(), destruction.changes());
    }

    @Override
    public Operation start(Plan plan) throws InterruptedException {
        plan.checkStartable(LocalSettings.PLATFORM, clock.instant());
        return plan.goal().isPresent() ? startApply(plan, plan.goal().get()) : startDestroy(plan);
    }

    private Operation startApply(Plan plan, Plan.Goal goal) throws InterruptedException {
        StackFolder folder = folder(plan.stack());
        StackContext looking = context(plan.stack(), Reporter.none());
        new StackRequirements(looking, goal.spec()).check();
        Operation operation = operations.named(folder, Operation.Kind.APPLY);
        List<Step> steps = new ArrayList<>();
        operations.start(
                folder,
                operation,
                () -> {
                    steps.addAll(stepsOf(plan, goal, looking));
                    new StackRequirements(looking, goal.spec())
                            .checkEdgePort(looking.stateFile().read().stack());
                },
                report -> apply(context(plan.stack(), report), goal, steps, operation));
        return operation;
    }

    /** The steps that the plan showed, or none at all. */
    private List<Step> stepsOf(Plan plan, Plan.Goal goal, StackContext context) throws InterruptedException {
        ObservedStack observed = new StackObserver(context).observe();
        List<String> reasons = new ArrayList<>(plan.basis().changesTo(observed.basis()));
        Release now = releases.of(goal.spec());
        if (!now.equals(goal.release())) {
            reasons.add("the files of the site were changed");
        }
        List<Step> steps = new Steps(goal, observed).all();
        if (reasons.isEmpty() && !sameActions(changes(steps), plan.changes())) {
            reasons.add("it would do something else now");
        }
        if (!reasons.isEmpty()) {
            throw new StalePlanException(plan.stack().text(), reasons);
        }
        return steps;
    }

    /** The reason of a repair is told in the words of the moment, and may differ. */
    private static boolean sameActions(List<Change> now, List<Change> planned) {
        return now.stream()
                .map(LocalPlatform::action)
                .toList()
                .equals(planned.stream().map(LocalPlatform::action).toList());
    }

    private static List<Object> action(Change change) {
        return List.of(change.resource(), change.action(), change.fields());
    }

    private void apply(StackContext context, Plan.Goal goal, List<Step> steps, Operation operation)
            throws InterruptedException {
        try {
            FoundState found = context.stateFile().read();
            Deployments.Change change =
                    new Deployments.Change(found.stack().flatMap(StackRecord::deployed), goal.release());
            Deployments.of(context.folder())
                    .remembering(
                            () -> {
                                new Recovery(context).tidy(found);
                                new StepRunner(context, goal).run(steps, found.stack(), operation);
                            },
                            operation,
                            change,
                            clock,
                            context.report());
        } catch (RuntimeException failed) {
            Interruptions.throwIfCause(failed);
            context.report()
                    .tell(context.folder().stack().text(), EventKind.FAILED, String.valueOf(failed.getMessage()));
            new Recovery(context).failed(Optional.empty(), failed);
            throw failed;
        }
    }

    @Override
    public List<Deployment> deployments(StackName stack) {
        return Deployments.of(folder(stack)).list();
    }

    private Operation startDestroy(Plan plan) throws InterruptedException {
        StackFolder folder = folder(plan.stack());
        Destruction looking = new Destruction(context(plan.stack(), Reporter.none()));
        Operation operation = operations.named(folder, Operation.Kind.DESTROY);
        operations.start(
                folder,
                operation,
                () -> {
                    List<String> reasons = plan.basis().changesTo(looking.basis());
                    if (!reasons.isEmpty()) {
                        throw new StalePlanException(plan.stack().text(), reasons);
                    }
                },
                report -> destroy(context(plan.stack(), report), operation));
        return operation;
    }

    private static void destroy(StackContext context, Operation operation) throws InterruptedException {
        new Recovery(context).remember(operation);
        try {
            new Destruction(context).run();
        } catch (RuntimeException failed) {
            Interruptions.throwIfCause(failed);
            new Recovery(context).failed(Optional.of(StackState.DELETE_FAILED), failed);
            throw failed;
        }
    }

    @Override
    public Optional<Operation> current(StackName stack) {
        return operations.current(folder(stack));
    }

    @Override
    public Optional<Operation> latest(StackName stack) {
        return operations.latest(folder(stack));
    }

    @Override
    public List<ProgressEvent> events(Operation operation) {
        return operations.events(folder(operation.stack()), operation);
    }

    @Override
    public void cancel(Operation operation) {
        throw new OperationRefusedException(
                operation.stack().text(),
                operation.describe()
                        + " is done by that process alone: interrupt it where it runs (Ctrl-C, or kill -INT "
                        + operation.pid() + "); the next apply or destroy goes on from there");
    }

    @Override
    public Outcome follow(Operation operation, long cursor, ProgressListener progress) throws InterruptedException {
        return operations.follow(folder(operation.stack()), operation, cursor, progress);
    }

    @Override
    public void stop(Operation operation) throws InterruptedException {
        operations.stop(operation);
    }

    @Override
    public boolean goesOnAlone(Operation operation) {
        return false;
    }

    @Override
    public StackStatus status(StackName stack) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return new StatusReport(context(stack, Reporter.none()), current(stack)).make();
    }

    @Override
    public void logs(StackName stack, LogQuery query, LogListener lines) throws InterruptedException {
        try (StackLogs logs = new StackLogs(context(stack, Reporter.none()), query)) {
            logs.read().forEach(lines::on);
        }
    }

    @Override
    public void followLogs(StackName stack, LogQuery query, LogListener lines) throws InterruptedException {
        try (StackLogs logs = new StackLogs(context(stack, Reporter.none()), query)) {
            logs.read().forEach(lines::on);
            logs.follow(lines);
        }
    }

    @Override
    public Optional<WebProcess> webProcess(StackName stack, InstanceId instance) {
        StackContext context = context(stack, Reporter.none());
        return context.stateFile().read().stack().stream()
                .flatMap(record -> record.instances().stream())
                .filter(record -> record.id().equals(instance))
                .findFirst()
                .map(record -> new WebProcess(record.port(), new LocalInstance(context, instance).nginxCommandLine()));
    }

    @Override
    public void drain(StackName stack, InstanceId instance, ProgressListener progress) throws InterruptedException {
        onInstance(stack, instance, Operation.Kind.DRAIN, progress, InstanceChange::drain);
    }

    @Override
    public void rejoin(StackName stack, InstanceId instance, ProgressListener progress) throws InterruptedException {
        onInstance(stack, instance, Operation.Kind.REJOIN, progress, InstanceChange::rejoin);
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
        onInstance(
                stack,
                instance,
                Operation.Kind.SHIP,
                progress,
                one -> one.ship(present -> releases.with(stack, present, version)));
    }

    private interface InstanceStep {
        void on(InstanceChange instance) throws InterruptedException;
    }

    private void onInstance(
            StackName stack, InstanceId id, Operation.Kind kind, ProgressListener progress, InstanceStep step)
            throws InterruptedException {
        StackContext looking = context(stack, Reporter.none());
        // Looks before it makes a lock file for a stack that does not exist.
        InstanceChange.find(looking, looking.stateFile().read().stack(), id);
        Operation operation = operations.named(looking.folder(), kind);
        operations.start(
                looking.folder(),
                operation,
                () -> {},
                report -> step.on(new InstanceChange(context(stack, report), id, operation)));
        await(operation, progress);
    }

    @Override
    public void close() {
        try {
            operations.stopAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            outside.close();
        }
    }
}
