package dev.upkeep.cli.heal;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.upkeep.cli.Run;
import dev.upkeep.cli.output.JsonText;
import dev.upkeep.remediation.audit.AuditEntry;
import dev.upkeep.remediation.diagnosis.Cause;
import dev.upkeep.remediation.diagnosis.Diagnosis;
import dev.upkeep.remediation.guard.Refusal;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.outside.Condition;
import dev.upkeep.remediation.outside.Sight;
import dev.upkeep.remediation.remedy.Remedy;
import dev.upkeep.remediation.service.Service;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.ShellFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of each outcome, for people and as JSON. */
class HealTextTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:15:30.123Z");
    private static final Sight DOWN = new Sight(Condition.DOWN, "DOWN: the connection was refused");
    private static final Sight UP = new Sight(Condition.SERVES, "UP 1.0.6");
    private static final Service NGINX = new Service.Unit("nginx.service");
    private static final Remedy START =
            new Remedy(Remedy.Kind.START, NGINX, List.of(CommandLine.of("systemctl", "start", "nginx.service")));
    private static final List<AuditEntry> AUDIT = List.of(new AuditEntry(
            NOW,
            "ann@laptop",
            "www1",
            "start unit nginx.service",
            START.commands().get(0),
            "exit code 0",
            "",
            Duration.ofMillis(20)));

    private static Diagnosis diagnosis(Cause cause) {
        return new Diagnosis(cause, Optional.of(NGINX), "it does not run", "see its log", List.of("a line"));
    }

    private static Refusal refusal(Refusal.Kind kind) {
        return new Refusal(kind, Optional.of(NOW), "it was repaired 60 s ago");
    }

    private static List<Outcome> outcomes() {
        Diagnosis stopped = diagnosis(Cause.STOPPED);
        List<Outcome> all = new ArrayList<>(List.of(
                new Outcome.NotNeeded(UP),
                new Outcome.NotTouched(new Sight(Condition.OTHER, "STALE: it serves 1.0.5")),
                new Outcome.Healed(UP, stopped, List.of(START), Duration.ofSeconds(12), AUDIT),
                new Outcome.Healed(UP, stopped, List.of(), Duration.ofSeconds(12), AUDIT),
                new Outcome.NotHealed(DOWN, stopped, List.of(START), "exit code 1: no", AUDIT),
                new Outcome.NotHealed(DOWN, stopped, List.of(), "", AUDIT),
                new Outcome.Rehearsed(DOWN, stopped, Optional.of(START), Optional.empty(), AUDIT),
                new Outcome.Rehearsed(
                        DOWN, stopped, Optional.empty(), Optional.of(refusal(Refusal.Kind.MAINTENANCE)), AUDIT)));
        Stream.of(Cause.values())
                .map(cause -> new Outcome.NotHealed(DOWN, diagnosis(cause), List.of(), "", AUDIT))
                .forEach(all::add);
        Stream.of(Refusal.Kind.values())
                .map(kind -> new Outcome.Refused(DOWN, stopped, refusal(kind), AUDIT))
                .forEach(all::add);
        Stream.of(ShellFailure.values())
                .map(failure -> new Outcome.OutOfReach(DOWN, failure, "Tried to reach www1: no", List.of(START), AUDIT))
                .forEach(all::add);
        return all;
    }

    @Test
    void everyOutcomeFitsTheSchema() {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Run.in(Path.of(""), "schema", "heal").out(), InputFormat.JSON);
        List<Visited> visits =
                outcomes().stream().map(outcome -> new Visited("i1", outcome)).toList();

        String json = JsonText.document(writer -> HealJson.write("stack shop", visits, 2, writer));

        assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
    }

    private static List<String> told(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        Story.tell("www1", outcome, lines::add);
        return lines;
    }

    @Test
    void whatWasStartedAndServesSomethingElseIsNotToldAsDown() {
        Sight stale = new Sight(Condition.OTHER, "STALE: it serves 1.0.5");

        assertThat(told(new Outcome.NotHealed(stale, diagnosis(Cause.STOPPED), List.of(START), "", AUDIT)))
                .containsExactly(
                        "www1 answers again, by: start unit nginx.service; but STALE: it serves 1.0.5, which no"
                                + " restart mends");
    }

    @Test
    void everyOutcomeIsToldWithWhatToDo() {
        outcomes().forEach(outcome -> assertThat(told(outcome)).isNotEmpty());
        assertThat(Arrays.asList(
                        told(outcomes().get(2)).get(0),
                        told(outcomes().get(3)).get(0),
                        told(outcomes().get(1)).get(0)))
                .containsExactly(
                        "www1 is healed after 12.0 s, by: start unit nginx.service; UP 1.0.6",
                        "www1 is healed after 12.0 s, by itself; UP 1.0.6",
                        "www1 was not touched, since no restart mends that: STALE: it serves 1.0.5");
        assertThat(told(outcomes().get(4)))
                .containsExactly(
                        "www1 is not healed: it does not run",
                        "  tried         start unit nginx.service",
                        "  went wrong    exit code 1: no",
                        "  what to do    see its log",
                        "  from outside  DOWN: the connection was refused");
        assertThat(told(new Outcome.Refused(
                        DOWN, diagnosis(Cause.STOPPED), refusal(Refusal.Kind.REPAIRS_DO_NOT_HELP), AUDIT)))
                .first()
                .asString()
                .endsWith("somebody has to look. After mending it, upkeep heal --reset lets repairs begin again");
    }
}
