package dev.upkeep.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.cli.terminal.Palette;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.drift.DriftedResource;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Basis;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Estimate;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.plan.Money;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.StackName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
                0,
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

    private static Plan plan(Change... changes) {
        Instant now = Instant.parse("2026-11-27T10:00:00Z");
        return new Plan(
                StackName.of("shop"),
                "aws",
                Optional.empty(),
                now,
                now.plus(Plan.LIFETIME),
                Basis.of(Map.of()),
                List.of(changes));
    }

    private static Change change(String resource, Action action, String sentence, FieldChange... fields) {
        return new Change(
                resource,
                action,
                List.of(fields),
                "AWS::Some::Resource",
                Replacement.NEVER,
                Impact.none(sentence),
                Optional.empty());
    }

    private static Money dollars(String amount) {
        return new Money(new BigDecimal(amount), Currency.getInstance("USD"));
    }

    private static List<String> lines(Consumer<PrintStream> text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.accept(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void oneFieldThatIsTooLongIsOneField() {
        String arn = "arn:aws:iam::123456789012:role/one-with-quite-a-long-name";
        Plan plan = plan(change("LaunchTemplate", Action.UPDATE, "", new FieldChange("role", arn, arn + "-other")));

        assertThat(lines(out -> new StackText(Palette.PLAIN).plan(plan, out)))
                .containsExactly(
                        "stack shop: 1 change",
                        "  ~  LaunchTemplate  update  1 field  AWS::Some::Resource",
                        "       role " + arn + " -> " + arn + "-other");
    }

    @Test
    void fieldsThatWouldMakeALineTooLongStandBelowIt() {
        String arn = "arn:aws:iam::123456789012:role/one";
        Plan plan = plan(
                change("Group", Action.UPDATE, "", new FieldChange("most instances", "2", "4")),
                change(
                        "LaunchTemplate",
                        Action.UPDATE,
                        "",
                        new FieldChange("instance type", "t3.micro", "t3.small"),
                        new FieldChange("role", arn, arn + "-other"),
                        new FieldChange("old", "x", "")));

        assertThat(lines(out -> new StackText(Palette.PLAIN).plan(plan, out)))
                .containsExactly(
                        "stack shop: 2 changes",
                        "  ~  Group           update  most instances 2 -> 4  AWS::Some::Resource",
                        "  ~  LaunchTemplate  update  3 fields               AWS::Some::Resource",
                        "       instance type t3.micro -> t3.small",
                        "       role " + arn + " -> " + arn + "-other",
                        "       old x -> none");
    }

    @Test
    void whatAReplacementMeansIsSaidEvenIfUsersNoticeNothing() {
        assertThat(lines(out -> new StackText(Palette.PLAIN)
                        .plan(plan(change("Group", Action.REPLACE, "disks are lost")), out)))
                .contains("  replaced  Group: disks are lost");
    }

    @Test
    void costsOfWhatStandsAreSaidBeforeAndAfter() {
        Plan plan = plan(change("Group", Action.UPDATE, ""));
        Estimate more = new Estimate(dollars("51.05"), dollars("67.69"));
        Estimate same = new Estimate(dollars("51.05"), dollars("51.05"));

        assertThat(lines(out -> new StackText(Palette.PLAIN).plan(plan.costing(Optional.of(more)), out)))
                .contains(
                        "  costs about 51.05 -> 67.69 USD a month, 16.64 more, by the public prices of November 2026, without"
                                + " traffic and credits");
        assertThat(lines(out -> new StackText(Palette.PLAIN).plan(plan.costing(Optional.of(same)), out)))
                .contains(
                        "  costs about 51.05 USD a month, as before, by the public prices of November 2026, without traffic"
                                + " and credits");
    }

    @Test
    void whatWasChangedByHandIsShownWithWhatWasExpected() {
        Drift drift = new Drift(
                List.of(
                        new DriftedResource(
                                "Vpc",
                                DriftedResource.Kind.MODIFIED,
                                List.of(new FieldChange("EnableDnsHostnames", "true", "")),
                                "an apply leaves it"),
                        new DriftedResource("Logs", DriftedResource.Kind.DELETED, List.of(), "make it again")),
                24,
                List.of("Record (AWS::Route53::RecordSet)"),
                List.of("not all could be compared"),
                List.of("it was looked at"));

        assertThat(lines(out -> new StackText(Palette.PLAIN).drift(drift, out)))
                .containsExactly(
                        "changed by hand: 2 of 24 resources that were compared, 1 unchecked",
                        "  failed  not all could be compared",
                        "  modified  Vpc: an apply leaves it",
                        "       EnableDnsHostnames: expected true, found none",
                        "  deleted  Logs: make it again",
                        "  unchecked  Record (AWS::Route53::RecordSet)",
                        "  it was looked at");
        List<String> many = Collections.nCopies(4, "Subnet (AWS::EC2::SubnetRouteTableAssociation)");
        assertThat(lines(out ->
                        new StackText(Palette.PLAIN).drift(new Drift(List.of(), 1, many, List.of(), List.of()), out)))
                .as("broken between resources")
                .containsExactly(
                        "changed by hand: 0 of 1 resource that was compared, 4 unchecked",
                        "  unchecked  " + many.get(0) + ",",
                        "             " + many.get(0) + ",",
                        "             " + many.get(0) + ",",
                        "             " + many.get(0));
        assertThat(lines(out -> new StackText(Palette.PLAIN).drift(Drift.none("looked"), out)))
                .containsExactly("changed by hand: nothing was compared", "  looked");
    }
}
