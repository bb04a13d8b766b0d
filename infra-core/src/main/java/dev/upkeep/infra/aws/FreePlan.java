package dev.upkeep.infra.aws;

import dev.upkeep.infra.spec.InstanceType;
import java.util.NavigableSet;

/**
 * What an account on the free plan may start.
 *
 * @param types the types that AWS says are eligible, empty if it could not be asked
 */
record FreePlan(NavigableSet<String> types) {

    boolean allows(InstanceType type) {
        return types.contains(type.name());
    }

    /** In one sentence. */
    String verdict(InstanceType type) {
        if (types.isEmpty()) {
            return "AWS could not be asked whether an account on the free plan may start a " + type;
        }
        return allows(type)
                ? "an account on the free plan may start a " + type
                : "an account on the free plan may not start a " + type + ", only " + String.join(", ", types);
    }
}
