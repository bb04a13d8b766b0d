package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One statement of the policy for operators. Immutable.
 *
 * @param purpose its name
 * @param actions by their whole names, in order
 * @param resources ARNs, with stars
 * @param conditions when it holds: values by their condition keys, by the operators of IAM that compare them
 */
record OperatorStatement(
        String purpose,
        List<String> actions,
        List<String> resources,
        Map<String, Map<String, List<String>>> conditions) {

    private static final String ANYTHING = "*";

    /** What holds also where nothing is said. */
    static final String FOR_ALL = "ForAllValues:";

    /** What is said in fewer words without allowing anything of another kind. */
    private static final List<Pattern> SHORT = Stream.of(
                    "acm:*Tags*",
                    "cloudformation:*Resource",
                    "cloudformation:*Update*",
                    "cloudwatch:*Alarm*",
                    "cloudwatch:*Resource",
                    "ecr:*Resource",
                    "logs:*Resource",
                    "sns:*Resource",
                    "sns:*Topic*",
                    "autoscaling:*LoadBalancerTargetGroups",
                    "autoscaling:*Processes",
                    "cloudformation:*ChangeSet*",
                    "ec2:AuthorizeSecurityGroup*",
                    "ec2:*InstanceConnectEndpoint",
                    "ec2:*LaunchTemplate*",
                    "ec2:*RouteTable",
                    "ec2:*VpcEndpoint*",
                    "ec2:ReplaceRoute*",
                    "ec2:RevokeSecurityGroup*",
                    "ec2:UpdateSecurityGroupRuleDescriptions*",
                    "ecr:*Layer*",
                    "elasticloadbalancing:*Tags",
                    "elasticloadbalancing:*Targets",
                    "iam:*InstanceProfile",
                    "iam:GetRole*",
                    "iam:List*RolePolicies",
                    "iam:UpdateRole*")
            .map(glob -> Pattern.compile(glob.replace("*", ".*")))
            .toList();

    /** A service and what it is to do. */
    private static final Pattern VERB = Pattern.compile("([a-z0-9]+:[A-Z][a-z]+).*");

    /** Is shortened by its verb wherever it is; what writes only where named resources or their tag limit what it may be done to, or nothing can. */
    private static final Pattern READING = Pattern.compile("\\w+:(Describe|List)");

    static OperatorStatement of(String purpose, Collection<String> actions, String... resources) {
        return new OperatorStatement(purpose, List.copyOf(new TreeSet<>(actions)), Arrays.asList(resources), Map.of());
    }

    OperatorStatement with(Collection<String> more) {
        NavigableSet<String> all = new TreeSet<>(actions);
        all.addAll(more);
        return new OperatorStatement(purpose, List.copyOf(all), resources, conditions);
    }

    /** Holds only if what a condition key says is one of some values, as an operator of IAM compares them. */
    OperatorStatement onlyIf(String operator, String key, List<String> values) {
        Map<String, Map<String, List<String>>> more = new TreeMap<>(conditions);
        Map<String, List<String>> compared = new TreeMap<>(more.getOrDefault(operator, Map.of()));
        compared.put(key, values);
        more.put(operator, compared);
        return new OperatorStatement(purpose, actions, resources, more);
    }

    OperatorStatement onlyIfEquals(String key, List<String> values) {
        return onlyIf("StringEquals", key, values);
    }

    /** As IAM takes it, with actions of one kind put together by a star, since the length of a policy is limited. */
    Fields fields() {
        Fields statement = IamPolicy.allow(purpose, Value.texts(shortened()), values(resources));
        if (conditions.isEmpty()) {
            return statement;
        }
        Fields condition = Fields.none();
        for (var operator : conditions.entrySet()) {
            Fields keys = Fields.none();
            for (var key : operator.getValue().entrySet()) {
                keys = keys.with(key.getKey(), values(key.getValue()));
            }
            condition = condition.with(operator.getKey(), keys);
        }
        return statement.with("Condition", condition);
    }

    private static Value values(List<String> values) {
        return values.size() == 1 ? Value.of(values.get(0)) : Value.texts(values);
    }

    private List<String> shortened() {
        return List.copyOf(actions.stream()
                .map(action -> globs(action)
                        .filter(glob -> glob.matcher(action).matches() && isWorthwhile(glob))
                        .findFirst()
                        .map(glob -> glob.pattern().replace(".*", ANYTHING))
                        .orElse(action))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Where all that is meant only reads, a pattern for a thing would allow to write it, too. */
    private Stream<Pattern> globs(String action) {
        return Stream.concat(SHORT.stream().filter(this::writesAnyway), byVerb(action));
    }

    private boolean writesAnyway(Pattern glob) {
        return actions.stream()
                .filter(glob.asMatchPredicate())
                .anyMatch(action -> !READING.matcher(action).lookingAt());
    }

    private boolean isWorthwhile(Pattern glob) {
        return actions.stream().filter(glob.asMatchPredicate()).count() > 1;
    }

    private Stream<Pattern> byVerb(String action) {
        Matcher parts = VERB.matcher(action);
        if (!parts.matches() || action.startsWith("iam:")) {
            return Stream.empty();
        }
        String verb = parts.group(1);
        boolean isLimited = !resources.contains(ANYTHING)
                || verb.startsWith("elasticloadbalancing:")
                || conditions.values().stream().anyMatch(keys -> keys.containsKey(OperatorPolicy.TAGGED));
        return isLimited || READING.matcher(verb).matches() ? Stream.of(Pattern.compile(verb + ".*")) : Stream.empty();
    }

    /** The same for whoever asks whether it is allowed: for each value of a condition, since a call carries one. */
    List<OperatorPermission> permissions() {
        List<Map<String, String>> contexts = new ArrayList<>(List.of(Map.of()));
        conditions.forEach((operator, keys) -> keys.forEach((key, values) -> {
            if (operator.startsWith(FOR_ALL)) {
                return;
            }
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> context : contexts) {
                for (String value : values) {
                    Map<String, String> one = new HashMap<>(context);
                    one.put(key, value);
                    longer.add(one);
                }
            }
            contexts.clear();
            contexts.addAll(longer);
        }));
        return contexts.stream()
                .map(context -> new OperatorPermission(actions, resources, context))
                .toList();
    }
}
