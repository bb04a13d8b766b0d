package dev.upkeep.infra.aws;

import dev.upkeep.infra.Platform;
import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.Proposal;
import dev.upkeep.infra.aws.formation.StackEvent;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Basis;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.progress.RunningOperation;
import dev.upkeep.infra.progress.StackBusyException;
import dev.upkeep.infra.rollout.OutsideCheck;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.time.Polling;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

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
    private final RunRegistry runs = new RunRegistry();

    /**
     * What the caller hands in.
     *
     * @param publisher builds and sends the images
     * @param outside asks the edge as users do
     * @param polling how to wait for AWS
     */
    public record Ports(ImagePublisher publisher, OutsideCheck outside, Polling polling) {}

    private AwsPlatform(AwsSession session, Ports ports, InstantSource clock) {
        this.ports = ports;
        this.clock = clock;
        this.aws = new AwsAccess(session, ports.polling());
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
        return new AwsPlatform(AwsSession.of(region), ports, clock);
    }

    @Override
    public List<Finding> preflight(StackSpec spec) {
        return new Preflight(aws, withRegistry(spec)).findings();
    }

    private static AwsSettings settings(StackSpec spec) {
        if (spec.settings() instanceof AwsSettings settings) {
            return settings;
        }
        throw new IllegalArgumentException(
                "the spec is for the platform " + spec.settings().platform());
    }

    /** The account's own, unless the spec names one. */
    private StackSpec withRegistry(StackSpec spec) {
        return spec.images().registry().isPresent()
                ? spec
                : spec.withRegistry(aws.lookups().identity().account() + ".dkr.ecr."
                        + aws.session().region() + ".amazonaws.com");
    }

    @Override
    public Plan plan(StackSpec wanted) throws InterruptedException {
        StackSpec spec = withRegistry(wanted);
        AwsSettings settings = settings(spec);
        Optional<FormedStack> servers = aws.servers(spec.name()).filter(stack -> !stack.isStub());
        Optional<Integer> capacity = servers.flatMap(stack -> stack.output(ServerStack.GROUP))
                .flatMap(group -> aws.groups().capacity(group));
        Resolved resolved = aws.lookups().resolve(spec, settings, servers, capacity);
        PlannedChanges words =
                new PlannedChanges(spec, settings, new Prices(aws.session().region()));
        StackTemplate base = BaseStack.template(spec, ImageNames.of(spec));
        StackTemplate whole = ServerStack.template(spec, resolved);
        List<Change> changes = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        try {
            propose(AwsAccess.baseName(spec.name()), base, tags(spec)).ifPresent(proposal -> {
                kept.add(Kept.BASE.text(proposal));
                changes.addAll(words.of(proposal, base));
            });
            changes.addAll(release(spec));
            propose(spec.name().text(), whole, tags(spec)).ifPresent(proposal -> {
                kept.add(Kept.SERVERS.text(proposal));
                changes.addAll(words.of(proposal, whole));
            });
        } catch (InfraException | InterruptedException e) {
            discard(kept);
            throw e;
        }
        return plan(spec.name(), Optional.of(new Plan.Goal(spec, releaseOf(spec))), changes, kept);
    }

    private Optional<Proposal> propose(String name, StackTemplate template, Map<String, String> tags)
            throws InterruptedException {
        return aws.formation().propose(name, template, tags);
    }

    private static Map<String, String> tags(StackSpec spec) {
        Map<String, String> tags = new TreeMap<>(settings(spec).tags());
        tags.put(ServerStack.STACK_TAG, spec.name().text());
        return tags;
    }

    /** Its images have digests only when they are built. */
    private static Release releaseOf(StackSpec spec) {
        return ReleaseParameter.planned(spec);
    }

    private List<Change> release(StackSpec spec) {
        Optional<String> standing = standingVersion(spec.name());
        if (standing.equals(Optional.of(spec.version()))) {
            return List.of();
        }
        return List.of(new Change(
                "release",
                standing.isEmpty() ? Action.CREATE : Action.UPDATE,
                List.of(new FieldChange("version", standing.orElse(""), spec.version())),
                "its images are built, and pushed to "
                        + spec.images().registry().orElseThrow() + " unless they are there",
                Replacement.NEVER,
                Impact.none("instances that boot from then on run it"),
                Optional.empty()));
    }

    private Plan plan(StackName stack, Optional<Plan.Goal> goal, List<Change> changes, List<String> kept) {
        Instant now = clock.instant();
        Map<String, String> facts = new TreeMap<>();
        for (Optional<FormedStack> standing : List.of(aws.base(stack), aws.servers(stack))) {
            standing.filter(formed -> !formed.isStub())
                    .ifPresent(formed ->
                            facts.put("stack " + formed.name(), formed.status() + " since " + formed.since()));
        }
        return new Plan(
                stack, AwsSettings.PLATFORM, goal, now, now.plus(Plan.LIFETIME), Basis.of(facts), changes, kept);
    }

    @Override
    public Plan planDestroy(StackName stack) {
        List<Change> changes = new ArrayList<>();
        aws.servers(stack).ifPresent(formed -> changes.add(gone(formed, Impact.downtime("nobody is served any more"))));
        try (ReleaseParameter parameter = aws.release(stack)) {
            parameter
                    .read()
                    .ifPresent(value -> changes.add(new Change(
                            "release",
                            Action.DELETE,
                            List.of(),
                            "parameter of Systems Manager",
                            Replacement.NEVER,
                            Impact.none("no instance is left to read it"),
                            Optional.empty())));
        }
        aws.base(stack)
                .ifPresent(
                        formed -> changes.add(gone(formed, Impact.none("the images and logs in it are lost with it"))));
        return plan(stack, Optional.empty(), changes, List.of());
    }

    private static Change gone(FormedStack formed, Impact impact) {
        return new Change(
                "stack " + formed.name(),
                Action.DELETE,
                List.of(),
                formed.name().endsWith(BaseStack.SUFFIX)
                        ? "CloudFormation; the images and logs in it go, too"
                        : "CloudFormation; everything that serves users",
                Replacement.NEVER,
                formed.isStub() ? Impact.none("it was planned only") : impact,
                Optional.empty());
    }

    @Override
    public void discard(Plan plan) {
        discard(plan.kept());
    }

    private void discard(List<String> kept) {
        kept.forEach(text -> aws.formation().discard(Kept.proposal(text)));
    }

    @Override
    public Operation start(Plan plan) {
        if (!plan.platform().equals(AwsSettings.PLATFORM)) {
            throw stale(plan, "it was made for the platform " + plan.platform());
        }
        if (clock.instant().isAfter(plan.expires())) {
            throw stale(plan, "it expired at " + plan.expires());
        }
        current(plan.stack()).ifPresent(holder -> {
            throw new StackBusyException(holder);
        });
        return plan.goal().isPresent() ? apply(plan, plan.goal().get().spec()) : destroy(plan.stack());
    }

    private static StalePlanException stale(Plan plan, String reason) {
        return new StalePlanException(plan.stack().text(), List.of(reason));
    }

    private Operation apply(Plan plan, StackSpec spec) {
        refuseDeploy(spec);
        List<String> reasons = new ArrayList<>(plan.basis()
                .changesTo(plan(plan.stack(), Optional.empty(), List.of(), List.of())
                        .basis()));
        plan.kept().stream()
                .map(Kept::proposal)
                .filter(proposal -> !aws.formation().canExecute(proposal))
                .forEach(proposal -> reasons.add("CloudFormation does not have its change set any more"));
        if (!reasons.isEmpty()) {
            throw new StalePlanException(plan.stack().text(), reasons);
        }
        return runs.start(
                operation(plan.stack(), Operation.Kind.APPLY),
                clock,
                (run, report) -> new Apply(aws, spec, ports, run, report)
                        .run(Kept.BASE.in(plan.kept()), Kept.SERVERS.in(plan.kept())));
    }

    /** Standing instances read their release only when they boot. */
    private void refuseDeploy(StackSpec spec) {
        boolean stands =
                aws.servers(spec.name()).filter(stack -> !stack.isStub()).isPresent();
        standingVersion(spec.name())
                .filter(standing -> stands && !standing.equals(spec.version()))
                .ifPresent(standing -> {
                    throw new OperationRefusedException(
                            spec.name().text(),
                            "its instances run " + standing
                                    + ", and this version cannot bring standing instances on AWS to "
                                    + spec.version() + " yet; write version: " + standing
                                    + ", or destroy the stack and apply it anew");
                });
    }

    private Optional<String> standingVersion(StackName stack) {
        try (ReleaseParameter parameter = aws.release(stack)) {
            return parameter.read().flatMap(ReleaseParameter::version);
        }
    }

    private Operation destroy(StackName stack) {
        return runs.start(
                operation(stack, Operation.Kind.DESTROY),
                clock,
                (run, report) -> new Destroy(aws, stack, run, report).run());
    }

    private Operation operation(StackName stack, Operation.Kind kind) {
        String id = UUID.randomUUID().toString();
        String by = aws.lookups().identity().arn();
        return new Operation(id, stack, kind, by, ProcessHandle.current().pid(), clock.instant());
    }

    @Override
    public Optional<Operation> current(StackName stack) {
        Optional<Operation> own = runs.current(stack);
        return own.isPresent()
                ? own
                : aws.servers(stack)
                        .filter(FormedStack::isInProgress)
                        .or(() -> aws.base(stack).filter(FormedStack::isInProgress))
                        .map(formed -> ofFormation(stack, formed));
    }

    private Operation ofFormation(StackName stack, FormedStack formed) {
        Optional<StackEvent> beginning = aws.formation().history(formed.id()).beginning();
        Operation.Kind kind = formed.status().startsWith("DELETE") ? Operation.Kind.DESTROY : Operation.Kind.APPLY;
        return new Operation(
                formed.id() + " " + beginning.map(StackEvent::id).orElse(""),
                stack,
                kind,
                "CloudFormation",
                0,
                beginning.map(StackEvent::at).orElseGet(formed::since));
    }

    @Override
    public Outcome follow(Operation operation, long cursor, ProgressListener progress) throws InterruptedException {
        Optional<RunningOperation> own = runs.find(operation);
        if (own.isPresent()) {
            return own.get().follow(cursor, progress);
        }
        String[] names = operation.id().split(" ", 2);
        if (names.length < 2 || names[1].isEmpty()) {
            return Outcome.unknown();
        }
        FormedStack left =
                aws.follower().follow(names[0], names[1], (int) cursor, new Numbering(cursor, clock, progress));
        return Endings.of(operation, left, aws.formation().history(left.id()).ofOperation(names[1]));
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
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return new StatusReport(aws, stack, current(stack)).make();
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

    @Override
    public void close() {
        try {
            runs.stopAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ports.outside().close();
            aws.close();
        }
    }
}
