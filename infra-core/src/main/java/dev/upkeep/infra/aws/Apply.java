package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.Proposal;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.ResourceFailedException;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.rollout.OutsideCheck;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.time.Polling;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Brings a stack to a spec: what the servers need first, then their images and their release, then the servers themselves. */
final class Apply {

    /** From then on everything is as CloudFormation says; what is missing is the way of users to it. */
    private static final Duration OUTSIDE_LIMIT = Duration.ofMinutes(10);

    private final AwsAccess aws;
    private final StackSpec spec;
    private final ImagePublisher publisher;
    private final OutsideCheck outside;
    private final Polling polling;
    private final Reporter report;
    private final Lease lease;
    private final Execution execution;

    Apply(AwsAccess aws, StackSpec spec, AwsPlatform.Ports ports, Progressing progressing) {
        this.aws = aws;
        this.spec = spec;
        this.publisher = ports.publisher();
        this.outside = ports.outside();
        this.polling = ports.polling();
        this.report = progressing.report();
        this.lease = progressing.lease();
        this.execution = new Execution(aws, new Handover(aws, progressing));
    }

    void run(Plan plan) throws InterruptedException {
        Runnable before =
                plan.changes().stream().anyMatch(Apply::makesCertificate) ? this::requireDelegation : () -> {};
        run(Kept.BASE.in(plan.kept()), Kept.SERVERS.in(plan.kept()), before, this::release);
        verify(protectedServers());
    }

    private static boolean makesCertificate(Change change) {
        return change.resource().equals(ServerStack.CERTIFICATE)
                && (change.action() == Action.CREATE || change.action() == Action.REPLACE);
    }

    /** What is done between the two stacks. */
    @FunctionalInterface
    private interface Between {
        void run() throws InterruptedException;
    }

    private void run(Optional<Proposal> base, Optional<Proposal> servers, Runnable before, Between between)
            throws InterruptedException {
        base.ifPresent(execution::add);
        servers.ifPresent(execution::add);
        try {
            before.run();
            if (base.isPresent()) {
                execution.run(base.get(), aws.follower(report));
            }
            between.run();
            if (servers.isPresent()) {
                formServers(servers.get());
            }
        } catch (InfraException | InterruptedException e) {
            execution.discardAfter(e);
            throw e;
        }
    }

    /** CloudFormation would wait for hours for a certificate that cannot be validated. */
    private void requireDelegation() {
        Finding found = aws.names(spec.domain().orElseThrow()).delegation();
        if (found.grade() == Finding.Grade.PROBLEM) {
            throw new OperationRefusedException(
                    spec.name().text(),
                    found.text() + "; its certificate would never be validated; " + found.next() + ", and apply again");
        }
        if (found.grade() == Finding.Grade.UNKNOWN) {
            report.tell("domain", EventKind.NOTICE, found.text() + " (" + found.next() + ")");
        }
    }

    /** Takes what exists already into the stack before the servers. */
    void adopt(Proposal adoption) throws InterruptedException {
        run(Optional.of(adoption), Optional.empty(), () -> {}, () -> {});
    }

    /** What has to be there before an instance can start, and the release of the spec. */
    void prepare(Optional<Proposal> base) throws InterruptedException {
        run(base, Optional.empty(), () -> {}, this::release);
    }

    private void release() throws InterruptedException {
        ReleaseParameter parameter = aws.release(spec.name());
        Optional<String> standing = parameter.read();
        if (ReleaseText.changes(standing, spec).isEmpty()) {
            return;
        }
        // What is changed while they are built is not in them for sure.
        SortedMap<String, String> contents = ReleaseContents.of(spec);
        SortedMap<String, ImageReference> images = publisher.publish(spec, report);
        lease.requireHeld();
        requireBase();
        String value = ReleaseText.of(spec, images, contents);
        if (!standing.equals(Optional.of(value))) {
            parameter.write(value);
            report.tell("release", EventKind.DONE, "instances that boot from now on run " + spec.version());
        }
    }

    /** Building and pushing takes minutes, in which somebody may have removed the stack. */
    private void requireBase() {
        if (aws.base(spec.name()).filter(FormedStack::isUpdatable).isEmpty()) {
            throw new OperationRefusedException(
                    spec.name().text(),
                    "while its images were pushed, somebody removed or changed " + AwsAccess.baseName(spec.name())
                            + ", so nothing more is done; upkeep status says how things stand");
        }
    }

    private FormedStack formServers(Proposal proposal) throws InterruptedException {
        UpdateGate gate = new UpdateGate(aws, outside, spec.version(), report);
        try {
            return execution.run(proposal, aws.follower(report, gate));
        } catch (ResourceFailedException failed) {
            throw gate.refusal()
                    .map(missing -> new ResourceFailedException(
                            "edge",
                            "users did not get " + spec.version()
                                    + " from the new instances, and the change was taken back: " + missing + " ("
                                    + failed.problem() + ")",
                            ""))
                    .orElse(failed);
        }
    }

    /** From its first success on; also if the one before was killed just then. */
    private FormedStack protectedServers() {
        FormedStack formed = aws.standingServers(spec.name())
                .orElseThrow(() -> new OperationRefusedException(spec.name().text(), "nothing of it is there"));
        if (spec.shape() == Shape.HIGHLY_AVAILABLE && !formed.isProtected()) {
            aws.formation().protect(formed.id(), true);
        }
        return formed;
    }

    private void verify(FormedStack formed) throws InterruptedException {
        URI edge = URI.create(formed.output(ServerStack.URL).orElseThrow());
        EdgeQuestion question = new EdgeQuestion(outside, edge, spec.version());
        report.tell("edge", EventKind.STARTED, "asking " + question.asked() + " from outside");
        List<Problem> problems = new ArrayList<>();
        if (!polling.until(OUTSIDE_LIMIT, () -> {
            problems.clear();
            question.problem().ifPresent(problems::add);
            return problems.isEmpty();
        })) {
            report.tell(
                    "edge",
                    EventKind.FAILED,
                    "does not serve " + spec.version() + " after " + OUTSIDE_LIMIT.toMinutes() + " min");
            Problem last = problems.get(0);
            throw new ResourceFailedException("edge", last.message() + "; " + last.next(), "");
        }
        report.tell("edge", EventKind.DONE, "serves " + spec.version());
    }
}
