package dev.upkeep.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.infra.drift.Drift;
import dev.upkeep.infra.drift.DriftedResource;
import dev.upkeep.infra.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanCommandTest {

    private static final Plan NOTHING = Plans.empty();

    private static Drift drift(List<DriftedResource> found, List<String> failures) {
        return new Drift(found, 3, List.of("Group"), failures, List.of());
    }

    @Test
    void aComparisonThatFailedInPartAndFoundNothingIsNoSuccess() {
        DriftedResource gone = new DriftedResource("Vpc", DriftedResource.Kind.DELETED, List.of(), "make it again");
        List<String> failed = List.of("not all could be compared");

        assertThat(PlanCommand.code(NOTHING, Optional.empty())).isEqualTo(ExitCode.OK);
        assertThat(PlanCommand.code(NOTHING, Optional.of(drift(List.of(), List.of()))))
                .isEqualTo(ExitCode.OK);
        assertThat(PlanCommand.code(NOTHING, Optional.of(drift(List.of(), failed))))
                .isEqualTo(ExitCode.FAILED);
        assertThat(PlanCommand.code(NOTHING, Optional.of(drift(List.of(gone), failed))))
                .isEqualTo(ExitCode.CHANGES);
    }
}
