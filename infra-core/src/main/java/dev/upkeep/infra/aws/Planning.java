package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.BaseContents.Ending;
import dev.upkeep.infra.aws.client.Questions;
import dev.upkeep.infra.aws.client.Uninterrupted;
import dev.upkeep.infra.aws.formation.Caution;
import dev.upkeep.infra.aws.formation.ChangeRequest;
import dev.upkeep.infra.aws.formation.ChangeSets;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.Proposal;
import dev.upkeep.infra.aws.formation.ResourceStep;
import dev.upkeep.infra.aws.machine.OwnImage;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes plans: a change set for each of the two stacks, and the release between them. */
final class Planning {

    /** How long the old is kept beside the new. */
    static final int MONITORED_MINUTES = 1;

    private static final String NO_SERVER = "nobody is served from it";

    private final AwsAccess aws;
    private final InstantSource clock;

    Planning(AwsAccess aws, InstantSource clock) {
        this.aws = aws;
        this.clock = clock;
    }

    Plan plan(StackSpec wanted) throws InterruptedException {
        StackSpec spec = aws.withRegistry(wanted);
        ReleaseText.checkSize(spec);
        Questions questions = aws.questions();
        Supplier<Optional<String>> running = questions.ask(() -> aws.standingRelease(spec.name()));
        Supplier<FreePlan> freePlan = questions.ask(aws.lookups()::freePlan);
        StandingStacks standing = aws.standing(spec.name());
        Supplier<Caution> caution = questions.ask(() -> caution(standing.servers()));
        Supplier<Optional<Groups.Group>> group = questions.ask(() -> group(standing.servers()));
        Supplier<Resolved> resolving = questions.ask(() ->
                aws.lookups().resolve(spec, standing.servers(), group.get().map(Groups.Group::capacity)));
        BroughtAddress brought = new BroughtAddress(aws, spec);
        Supplier<Optional<ElasticIp>> finding = questions.ask(brought::find);
        BaseContents before = aws.contents(standing.base());
        new ExistingResources(aws, spec).refuse(before);
        Optional<ElasticIp> address = finding.get();
        Resolved resolved = resolving.get().withAddress(address.map(ElasticIp::ip));
        ChangeRequest base = base(spec, standing, adopted(before, List.of()));
        ChangeRequest servers = new ChangeRequest(
                spec.name().text(), standing.servers(), ServerStack.template(spec, resolved), tags(spec));
        Costs costs = costs(spec, resolved);
        PlannedChanges words = new PlannedChanges(spec, costs);
        List<Change> changes = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        List<ResourceStep> proposed = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Proposals proposals = new Proposals(aws.formation().changeSets());
        try {
            proposals.begin(base, Caution.NONE);
            List<Change> release = release(spec, standing, running.get(), notes);
            Optional<String> files = release.isEmpty() ? Optional.empty() : Optional.of(ReleaseContents.digest(spec));
            proposals.begin(servers, caution.get());
            proposals.finish(base).ifPresent(proposal -> {
                kept.add(Kept.BASE.text(proposal));
                changes.addAll(words.of(proposal, base.template()));
                proposed.addAll(proposal.changes());
            });
            changes.addAll(release);
            proposals.finish(servers).ifPresent(proposal -> {
                kept.add(Kept.SERVERS.text(proposal));
                changes.addAll(words.of(proposal, servers.template()));
                proposed.addAll(proposal.changes());
            });
            Plan.Goal goal = new Plan.Goal(spec, ReleaseParameter.planned(spec, files));
            notes.addAll(new PlanNotes(spec, aws.session().region(), costs, freePlan).about(proposed));
            notes.addAll(aws.lookups().images().notes(spec, standing.servers(), resolved));
            notes.addAll(brought.notes(address, standing.servers(), group));
            return plan(standing, Optional.of(goal), changes, kept)
                    .costing(
                            proposed.isEmpty()
                                    ? Optional.empty()
                                    : costs.estimate(servers.template(), proposed, changes))
                    .noting(notes)
                    .consistingOf(PlannedParts.of(base.template(), servers.template(), proposed));
        } catch (RuntimeException | InterruptedException e) {
            proposals.discardAfter(e);
            throw e;
        }
    }

    /** What has to stand before any instance can start, and does not yet. To be executed or discarded by the caller. */
    Optional<Proposal> base(StackSpec wanted) throws InterruptedException {
        StackSpec spec = aws.withRegistry(wanted);
        ReleaseText.checkSize(spec);
        StandingStacks standing = aws.standing(spec.name());
        BaseContents before = aws.contents(standing.base());
        new ExistingResources(aws, spec).refuse(before);
        ChangeRequest request = base(spec, standing, adopted(before, List.of()));
        ChangeSets changeSets = aws.formation().changeSets();
        return changeSets.finish(request, changeSets.begin(request, Caution.NONE));
    }

    private Costs costs(StackSpec spec, Resolved resolved) {
        return new Costs(spec, resolved, new Prices(aws.session().region()));
    }

    private static BaseStack.Adopted adopted(BaseContents standing, List<BaseContents.Item> coming) {
        return new BaseStack.Adopted(
                BaseContents.ids(standing.ending(Ending.STAYS_AS_ADOPTED)), BaseContents.ids(coming));
    }

    private ChangeRequest base(StackSpec spec, StandingStacks standing, BaseStack.Adopted adopted) {
        return new ChangeRequest(
                AwsAccess.baseName(spec.name()),
                standing.base(),
                BaseStack.template(spec, aws.imagesInStack(spec), adopted),
                tags(spec));
    }

    /** With nothing to do if nothing is in the way of the stack. */
    Plan planAdopt(StackSpec wanted) throws InterruptedException {
        StackSpec spec = aws.withRegistry(wanted);
        StandingStacks standing = aws.standing(spec.name());
        BaseContents before = aws.contents(standing.base());
        List<BaseContents.Item> outside = new ExistingResources(aws, spec).outside(before);
        if (outside.isEmpty()) {
            return plan(standing, Optional.empty(), List.of(), List.of())
                    .noting(List.of("nothing exists in the region "
                            + aws.session().region() + " under a name that this stack is still to give"));
        }
        ChangeRequest request = base(spec, standing, adopted(before, outside));
        String place = place();
        Proposal proposal = importing(spec.name(), request, outside);
        return plan(
                        standing,
                        Optional.of(new Plan.Goal(spec, ReleaseParameter.planned(spec, Optional.empty()))),
                        new PlannedChanges(spec, costs(spec, Resolved.nothing())).of(proposal, request.template()),
                        List.of(Kept.ADOPTION.text(proposal)))
                .noting(
                        List.of(
                                place,
                                "what is adopted stays as it is: upkeep plan shows what the next apply changes of it, and upkeep destroy keeps it"));
    }

    /** Of several accounts the credentials may be those of another one than was meant. */
    private String place() {
        return "in the region " + aws.session().region() + " of the account "
                + aws.lookups().caller().account();
    }

    private Proposal importing(StackName stack, ChangeRequest request, List<BaseContents.Item> outside)
            throws InterruptedException {
        Proposals proposals = new Proposals(aws.formation().changeSets());
        try {
            proposals.beginImport(request);
            Optional<Proposal> proposal = proposals.finish(request);
            requireImport(stack, proposal, outside);
            return proposal.orElseThrow();
        } catch (InfraException | InterruptedException e) {
            proposals.discardAfter(e);
            throw e;
        }
    }

    private static void requireImport(StackName stack, Optional<Proposal> proposal, List<BaseContents.Item> outside) {
        List<BaseContents.Item> made = outside.stream()
                .filter(item -> proposal.stream()
                        .flatMap(each -> each.changes().stream())
                        .noneMatch(step -> step.kind() == ResourceStep.Kind.IMPORT
                                && step.name().equals(item.id())))
                .toList();
        if (!made.isEmpty()) {
            throw new OperationRefusedException(
                    stack.text(),
                    "CloudFormation would not adopt " + BaseContents.describe(made)
                            + " but try to make it anew; remove it yourself, then run upkeep apply");
        }
    }

    private Optional<Groups.Group> group(Optional<FormedStack> standing) {
        return standing.flatMap(stack -> stack.output(ServerStack.GROUP)).flatMap(aws.groups()::find);
    }

    static Map<String, String> tags(StackSpec spec) {
        Map<String, String> tags = new TreeMap<>(AwsSettings.of(spec).tags());
        tags.put(ServerStack.STACK_TAG, spec.name().text());
        return tags;
    }

    /** Old instances stay for a minute, in which the new ones are asked as users do. Alarms that may ring already would forbid to mend it. */
    private Caution caution(Optional<FormedStack> standing) {
        boolean well = standing.flatMap(formed -> formed.output(ServerStack.TARGET_GROUP)).stream()
                .flatMap(targets -> aws.groups().targets(targets).values().stream())
                .allMatch(target -> target.state().equals("healthy"));
        List<String> alarms = standing.flatMap(formed -> formed.output(ServerStack.ALARMS))
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
        return new Caution(MONITORED_MINUTES, well ? alarms : List.of());
    }

    /** A version never changes, so that other files under the same one are only noted. */
    private List<Change> release(StackSpec spec, StandingStacks stacks, Optional<String> standing, List<String> notes) {
        List<FieldChange> fields = ReleaseText.changes(standing, spec);
        if (fields.isEmpty()) {
            standing.flatMap(text -> ReleaseContents.note(text, spec)).ifPresent(notes::add);
            return List.of();
        }
        Optional<String> refusal = stacks.servers().isEmpty() ? Optional.empty() : refusal(spec, standing);
        refusal.ifPresent(notes::add);
        return List.of(new Change(
                "release",
                standing.isEmpty() ? Action.CREATE : Action.UPDATE,
                fields,
                "its images are built, and pushed to "
                        + spec.images().registry().orElseThrow() + " unless they are there",
                Replacement.NEVER,
                Impact.none("instances that boot from then on run it"),
                Optional.empty()));
    }

    /** What an apply will say of instances that stand. What they serve is asked only then. */
    private static Optional<String> refusal(StackSpec spec, Optional<String> standing) {
        return standing.filter(text -> ReleaseText.version(text).isPresent())
                .map(text -> OtherRelease.refusal(text, spec).map(why -> "an apply will refuse this: " + why))
                .orElseGet(() -> Optional.of("an apply will refuse this unless users get " + spec.version()
                        + ": the parameter that says what its instances run is gone or cannot be read"));
    }

    /** Keeps what the spec asks to keep. */
    Plan planDestroy(StackSpec spec) {
        return planDestroy(spec.name(), standing -> refuseLoss(spec, standing));
    }

    Plan planDestroy(StackName stack) {
        return planDestroy(stack, standing -> {});
    }

    private Plan planDestroy(StackName stack, Consumer<BaseContents> review) {
        Supplier<Optional<FormedStack>> asked = aws.questions().ask(() -> aws.servers(stack));
        Supplier<Optional<FormedStack>> making = aws.questions().ask(() -> aws.imageStack(stack));
        Supplier<List<OwnImage>> images =
                aws.questions().ask(() -> aws.ownImages().of(stack.text()));
        Optional<FormedStack> base = aws.base(stack);
        BaseContents contents = aws.contents(base);
        review.accept(contents);
        Optional<FormedStack> servers = asked.get();
        String left = BroughtAddress.left(servers)
                .map(address -> ", but for what was brought along and is kept: address " + address)
                .orElse("");
        List<Change> changes = new ArrayList<>();
        servers.ifPresent(formed -> changes.add(
                gone(formed, "everything that serves users" + left, Impact.downtime("nobody is served any more"))));
        if (aws.standingRelease(stack).isPresent()) {
            changes.add(new Change(
                    "release",
                    Action.DELETE,
                    List.of(),
                    "parameter of Systems Manager",
                    Replacement.NEVER,
                    Impact.none("no instance is left to read it"),
                    Optional.empty()));
        }
        making.get()
                .ifPresent(formed -> changes.add(
                        gone(formed, "the instances in which an image was to be made", Impact.none(NO_SERVER))));
        images.get().forEach(image -> changes.add(gone(image)));
        base.ifPresent(formed -> changes.add(gone(
                formed,
                (contents.hasImages() ? "the images and logs" : "the logs") + " in it are lost with it"
                        + exceptions(contents),
                Impact.none(NO_SERVER))));
        return plan(StandingStacks.of(stack, base, servers), Optional.empty(), changes, List.of())
                .noting(List.of(place()))
                .consistingOf(PlannedParts.going(changes));
    }

    private static String exceptions(BaseContents contents) {
        return exception("was adopted and is kept", contents.ending(Ending.STAYS_AS_ADOPTED))
                + exception("is kept as aws.keep asked", contents.ending(Ending.STAYS_AS_ASKED));
    }

    private static String exception(String why, List<BaseContents.Item> kept) {
        return kept.isEmpty() ? "" : ", but for what " + why + ": " + BaseContents.describe(kept);
    }

    /**
     * Says it before CloudFormation removes what the file wants to keep: it goes by what the last apply told it.
     *
     * @throws OperationRefusedException if something would be lost that the file keeps
     */
    private static void refuseLoss(StackSpec spec, BaseContents standing) {
        Set<String> kept = BaseContents.ids(BaseContents.of(
                        BaseStack.template(spec, StackImages.names(spec)).json())
                .kept());
        List<BaseContents.Item> lost = standing.ending(Ending.GOES).stream()
                .filter(item -> kept.contains(item.id()))
                .toList();
        if (!lost.isEmpty()) {
            throw new OperationRefusedException(
                    spec.name().text(),
                    "aws.keep asks to keep " + BaseContents.describe(lost)
                            + ", and no apply has told CloudFormation so yet; run upkeep apply first, or take it out of the file");
        }
    }

    private static Change gone(OwnImage image) {
        return new Change(
                "machine image " + image.id(),
                Action.DELETE,
                List.of(),
                "made for this stack; it goes with its snapshots unless an instance or a launch template of others has it",
                Replacement.NEVER,
                Impact.none(NO_SERVER),
                Optional.empty());
    }

    private static Change gone(FormedStack formed, String what, Impact impact) {
        return new Change(
                "stack " + formed.name(),
                Action.DELETE,
                List.of(),
                "CloudFormation; " + (formed.isStub() ? "it was planned only" : what),
                Replacement.NEVER,
                formed.isStub() ? Impact.none("nothing of it was ever made") : impact,
                Optional.empty());
    }

    private Plan plan(StandingStacks standing, Optional<Plan.Goal> goal, List<Change> changes, List<String> kept) {
        Instant now = clock.instant();
        return new Plan(
                        standing.stack(),
                        AwsSettings.PLATFORM,
                        goal,
                        now,
                        now.plus(Plan.LIFETIME),
                        standing.basis(),
                        changes)
                .keeping(kept);
    }

    void discard(List<String> kept) {
        List<Supplier<Proposal>> all = kept.stream()
                .<Supplier<Proposal>>map(text -> () -> discarded(Kept.proposal(text)))
                .toList();
        Uninterrupted.run(() -> aws.questions().askAll(all));
    }

    private Proposal discarded(Proposal proposal) {
        aws.formation().changeSets().discard(proposal);
        return proposal;
    }
}
