package dev.upkeep.infra.aws.account;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.LazyClient;
import dev.upkeep.infra.aws.stack.OperatorPermission;
import dev.upkeep.infra.failure.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;

/** IAM's own simulation of what a user or a role may do. Nothing of it is carried out. */
final class Simulator implements AutoCloseable {

    /** IAM says no limit for a request. An answer has at most a hundred results on a page. */
    private static final int MOST_ACTIONS = 50;

    private static final String SIMULATE = "iam:SimulatePrincipalPolicy";

    private final AwsSession session;
    private final LazyClient<IamClient> iam;

    Simulator(AwsSession session) {
        this.session = session;
        this.iam = session.lazily(IamClient::builder);
    }

    /** The ARN of a role, empty if it may not be asked. */
    Optional<String> role(String name) {
        try {
            return Optional.of(session.ask(
                    "read the role " + name,
                    "iam:GetRole",
                    () -> iam.get()
                            .getRole(request -> request.roleName(name))
                            .role()
                            .arn()));
        } catch (AwsException unasked) {
            return Optional.empty();
        }
    }

    /**
     * Has IAM decide.
     *
     * @param arn of a user or a role
     * @param permission with ARNs that are whole
     * @return a decision for each action
     * @throws AwsException if it does not
     */
    List<Decision> simulate(String arn, OperatorPermission permission) {
        List<Decision> decisions = new ArrayList<>();
        List<String> actions = permission.actions();
        for (int first = 0; first < actions.size(); first += MOST_ACTIONS) {
            List<String> some = actions.subList(first, Math.min(first + MOST_ACTIONS, actions.size()));
            decisions.addAll(
                    session.ask("simulate what " + arn + " may do", SIMULATE, () -> some(arn, permission, some)));
        }
        return decisions;
    }

    private List<Decision> some(String arn, OperatorPermission permission, List<String> actions) {
        return iam
                .get()
                .simulatePrincipalPolicyPaginator(request -> request.policySourceArn(arn)
                        .actionNames(actions)
                        .resourceArns(permission.resources())
                        .contextEntries(context(permission)))
                .evaluationResults()
                .stream()
                .map(Decision::of)
                .toList();
    }

    private static List<ContextEntry> context(OperatorPermission permission) {
        return permission.context().entrySet().stream()
                .map(entry -> ContextEntry.builder()
                        .contextKeyName(entry.getKey())
                        .contextKeyType(ContextKeyTypeEnum.STRING)
                        .contextKeyValues(entry.getValue())
                        .build())
                .toList();
    }

    @Override
    public void close() {
        iam.close();
    }
}
