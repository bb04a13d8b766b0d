package dev.upkeep.infra.aws.account;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.stack.OperatorPermission;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.preflight.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether whoever asks may do what a stack needs, as far as IAM's own
 * <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html">simulation</a> tells. It does not know the
 * policy of a session, those of resources, and the conditions in policies of an organization.
 */
public final class PermissionCheck {

    private static final String NO_SUCH_ROLE = "NoSuchEntity";

    /** Enough to see what is meant. */
    private static final int MOST_NAMED = 8;

    private static final Pattern GLOBAL = Pattern.compile("(iam|route53):.*");

    /** What stands in an ARN for what nobody knows beforehand. */
    private static final String UNKNOWN = "upkeep";

    private static final int REGION = 3;
    private static final int ACCOUNT = 4;
    private static final int PARTS = 6;

    private final AwsSession session;
    private final String arn;
    private final String account;

    /**
     * A check.
     *
     * @param session with the credentials that it is about
     * @param arn whose they are, as STS says it
     * @param account the number of the account
     */
    public PermissionCheck(AwsSession session, String arn, String account) {
        this.session = session;
        this.arn = arn;
        this.account = account;
    }

    /**
     * Simulates.
     *
     * @param needed what has to be allowed
     * @return at least one finding; what IAM does not tell is unchecked, and no failure
     */
    public List<Finding> findings(List<OperatorPermission> needed) {
        try (Simulator simulator = new Simulator(session)) {
            Caller caller = Caller.of(arn);
            if (caller instanceof Caller.User user) {
                return simulated(simulator, user.arn(), needed);
            }
            if (caller instanceof Caller.Session role) {
                return ofRole(simulator, role, needed);
            }
            return List.of(
                    caller instanceof Caller.Root
                            ? Finding.note(
                                    "these are credentials of the root user, whom no policy of the account limits",
                                    "use a user or a role that may do what upkeep policy prints")
                            : unchecked("IAM simulates users and roles only", "upkeep policy prints what it needs"));
        } catch (AwsException e) {
            return List.of(unchecked(String.valueOf(e.getMessage()), "upkeep policy prints what it needs"));
        }
    }

    private Finding unchecked(String why, String next) {
        return Finding.unknown("whether " + arn + " may do what this stack needs (" + why + ")", next);
    }

    private List<Finding> ofRole(Simulator simulator, Caller.Session caller, List<OperatorPermission> needed) {
        var known = simulator.role(caller.role());
        Finding unnamed = unchecked(
                "IAM simulates a role by its ARN, which has a path that only iam:GetRole tells",
                "allow iam:GetRole on the role " + caller.role() + " to it, or compare with upkeep policy");
        if (known.isEmpty() && caller.hasPath()) {
            return List.of(unnamed);
        }
        try {
            return simulated(simulator, known.orElseGet(caller::arnWithoutPath), needed);
        } catch (AwsException e) {
            if (e.code().equals(NO_SUCH_ROLE)) {
                return List.of(unnamed);
            }
            throw e;
        }
    }

    private List<Finding> simulated(Simulator simulator, String entity, List<OperatorPermission> needed) {
        Map<String, Decision> decisions = new TreeMap<>();
        for (OperatorPermission permission : merged(needed)) {
            for (Decision decision : simulator.simulate(entity, permission)) {
                decisions.merge(
                        decision.action(),
                        decision,
                        (one, other) -> one.cause() == Decision.Cause.ALLOWED ? other : one);
            }
        }
        Map<String, List<Decision>> byCause = decisions.values().stream()
                .filter(decision -> decision.cause() != Decision.Cause.ALLOWED)
                .collect(Collectors.groupingBy(
                        decision -> decision.cause() + decision.detail(), TreeMap::new, Collectors.toList()));
        return byCause.isEmpty()
                ? List.of(Finding.ok(
                        entity + " may do what this stack needs: IAM simulated " + decisions.size() + " actions"))
                : byCause.values().stream().map(same -> finding(entity, same)).toList();
    }

    /** In as few calls as possible: actions on the same resources together. */
    private List<OperatorPermission> merged(List<OperatorPermission> needed) {
        Map<OperatorPermission, TreeSet<String>> together = new LinkedHashMap<>();
        for (OperatorPermission permission : needed) {
            for (String action : permission.actions()) {
                together.computeIfAbsent(on(permission, action), any -> new TreeSet<>())
                        .add(action);
            }
        }
        List<OperatorPermission> merged = new ArrayList<>();
        together.forEach((on, actions) ->
                merged.add(new OperatorPermission(List.copyOf(actions), on.resources(), on.context())));
        return merged;
    }

    /** What the call of an action is about and carries along. Calls of services without regions carry the first one of AWS. */
    private OperatorPermission on(OperatorPermission permission, String action) {
        Map<String, String> context = new HashMap<>(permission.context());
        context.put("aws:RequestedRegion", GLOBAL.matcher(action).matches() ? "us-east-1" : session.region());
        return new OperatorPermission(
                List.of(), permission.resources().stream().map(this::whole).toList(), context);
    }

    /** IAM compares a star in what is simulated with policies letter by letter. */
    private String whole(String resource) {
        String[] parts = resource.split(":", PARTS);
        if (parts.length < PARTS) {
            return resource;
        }
        parts[REGION] = parts[REGION].replace("*", session.region());
        parts[ACCOUNT] = parts[ACCOUNT].replace("*", account);
        parts[PARTS - 1] = parts[PARTS - 1].replace("*", UNKNOWN);
        return String.join(":", parts);
    }

    private static Finding finding(String entity, List<Decision> same) {
        String actions = named(same);
        String detail = same.get(0).detail();
        return switch (same.get(0).cause()) {
            case BOUNDARY ->
                Finding.problem(
                        "the permissions boundary of " + entity + " does not allow " + actions,
                        "whoever set that boundary has to allow it; upkeep policy prints all that this stack needs");
            case ORGANIZATION ->
                Finding.note(
                        "a policy of the organization does not allow " + actions + " to " + entity
                                + ", unless by a condition, which IAM does not simulate",
                        "whoever manages the organization knows");
            case DENIED_BY_POLICY ->
                Finding.problem(
                        (detail.isEmpty() ? "a policy" : "the policy " + detail) + " denies " + actions + " to "
                                + entity,
                        "change that policy; upkeep policy prints all that this stack needs");
            case DEPENDS ->
                Finding.unknown("whether " + entity + " may do " + actions + ", which depends on " + detail, "");
            case NOT_ALLOWED, ALLOWED ->
                Finding.problem(
                        "no policy allows " + actions + " to " + entity,
                        "upkeep policy prints all that this stack needs");
        };
    }

    private static String named(List<Decision> same) {
        String some = same.stream().limit(MOST_NAMED).map(Decision::action).collect(Collectors.joining(", "));
        return same.size() > MOST_NAMED ? some + " and " + (same.size() - MOST_NAMED) + " more" : some;
    }
}
