package dev.upkeep.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.cli.terminal.Palette;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Basis;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.StackName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackTextTest {

    @Test
    void aPlanWithoutChangesStillSaysWhatElseShouldBeKnown() {
        Instant now = Instant.parse("2026-11-27T10:00:00Z");
        Plan plan = new Plan(
                        StackName.of("shop"),
                        "aws",
                        Optional.empty(),
                        now,
                        now.plus(Plan.LIFETIME),
                        Basis.of(Map.of()),
                        List.of())
                .noting(List.of("a newer machine image is there"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new StackText(Palette.PLAIN).plan(plan, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("stack shop: nothing to change", "  a newer machine image is there");
    }

    @Test
    void whatAStatusSaysInSentencesIsBrokenWhereTheTerminalEnds() {
        Problem problem = new Problem(
                "i-0123456789abcdef0",
                "the load balancer says unhealthy: Target.ResponseCodeMismatch",
                "upkeep logs i-0123456789abcdef0 app shows what it printed");
        StackStatus status = new StackStatus(
                StackName.of("shop"),
                StackState.DEGRADED,
                Serving.DEGRADED,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(problem));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new StackText(Palette.PLAIN, 60).status(status, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSizeGreaterThan(3)
                .allMatch(line -> line.length() <= 60)
                .anyMatch(line -> line.startsWith("  problem  i-0123456789abcdef0"))
                .anyMatch(line -> line.matches(" {11}\\S.*"));
    }
}
