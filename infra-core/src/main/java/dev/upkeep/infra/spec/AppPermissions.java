package dev.upkeep.infra.spec;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an application may do on Amazon Web Services, with a role of its own.
 *
 * @param policies policies of IAM
 * @param statements what it may do beside these
 */
public record AppPermissions(List<Policy> policies, List<Statement> statements) {

    /** In a configuration file. */
    static final String POINTER = "/app/permissions";

    /** IAM attaches no more to a role unless its quota is raised. */
    private static final int MOST_POLICIES = 10;

    /**
     * A policy of IAM.
     *
     * @param arn of AWS or of the user's own, such as {@code arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess}
     */
    public record Policy(String arn) {

        private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::(?:\\d{12}|aws):policy/[\\w+=,.@/-]+");

        /**
         * Checks the ARN.
         *
         * @throws InvalidSpecException if it is none of a policy
         */
        public Policy {
            refuse(
                    !ARN.matcher(arn).matches(),
                    "\"" + arn + "\" is no policy",
                    "write its ARN, like arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess, or { actions: [...], resources: [...] }");
        }
    }

    /**
     * What it may do with what.
     *
     * @param actions such as {@code s3:GetObject}
     * @param resources ARNs, or {@code *}
     */
    public record Statement(List<String> actions, List<String> resources) {

        private static final String ALL = "*";
        private static final Pattern ACTION = Pattern.compile("[a-z0-9-]+:[A-Za-z0-9*?]+");
        private static final Pattern RESOURCE =
                Pattern.compile("\\*|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9*?-]*:(\\d{12}|aws|\\*)?:[^\\s\"$]+");

        /**
         * Checks and copies.
         *
         * @throws InvalidSpecException if something is no action or no resource, or nothing is named
         */
        public Statement {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
            refuse(
                    actions.isEmpty() || resources.isEmpty(),
                    "a statement needs both actions and resources",
                    "write it like { actions: [s3:GetObject], resources: [\"arn:aws:s3:::shop-files/*\"] }");
            refuse(
                    actions.contains(ALL),
                    "the action * allows the application everything, also to give itself more",
                    "name the services and actions that it needs");
            first(actions, ACTION)
                    .ifPresent(text -> refuse(true, "\"" + text + "\" is no action", "write it like s3:GetObject"));
            first(resources, RESOURCE)
                    .ifPresent(text -> refuse(
                            true,
                            "\"" + text + "\" is no resource",
                            "write an ARN, like arn:aws:s3:::shop-files/*, or *"));
        }

        private static Optional<String> first(List<String> texts, Pattern pattern) {
            return texts.stream()
                    .filter(text -> !pattern.matcher(text).matches())
                    .findFirst();
        }
    }

    /**
     * Copies.
     *
     * @throws InvalidSpecException if there are more policies than a role takes
     */
    public AppPermissions {
        policies = List.copyOf(policies);
        statements = List.copyOf(statements);
        refuse(
                policies.size() > MOST_POLICIES,
                policies.size() + " policies are more than a role takes",
                "name at most " + MOST_POLICIES);
    }

    private static void refuse(boolean wrong, String message, String hint) {
        SpecRules.throwIfAny(wrong ? List.of(new SpecProblem(POINTER, message, hint)) : List.of());
    }

    /**
     * No permissions.
     *
     * @return nothing, for which there is no role
     */
    public static AppPermissions none() {
        return new AppPermissions(List.of(), List.of());
    }

    /**
     * Whether there are none.
     *
     * @return true if the application needs no role
     */
    public boolean isEmpty() {
        return policies.isEmpty() && statements.isEmpty();
    }
}
