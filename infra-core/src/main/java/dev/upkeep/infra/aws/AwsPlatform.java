package dev.upkeep.infra.aws;

import dev.upkeep.infra.Platform;
import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.Uninterrupted;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.Proposal;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.bake.Bakery;
import dev.upkeep.infra.dns.DnsClient;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.logs.LogListener;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.progress.RunningOperation;
import dev.upkeep.infra.progress.StackBusyException;
import dev.upkeep.infra.rollout.OutsideCheck;
import dev.upkeep.infra.shell.RemoteShell;
import dev.upkeep.infra.shell.SshDoor;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.time.Polling;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Stacks in one region of an account of Amazon Web Services, driven by CloudFormation: it keeps what stands, it goes on when this process ends, and it takes
 * back what fails. Credentials and endpoints are found by the AWS SDK's own rules. Safe for use by several threads.
 *
 * <p>A stack is two of CloudFormation: NAME-base with the repositories of its images and its logs, and NAME with the servers. The release
 * that the servers run is a parameter of Systems Manager.
 */
public final class AwsPlatform implements Platform {

    private final Ports ports;
    private final InstantSource clock;
    private final AwsAccess aws;
    private final Planning planning;
    private final StartCheck startCheck;
    private final FormationOperations formations;
    private final RunRegistry runs = new RunRegistry();

    /**
     * What the caller hands in.
     *
     * @param publisher builds and sends the images
     * @param outside asks the edge as users do
     * @param polling how to wait for AWS
     */
    public record Ports(ImagePublisher publisher, OutsideCheck outside, Polling polling) {}

    private AwsPlatform(AwsSession session, Ports ports, InstantSource clock, Supplier<DnsClient> dns) {
        this.ports = ports;
        this.clock = clock;
        this.aws = new AwsAccess(session, ports.polling(), clock, dns);
        this.planning = new Planning(aws, clock);
        this.startCheck = new StartCheck(aws, ports.outside());
        this.formations = new FormationOperations(aws, clock);
    }

    /**
     * A platform.
     *
     * @param region where; empty takes the one of the user's own AWS configuration
     * @param ports what it works with
     * @param clock tells when plans are made
     * @return a platform, to be closed by the caller
     * @throws dev.upkeep.infra.failure.AwsException if there are no credentials, or no region
     */
    public static AwsPlatform in(Optional<String> region, Ports ports, InstantSource clock) {
        return in(region, ports, clock, DnsClient::ofThisMachine);
    }

    /** The same with other name servers. */
    static AwsPlatform in(Optional<String> region, Ports ports, InstantSource clock, Supplier<DnsClient> dns) {
        return new AwsPlatform(AwsSession.of(region), ports, clock, dns);
    }

    @Override
    public List<Finding> preflight(StackSpec spec) {
        return new Preflight(aws, spec, clock.instant()).findings();
    }

    @Override
    public Plan plan(StackSpec wanted) throws InterruptedException {
        return here(planning.plan(wanted));
    }

    @Override
    public Drift drift(Plan plan, ProgressListener progress) throws InterruptedException {
        return new DriftSearch(aws, plan, new Numbering(0, clock, progress)).run();
    }

    @Override
    public Plan planAdopt(StackSpec wanted) throws InterruptedException {
        aws.leases().tidy(wanted.name());
        return here(planning.planAdopt(wanted));
    }

    @Override
    public Plan planDestroy(StackSpec spec) {
        aws.leases().tidy(spec.name());
        return here(planning.planDestroy(spec));
    }

    @Override
    public Plan planDestroy(StackName stack) {
        aws.leases().tidy(stack);
        return here(planning.planDestroy(stack));
    }

    private Plan here(Plan plan) {
        return plan.madeIn(aws.session().region());
    }

    @Override
    public void discard(Plan plan) {
        planning.discard(plan.kept());
    }

    @Override
    public void requireStartable(Plan plan) throws InterruptedException {
        if (plan.goal().isPresent() && Kept.ADOPTION.in(plan.kept()).isEmpty()) {
            StackSpec spec = plan.goal().get().spec();
            startCheck.requireRelease(spec);
            startCheck.requireAddress(spec);
        }
    }

    @Override
    public Operation start(Plan plan) throws InterruptedException {
        plan.checkStartable(AwsSettings.PLATFORM, clock.instant());
        startCheck.requireRegion(plan);
        requireIdle(plan.stack());
        if (plan.goal().isEmpty()) {
            startCheck.requireFresh(plan);
            if (plan.isEmpty()) {
                throw new OperationRefusedException(plan.stack().text(), "the plan holds nothing that could be done");
            }
            return destroy(plan.stack());
        }
        Plan.Goal goal = plan.goal().get();
        Optional<Proposal> adoption = Kept.ADOPTION.in(plan.kept());
        return adoption.isPresent() ? adopt(plan, goal.spec(), adoption.get()) : apply(plan, goal);
    }

    private Operation adopt(Plan plan, StackSpec spec, Proposal adoption) throws InterruptedException {
        startCheck.requireFresh(plan);
        return begin(
                plan.stack(),
                Operation.Kind.ADOPT,
                progressing -> new Apply(aws, spec, ports, progressing).adopt(adoption));
    }

    private Operation apply(Plan plan, Plan.Goal goal) throws InterruptedException {
        StackSpec spec = goal.spec();
        startCheck.requireRelease(spec);
        startCheck.requireAddress(spec);
        startCheck.requireFresh(plan);
        return begin(
                plan.stack(), Operation.Kind.APPLY, progressing -> new Apply(aws, spec, ports, progressing).run(plan));
    }

    private Operation destroy(StackName stack) throws InterruptedException {
        return begin(stack, Operation.Kind.DESTROY, progressing -> new Destroy(aws, stack, progressing).run());
    }

    @Override
    public Optional<Bakery> bakery() {
        return Optional.of(new AwsBakery(aws, planning, ports, clock, (stack, kind, work) -> {
            requireIdle(stack);
            return begin(stack, kind, work);
        }));
    }

    private void requireIdle(StackName stack) {
        current(stack).ifPresent(holder -> {
            throw new StackBusyException(holder);
        });
    }

    private Operation begin(StackName stack, Operation.Kind kind, Progressing.Work work) throws InterruptedException {
        Operation operation = operation(stack, kind);
        Lease lease = aws.leases().take(operation);
        if (Thread.interrupted()) {
            lease.close();
            throw new InterruptedException("stopped before it began");
        }
        return runs.start(operation, clock, (run, report) -> {
            try (lease) {
                work.run(new Progressing(run, lease, report));
            } catch (InfraException e) {
                if (Thread.interrupted()) {
                    throw stopped(e);
                }
                throw e;
            }
        });
    }

    /** A call to AWS that is interrupted is one that fails, to the SDK. */
    private static InterruptedException stopped(InfraException failure) {
        InterruptedException stopped = new InterruptedException(failure.getMessage());
        stopped.initCause(failure);
        return stopped;
    }

    private Operation operation(StackName stack, Operation.Kind kind) {
        String id = UUID.randomUUID().toString();
        String by = aws.lookups().caller().arn() + " on " + Leases.host();
        return new Operation(id, stack, kind, by, ProcessHandle.current().pid(), clock.instant());
    }

    @Override
    public Optional<Operation> current(StackName stack) {
        return runs.current(stack)
                .or(() -> formations.current(stack))
                .or(() -> aws.leases().holder(stack));
    }

    @Override
    public Optional<Operation> latest(StackName stack) {
        return current(stack).or(() -> formations.latest(stack));
    }

    @Override
    public List<ProgressEvent> events(Operation operation) {
        return runs.find(operation).map(RunningOperation::events).orElseGet(() -> formations.events(operation));
    }

    @Override
    public void cancel(Operation operation) throws InterruptedException {
        if (runs.find(operation).isPresent() && !runs.isHandedOver(operation)) {
            runs.stop(operation);
        } else if (FormationOperations.isOne(operation)
                || formations.current(operation.stack()).isPresent()) {
            formations.cancel(operation.stack());
        } else {
            throw new OperationRefusedException(
                    operation.stack().text(),
                    operation.describe()
                            + " is at work before or between what CloudFormation does, which only that process"
                            + " can end: interrupt it where it runs");
        }
    }

    @Override
    public Outcome follow(Operation operation, long cursor, ProgressListener progress) throws InterruptedException {
        Optional<RunningOperation> own = runs.find(operation);
        if (own.isPresent()) {
            return own.get().follow(cursor, progress);
        }
        return FormationOperations.isOne(operation)
                ? formations.follow(operation, cursor, progress)
                : new OtherProcess(aws, formations, ports.polling(), clock).follow(operation, progress);
    }

    @Override
    public void stop(Operation operation) throws InterruptedException {
        runs.stop(operation);
    }

    @Override
    public boolean goesOnAlone(Operation operation) {
        return runs.isHandedOver(operation);
    }

    @Override
    public StackStatus status(StackName stack) throws InterruptedException {
        RunCommand.stopIfInterrupted();
        return new StatusReport(aws, stack, current(stack)).make();
    }

    @Override
    public StackStatus inspect(StackName stack) throws InterruptedException {
        RunCommand.stopIfInterrupted();
        return new StatusReport(aws, stack, current(stack)).asking(aws.shell()).make();
    }

    @Override
    public Optional<Problem> unserved(StackName stack) throws InterruptedException {
        Optional<FormedStack> servers = aws.standingServers(stack);
        if (servers.isEmpty()) {
            return new StatusReport(aws, stack, Optional.empty())
                    .make().problems().stream().findFirst();
        }
        Optional<URI> edge =
                servers.flatMap(formed -> formed.output(ServerStack.URL)).map(URI::create);
        Optional<String> version = aws.standingRelease(stack).flatMap(ReleaseText::version);
        return edge.isPresent() && version.isPresent()
                ? new EdgeQuestion(ports.outside(), edge.get(), version.get()).problem()
                : Optional.empty();
    }

    @Override
    public Optional<RemoteShell> shell() {
        return Optional.of(aws.shell());
    }

    @Override
    public Optional<SshDoor> sshDoor() {
        return Optional.of(aws.door());
    }

    @Override
    public void logs(StackName stack, LogQuery query, LogListener lines) throws InterruptedException {
        read(log(stack, query), stack, lines);
    }

    @Override
    public void followLogs(StackName stack, LogQuery query, LogListener lines) throws InterruptedException {
        GroupLog log = log(stack, query);
        read(log, stack, lines);
        log.follow(ports.polling(), lines);
    }

    private GroupLog log(StackName stack, LogQuery query) {
        return new GroupLog(aws.logs(), stack, query, clock);
    }

    private void read(GroupLog log, StackName stack, LogListener lines) throws InterruptedException {
        if (log.read(lines) == 0 && aws.standing(stack).all().isEmpty()) {
            throw new OperationRefusedException(stack.text(), "it does not exist, so it has no logs; apply it first");
        }
    }

    @Override
    public void drain(StackName stack, InstanceId instance, ProgressListener progress) {
        throw notYet(stack);
    }

    @Override
    public void rejoin(StackName stack, InstanceId instance, ProgressListener progress) {
        throw notYet(stack);
    }

    private static OperationRefusedException notYet(StackName stack) {
        return new OperationRefusedException(
                stack.text(),
                "this version takes no instance on AWS out of rotation yet; aws autoscaling enter-standby does");
    }

    /** Leases are given back also by a thread that was interrupted before. */
    @Override
    public void close() {
        try {
            Uninterrupted.run(this::stopAll);
        } finally {
            Uninterrupted.run(() -> {
                ports.outside().close();
                aws.close();
            });
        }
    }

    private void stopAll() {
        try {
            runs.stopAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
