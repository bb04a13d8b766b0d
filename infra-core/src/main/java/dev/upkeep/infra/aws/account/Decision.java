package dev.upkeep.infra.aws.account;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.Statement;

/**
 * What IAM's simulator decides on one action.
 *
 * @param action of IAM
 * @param cause what decides
 * @param detail names of policies, or of condition keys; empty where there is nothing to name
 */
record Decision(String action, Cause cause, String detail) {

    /** What decides, with the words for it. */
    enum Cause {
        ALLOWED,
        /** No policy says anything of it. */
        NOT_ALLOWED,
        DENIED_BY_POLICY,
        BOUNDARY,
        ORGANIZATION,
        /** A policy looks at something that a simulation does not know. */
        DEPENDS
    }

    static Decision of(EvaluationResult result) {
        String action = result.evalActionName();
        if (isAllowed(result)) {
            return new Decision(action, Cause.ALLOWED, "");
        }
        Set<String> missing = missing(result);
        if (!missing.isEmpty()) {
            return new Decision(action, Cause.DEPENDS, String.join(", ", missing));
        }
        if (result.organizationsDecisionDetail() != null
                && Boolean.FALSE.equals(result.organizationsDecisionDetail().allowedByOrganizations())) {
            return new Decision(action, Cause.ORGANIZATION, "");
        }
        if (isOutsideOfBoundary(result)) {
            return new Decision(action, Cause.BOUNDARY, "");
        }
        return result.evalDecision() == PolicyEvaluationDecisionType.EXPLICIT_DENY
                ? new Decision(action, Cause.DENIED_BY_POLICY, policies(result))
                : new Decision(action, Cause.NOT_ALLOWED, "");
    }

    /** On every resource that was asked for. */
    private static boolean isAllowed(EvaluationResult result) {
        return result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED
                && result.resourceSpecificResults().stream()
                        .allMatch(each -> each.evalResourceDecision() == PolicyEvaluationDecisionType.ALLOWED);
    }

    private static Set<String> missing(EvaluationResult result) {
        return Stream.concat(
                        result.missingContextValues().stream(),
                        result.resourceSpecificResults().stream()
                                .map(ResourceSpecificResult::missingContextValues)
                                .flatMap(Collection::stream))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean isOutsideOfBoundary(EvaluationResult result) {
        return Stream.concat(
                        Stream.ofNullable(result.permissionsBoundaryDecisionDetail()),
                        result.resourceSpecificResults().stream()
                                .map(ResourceSpecificResult::permissionsBoundaryDecisionDetail)
                                .filter(Objects::nonNull))
                .anyMatch(detail -> Boolean.FALSE.equals(detail.allowedByPermissionsBoundary()));
    }

    private static String policies(EvaluationResult result) {
        List<String> names = result.matchedStatements().stream()
                .map(Statement::sourcePolicyId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return String.join(", ", names);
    }
}
