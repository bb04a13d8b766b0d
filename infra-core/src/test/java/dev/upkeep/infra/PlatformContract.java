package dev.upkeep.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.PlanFileException;
import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.failure.UnknownInstanceException;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogQuery;
import dev.upkeep.infra.logs.LogSource;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
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

/** What every platform promises. A platform runs it by a subclass that opens it. */
@Timeout(180)
public abstract class PlatformContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Files of the test. */
    @TempDir
    protected Path home;

    private final StackName stack = StackName.of("c" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());

    private Platform platform;

    /** Opens the platform; every call gives another object, as in another process, on the same stacks. */
    protected abstract Platform open();

    /** Asserts that nothing is left of any stack. */
    protected abstract void assertNothingIsLeft();

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

    private StackSpec pair(String version) {
        return StackSpec.builder(stack.text(), version)
                .shape(Shape.HIGHLY_AVAILABLE)
                .build();
    }

    private StackStatus apply(StackSpec spec) throws InterruptedException {
        return platform.apply(platform.plan(spec), ProgressListener.none());
    }

    @Test
    void aPlanLeavesNothingBehind() throws InterruptedException {
        assertThat(platform.plan(pair("1.0.6")).changes())
                .extracting(Change::action)
                .containsOnly(Action.CREATE);
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
                .hasSize(2)
                .allMatch(text -> text.endsWith("version 1.0.7 -> 1.0.6"));
        assertThat(platform.plan(pair("1.0.8")).downgrades()).isEmpty();
    }

    @Test
    void anOperationIsFoundAndFollowedByAnotherProcessFromWhereOneLeftOff() throws InterruptedException {
        Operation operation = platform.start(platform.plan(pair("1.0.6")));
        List<ProgressEvent> seen = new ArrayList<>();
        List<ProgressEvent> rest = new ArrayList<>();
        try (Platform other = open()) {
            assertThat(other.current(stack)).contains(operation);
            assertThat(other.latest(stack)).contains(operation);
            assertThat(other.status(stack).state()).isEqualTo(StackState.IN_PROGRESS);
            Plan another = other.plan(pair("1.0.7"));
            assertThatThrownBy(() -> other.start(another))
                    .isInstanceOfSatisfying(
                            StackBusyException.class,
                            busy -> assertThat(busy.holder()).contains(operation));

            assertThat(platform.follow(operation, 0, seen::add)).isEqualTo(Outcome.succeeded());
            assertThat(other.follow(operation, 2, rest::add).ending()).isEqualTo(Outcome.Ending.SUCCEEDED);
            assertThat(other.current(stack)).isEmpty();
            assertThat(other.latest(stack)).contains(operation);
            assertThat(other.events(operation)).isEqualTo(seen).isEqualTo(platform.events(operation));
        }
        assertThat(seen).extracting(ProgressEvent::id).isSorted().doesNotHaveDuplicates();
        assertThat(seen).extracting(ProgressEvent::kind).contains(EventKind.STARTED, EventKind.DONE);
        assertThat(rest).isEqualTo(seen.subList(2, seen.size()));
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
                    .hasMessageContaining("edge was not there, is now");
        }
    }

    @Test
    void aPlanIsRefusedWhenItsFilesWereEdited() throws IOException, InterruptedException {
        Path site = Files.createDirectory(home.resolve("site"));
        Files.writeString(site.resolve("index.html"), "before");
        StackSpec spec =
                StackSpec.builder(stack.text(), "1.0.6").site(site).withoutApp().build();
        Path file = home.resolve("change.plan");
        PlanFile.write(platform.plan(spec), file);
        Files.writeString(site.resolve("index.html"), "edited");

        assertThatThrownBy(() -> platform.start(PlanFile.read(file)))
                .isInstanceOf(StalePlanException.class)
                .hasMessageContaining("the files of the site were changed");
        assertThat(platform.status(stack).state()).isEqualTo(StackState.ABSENT);
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
        Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 99"));

        assertThatThrownBy(() -> PlanFile.read(file))
                .isInstanceOf(PlanFileException.class)
                .hasMessageContaining("its format is 99");
    }

    @Test
    void aDestroyIsAPlanToo() throws InterruptedException {
        assertThat(platform.planDestroy(stack).isEmpty()).isTrue();
        apply(pair("1.0.6"));

        Plan plan = platform.planDestroy(stack);
        assertThat(plan.changes()).extracting(Change::action).containsOnly(Action.DELETE);
        assertThat(plan.changes())
                .extracting(Change::resource)
                .contains("edge")
                .hasSize(1 + platform.instances(stack).size());
        assertThat(platform.apply(plan, ProgressListener.none())).isEqualTo(StackStatus.absent(stack));
    }

    @Test
    void whatIsLoggedIsReadAndFollowed() throws IOException, InterruptedException {
        assertThatThrownBy(() -> platform.logs(stack, LogQuery.last(10), line -> {}))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining("it does not exist, so it has no logs; apply it first");
        URI edge = apply(pair("1.0.6")).edge().orElseThrow();
        ask(edge.resolve("/first"));
        List<String> followed = new ArrayList<>();

        assertThatThrownBy(() -> platform.followLogs(stack, LogQuery.last(10).of(LogSource.WEB), line -> {
                    followed.add(line.text());
                    if (line.text().contains("/first")) {
                        ask(edge.resolve("/second"));
                    } else if (line.text().contains("/second")) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(followed).filteredOn(text -> text.contains("/first")).hasSize(1);
        List<LogLine> lines = logs(LogQuery.last(LogQuery.MOST));
        LogLine last = lines.stream()
                .filter(line -> line.source() == LogSource.WEB && line.text().contains("/second"))
                .findFirst()
                .orElseThrow();
        assertThat(logs(LogQuery.last(1).of(LogSource.WEB).of(last.instance().orElseThrow())))
                .containsExactly(last);
        assertThat(logs(LogQuery.last(10).since(last.at().orElseThrow().plusSeconds(3600))))
                .isEmpty();
        assertThat(logs(LogQuery.last(0))).isEmpty();
        assertThat(logs(LogQuery.last(10).of(LogSource.APP)))
                .extracting(LogLine::text)
                .isNotEmpty()
                .allMatch(text -> text.startsWith("version 1.0.6 listens on port "));
        assertThatThrownBy(() -> logs(LogQuery.last(1).of(InstanceId.of("i99"))))
                .isInstanceOf(UnknownInstanceException.class);
    }

    private List<LogLine> logs(LogQuery query) throws InterruptedException {
        List<LogLine> lines = new ArrayList<>();
        platform.logs(stack, query, lines::add);
        return lines;
    }

    private static void ask(URI page) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            assertThat(connection.getResponseCode()).isPositive();
            connection.disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void preflightSaysWhatItLookedAtAndChangesNothing() throws InterruptedException {
        assertThat(platform.preflight(pair("1.0.6")))
                .isNotEmpty()
                .extracting(Finding::grade)
                .containsOnly(Finding.Grade.OK);
        StackSpec bad = StackSpec.builder(stack.text(), "1.0.6")
                .site(home.resolve("nowhere"))
                .build();
        assertThat(platform.preflight(bad))
                .filteredOn(finding -> finding.grade() == Finding.Grade.PROBLEM)
                .extracting(Finding::pointer)
                .containsExactly("/site");
        assertNothingIsLeft();
    }
}
