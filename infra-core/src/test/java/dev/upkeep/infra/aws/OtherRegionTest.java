package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.StalePlanException;
import dev.upkeep.infra.plan.Plan;
import org.junit.jupiter.api.Test;

/** What stands in one region is not there in another one. */
class OtherRegionTest extends AwsStory {

    @Test
    void eachPlanSaysInWhichRegionItWasMade() throws InterruptedException {
        assertThat(operator.plan().reach().region()).contains("eu-west-1");
        assertThat(operator.platform().planDestroy(AwsOperator.SHOP).reach().region())
                .contains("eu-west-1");
    }

    @Test
    void aPlanIsDoneInNoOtherRegion() {
        Plan elsewhere = operator.platform().planDestroy(AwsOperator.SHOP).madeIn("us-east-1");

        assertThatThrownBy(() -> operator.platform().start(elsewhere))
                .isInstanceOf(StalePlanException.class)
                .hasMessageContaining("it was made for the region us-east-1, this is eu-west-1");
        assertThat(aws.changes()).isEmpty();
    }
}
