package dev.upkeep.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.PlanFileException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.PlanFile;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.progress.ProgressListener;
import dev.upkeep.infra.progress.StackBusyException;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every platform promises. A platform runs it by a subclass that opens it; one whose servers really run where the test does runs {@link
 * RunningPlatformContract}.
 */
@Timeout(180)
public abstract class PlatformContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Files of the test. */
    @TempDir
    protected Path home;

    /** The stack of the test. */
    protected final StackName stack =
            StackName.of("c" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());

    /** The platform of the test. */
    protected Platform platform;

    /** Opens the platform; every call gives another object, as in another process, on the same stacks. */
    protected abstract Platform open();

    /** Asserts that nothing is left of any stack. */
    protected abstract void assertNothingIsLeft();

    /** Says where a stack is to stand, unless it is this machine. */
    protected abstract StackSpecBuilder placed(StackSpecBuilder spec);

    /** What a plan to remove a stack names, in any order. */
    protected abstract List<String> resources(StackStatus standing);

    /** Holds up the next operation before its end, so that others can meet it. */
    protected abstract void holdUp();

    /** Lets the operation go on. */
    protected abstract void goOn();

    @BeforeEach
    final void openPlatform() {
        platform = open();
    }

    @AfterEach
    final void destroyStack() throws InterruptedException {
        platform.destroy(stack, ProgressListener.none());
        assertThat(platform.status(stack).state()).isEqualTo(StackState.ABSENT);
        platform.close();
        assertNothingIsLeft();
    }

    /** Two instances. */
    protected final StackSpec pair(String version) {
        return placed(builder(version)).build();
    }

    private StackSpecBuilder builder(String version) {
        return StackSpec.builder(stack.text(), version).shape(Shape.HIGHLY_AVAILABLE);
    }

    /** Brings the stack to a spec. */
    protected final StackStatus apply(StackSpec spec) throws InterruptedException {
        return platform.apply(platform.plan(spec), ProgressListener.none());
    }

    @Test
    void aPlanLeavesNothingBehind() throws InterruptedException {
        Plan plan = platform.plan(pair("1.0.6"));
        platform.discard(plan);

        assertThat(plan.changes()).extracting(Change::action).containsOnly(Action.CREATE);
        assertThat(platform.status(stack)).isEqualTo(StackStatus.absent(stack));
        assertNothingIsLeft();
    }

    @Test
    void aSecondApplyChangesNothing() throws InterruptedException {
        StackStatus status = apply(pair("1.0.6"));

        assertThat(status.state()).isEqualTo(StackState.RUNNING);
        assertThat(status.serving()).isEqualTo(Serving.UP);
        assertThat(status.outputs()).isNotEmpty();
        assertThat(status.deployed()).map(Release::version).contains("1.0.6");
        assertThat(platform.plan(pair("1.0.6")).changes()).isEmpty();
        assertThat(apply(pair("1.0.6")).instances()).isEqualTo(status.instances());
    }

    @Test
    void theVersionThatWasDecreasedIsSeenInThePlan() throws InterruptedException {
        apply(pair("1.0.7"));

        assertThat(platform.plan(pair("1.0.6")).downgrades())
                .isNotEmpty()
                .allMatch(text -> text.endsWith("version 1.0.7 -> 1.0.6"));
        assertThat(platform.plan(pair("1.0.8")).downgrades()).isEmpty();
    }

    @Test
    void anOperationIsFoundAndWaitedForByAnotherProcessWhichMayNotChangeTheStackMeanwhile()
            throws InterruptedException {
        holdUp();
        Operation operation = platform.start(platform.plan(pair("1.0.6")));
        List<ProgressEvent> seen = new ArrayList<>();
        try (Platform other = open()) {
            Operation found = other.current(stack).orElseThrow();
            assertThat(found.kind()).isEqualTo(Operation.Kind.APPLY);
            assertThat(other.status(stack).state()).isEqualTo(StackState.IN_PROGRESS);
            Plan removal = other.planDestroy(stack);
            assertThatThrownBy(() -> other.start(removal))
                    .isInstanceOfSatisfying(
                            StackBusyException.class,
                            busy -> assertThat(busy.holder()).isPresent());
            goOn();
            other.follow(found, 0, ProgressListener.none());

            assertThat(platform.follow(operation, 0, seen::add)).isEqualTo(Outcome.succeeded());
            assertThat(other.current(stack)).isEmpty();
            assertThat(other.latest(stack)).map(Operation::kind).contains(Operation.Kind.APPLY);
            assertThat(other.status(stack).state()).isEqualTo(StackState.RUNNING);
        }
        assertThat(seen).extracting(ProgressEvent::id).isSorted().doesNotHaveDuplicates();
        assertThat(seen).extracting(ProgressEvent::kind).contains(EventKind.STARTED, EventKind.DONE);
        assertThat(platform.events(operation)).isEqualTo(seen);
    }

    @Test
    void anOperationThatIsStoppedIsSaidAndFinishedByTheNext() throws InterruptedException {
        Operation operation = platform.start(platform.plan(pair("1.0.6")));
        platform.stop(operation);

        if (!platform.goesOnAlone(operation)) {
            assertThat(platform.follow(operation, 0, ProgressListener.none())).isEqualTo(Outcome.stopped());
            assertThat(platform.status(stack).state()).isIn(StackState.INTERRUPTED, StackState.ABSENT);
        }
        assertThat(apply(pair("1.0.6")).state()).isEqualTo(StackState.RUNNING);
        assertThat(platform.plan(pair("1.0.6")).isEmpty()).isTrue();
    }

    @Test
    void aSavedPlanIsAppliedByAnotherProcess() throws InterruptedException {
        Path file = home.resolve("change.plan");
        PlanFile.write(platform.plan(pair("1.0.6")), file);

        try (Platform other = open()) {
            Plan read = PlanFile.read(file);
            assertThat(read).isEqualTo(PlanFile.read(file));
            assertThat(other.apply(read, ProgressListener.none()).instances())
                    .extracting(Instance::version)
                    .containsOnly("1.0.6");
            assertThatThrownBy(() -> other.start(read))
                    .isInstanceOf(StalePlanException.class)
                    .hasMessageContaining(" was not there, is now ");
        }
    }

    @Test
    void aPlanIsRefusedWhenItsFilesWereEdited() throws IOException, InterruptedException {
        Path site = Files.createDirectory(home.resolve("site"));
        Files.writeString(site.resolve("index.html"), "before");
        StackSpec spec = placed(builder("1.0.6")).site(site).withoutApp().build();
        Path file = home.resolve("change.plan");
        PlanFile.write(platform.plan(spec), file);
        Files.writeString(site.resolve("index.html"), "edited");

        assertThatThrownBy(() -> platform.start(PlanFile.read(file)))
                .isInstanceOf(StalePlanException.class)
                .hasMessageMatching("(?s).*the files of (the site|its images) were changed.*");
        assertThat(platform.status(stack).state()).isIn(StackState.ABSENT, StackState.PLANNED);
    }

    @Test
    void aPlanThatExpiredIsRefused() throws InterruptedException {
        Plan plan = platform.plan(pair("1.0.6"));
        Plan old = new Plan(
                plan.stack(),
                plan.platform(),
                plan.goal(),
                plan.created().minus(Plan.LIFETIME.multipliedBy(2)),
                plan.expires().minus(Plan.LIFETIME.multipliedBy(2)),
                plan.basis(),
                plan.changes());

        assertThatThrownBy(() -> platform.start(old))
                .isInstanceOf(StalePlanException.class)
                .hasMessageContaining("it expired at");
    }

    @Test
    void aPlanFileOfAnotherFormatIsRefused() throws IOException, InterruptedException {
        Path file = home.resolve("change.plan");
        PlanFile.write(platform.plan(pair("1.0.6")), file);
        Files.writeString(file, Files.readString(file).replaceFirst("\"format\" : [0-9]+", "\"format\" : 99"));

        assertThatThrownBy(() -> PlanFile.read(file))
                .isInstanceOf(PlanFileException.class)
                .hasMessageContaining("its format is 99");
    }

    @Test
    void aDestroyIsAPlanToo() throws InterruptedException {
        assertThat(platform.planDestroy(stack).isEmpty()).isTrue();
        StackStatus standing = apply(pair("1.0.6"));

        Plan plan = platform.planDestroy(stack);
        assertThat(plan.changes()).extracting(Change::action).containsOnly(Action.DELETE);
        assertThat(plan.changes())
                .extracting(Change::resource)
                .containsExactlyInAnyOrderElementsOf(resources(standing));
        assertThat(platform.apply(plan, ProgressListener.none())).isEqualTo(StackStatus.absent(stack));
    }

    @Test
    void aStackThatIsNotThereHasNoLogs() {
        assertThatThrownBy(() -> platform.logs(stack, LogQuery.last(10), line -> {}))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining("it does not exist, so it has no logs; apply it first");
    }

    @Test
    void preflightSaysWhatItLookedAtAndChangesNothing() throws InterruptedException {
        assertThat(platform.preflight(pair("1.0.6")))
                .isNotEmpty()
                .extracting(Finding::grade)
                .doesNotContain(Finding.Grade.PROBLEM);
        StackSpec bad = placed(builder("1.0.6")).site(home.resolve("nowhere")).build();
        assertThat(platform.preflight(bad))
                .filteredOn(finding -> finding.grade() == Finding.Grade.PROBLEM)
                .extracting(Finding::pointer)
                .containsExactly("/site");
        assertNothingIsLeft();
    }
}
