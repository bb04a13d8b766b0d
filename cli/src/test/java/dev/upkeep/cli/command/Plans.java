package dev.upkeep.cli.command;

import dev.upkeep.infra.plan.Basis;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.StackName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans that tests are about something else of. */
final class Plans {

    static final StackName SHOP = StackName.of("shop");

    private Plans() {}

    /** To destroy a stack on AWS of which nothing stands. */
    static Plan empty() {
        return new Plan(
                SHOP,
                "aws",
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH.plus(Plan.LIFETIME),
                Basis.of(Map.of()),
                List.of());
    }
}
