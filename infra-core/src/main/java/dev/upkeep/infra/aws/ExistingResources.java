package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What exists already under the names that the stack before the servers gives, and does not belong to it: made by hand, or kept by an earlier
 * destroy. CloudFormation would fail to make it.
 */
final class ExistingResources {

    private final AwsAccess aws;
    private final StackSpec spec;
    private final BaseContents wanted;

    ExistingResources(AwsAccess aws, StackSpec spec) {
        this.aws = aws;
        this.spec = spec;
        this.wanted = BaseContents.of(
                BaseStack.template(spec, aws.imagesInStack(spec)).json());
    }

    /** Asks about what the stack lacks only. */
    List<BaseContents.Item> outside(BaseContents standing) {
        List<Supplier<Optional<BaseContents.Item>>> questions = wanted.without(standing).stream()
                .<Supplier<Optional<BaseContents.Item>>>map(
                        item -> () -> Optional.of(item).filter(this::exists))
                .toList();
        return aws.questions().askAll(questions).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private boolean exists(BaseContents.Item item) {
        return switch (item.type()) {
            case BaseStack.REPOSITORY -> aws.repositories().has(item.name());
            case BaseStack.LOG_GROUP -> aws.logs().has(item.name());
            default -> false;
        };
    }

    /**
     * What is in the way of the stack, in words; empty if nothing is.
     *
     * @throws AwsException if nobody may look
     */
    Optional<String> inTheWay(BaseContents standing) {
        List<BaseContents.Item> outside = outside(standing);
        return outside.isEmpty()
                ? Optional.empty()
                : Optional.of("there already, and not part of the stack: " + BaseContents.describe(outside));
    }

    /** What to do about it. */
    static String next() {
        return "run upkeep adopt to take it into the stack as it is, or remove it yourself";
    }

    /**
     * Says it before CloudFormation fails, which says it where nobody may look.
     *
     * @throws OperationRefusedException if something is in the way
     */
    void refuse(BaseContents standing) {
        Optional<String> found;
        try {
            found = inTheWay(standing);
        } catch (AwsException unasked) {
            return;
        }
        if (found.isPresent()) {
            throw new OperationRefusedException(spec.name().text(), found.get() + "; " + next());
        }
    }
}
