package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.ResourceStep;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.plan.Replacement;
import dev.upkeep.infra.spec.AppPermissions;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What else to know about a plan: how long it takes, whether the free plan allows it, and what is open to whom. */
final class PlanNotes {

    /** Of the parts that are waited for; all others are made within seconds. Usual times, which AWS does not promise. */
    private static final Map<String, Duration> USUAL = Map.of(
            Costs.GROUP_TYPE,
            Duration.ofMinutes(5),
            Costs.BALANCER_TYPE,
            Duration.ofMinutes(3),
            Costs.NAT_TYPE,
            Duration.ofMinutes(2),
            "AWS::CertificateManager::Certificate",
            Duration.ofMinutes(3),
            "AWS::EC2::InstanceConnectEndpoint",
            Duration.ofMinutes(3));

    /** Network, roles, and what else goes quickly. */
    private static final Duration REST = Duration.ofMinutes(2);

    private static final String DAYS = "[0-9]{1,4}";

    private static final Pattern POWERFUL_POLICY =
            Pattern.compile("arn:aws[a-z-]*:iam::aws:policy/(?:AdministratorAccess|IAMFullAccess|PowerUserAccess)");

    private static final Pattern POWERFUL_ACTION =
            Pattern.compile("iam:(?:[*]|(?:Attach|Create|Put|Update|Pass)[A-Za-z]*[*]?)", Pattern.CASE_INSENSITIVE);

    private final StackSpec spec;
    private final AwsSettings aws;
    private final String region;
    private final Costs costs;
    private final Supplier<FreePlan> freePlan;

    PlanNotes(StackSpec spec, String region, Costs costs, Supplier<FreePlan> freePlan) {
        this.spec = spec;
        this.costs = costs;
        this.region = region;
        this.freePlan = freePlan;
        this.aws = AwsSettings.of(spec);
    }

    /** In one sentence each. */
    List<String> about(List<ResourceStep> steps) {
        List<String> notes = new ArrayList<>();
        notes.add("in the region " + region);
        if (!steps.isEmpty()) {
            notes.add(duration(steps));
            unknownPrice(steps).ifPresent(notes::add);
            lostLogs(steps).ifPresent(notes::add);
            notes.add(freePlan.get().verdict(ServerStack.type(spec)));
            openness().ifPresent(notes::add);
            power().ifPresent(notes::add);
            notes.add("what instances keep on their disks is lost when they are replaced: keep data elsewhere");
        }
        return notes;
    }

    /** CloudWatch removes at once what is older. */
    private static Optional<String> lostLogs(List<ResourceStep> steps) {
        return steps.stream()
                .filter(step -> step.type().equals(BaseStack.LOG_GROUP))
                .flatMap(step -> step.fields().stream())
                .filter(field -> field.field().equals("RetentionInDays") && isLess(field.to(), field.from()))
                .findFirst()
                .map(field -> "logs that are older than " + field.to() + " days are deleted; until now "
                        + (field.from().isEmpty()
                                ? "the stack does not limit how long they are kept"
                                : "they are kept for " + field.from() + " days"));
    }

    private static boolean isLess(String days, String before) {
        return days.matches(DAYS)
                && (before.isEmpty() || (before.matches(DAYS) && Integer.parseInt(days) < Integer.parseInt(before)));
    }

    private static String duration(List<ResourceStep> steps) {
        List<ResourceStep> slow = steps.stream()
                .filter(PlanNotes::isMade)
                .filter(step -> USUAL.containsKey(step.type()))
                .sorted(Comparator.comparing((ResourceStep step) -> usual(step)).reversed())
                .toList();
        if (slow.isEmpty()) {
            return "takes a minute or two";
        }
        // Load balancer, gateways and certificate are made side by side; the group waits for them.
        long minutes = REST.plus(usual(slow.get(0)))
                .plus(slow.stream().skip(1).findFirst().map(PlanNotes::usual).orElse(Duration.ZERO))
                .toMinutes();
        return "takes about " + minutes + " min; the slowest part is "
                + slow.get(0).name();
    }

    private static boolean isMade(ResourceStep step) {
        return step.kind() == ResourceStep.Kind.ADD || step.replacement() != Replacement.NEVER;
    }

    /** How long an old group and a new one stand side by side. */
    static Duration newGroup() {
        return USUAL.getOrDefault(Costs.GROUP_TYPE, Duration.ZERO).plusMinutes(Planning.MONITORED_MINUTES);
    }

    private static Duration usual(ResourceStep step) {
        return USUAL.getOrDefault(step.type(), Duration.ZERO);
    }

    private Optional<String> openness() {
        List<String> open = new ArrayList<>();
        if (spec.domain().isEmpty()) {
            open.add("users come over plain HTTP, as there is no domain");
        }
        aws.access().sshFrom().ifPresent(from -> open.add("SSH is open to " + from));
        if (spec.shape() == Shape.SINGLE) {
            open.add("the instance itself faces the internet, on ports 80 and 443");
        }
        return open.isEmpty() ? Optional.empty() : Optional.of("security: " + String.join("; ", open));
    }

    private Optional<String> unknownPrice(List<ResourceStep> steps) {
        return costs.unknownType(steps)
                .map(type ->
                        "no price is known here for a " + type + " in " + region + ", so the sum lacks the instances");
    }

    /** Whoever may change permissions may give themselves all. */
    private Optional<String> power() {
        List<String> powerful = new ArrayList<>();
        spec.permissions().policies().stream()
                .map(AppPermissions.Policy::arn)
                .filter(arn -> POWERFUL_POLICY.matcher(arn).matches())
                .forEach(powerful::add);
        spec.permissions().statements().stream()
                .flatMap(statement -> statement.actions().stream())
                .filter(action -> POWERFUL_ACTION.matcher(action).matches())
                .forEach(powerful::add);
        return powerful.isEmpty()
                ? Optional.empty()
                : Optional.of("security: app.permissions let the application give itself any permission: "
                        + String.join(", ", powerful));
    }
}
