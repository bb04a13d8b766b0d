package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each call takes a tenth of a second and more to AWS and back. */
class PlanCallsTest extends AwsStory {

    @Test
    void aPlanOfAStandingStackTakesFifteenCalls() throws InterruptedException {
        shop.is("CREATE_COMPLETE").output("TargetGroup", "targets");
        aws.usually("DescribeTargetHealth", call -> ScriptedAnswer.result("<TargetHealthDescriptions/>"));

        operator.plan();

        assertThat(aws.actions())
                .containsExactlyInAnyOrder(
                        // What stands and runs, and what the free plan allows
                        "DescribeStacks",
                        "DescribeStacks",
                        "GetParameter",
                        "DescribeInstanceTypes",
                        // What the new templates are made of, whose registry it is, and whether all is well
                        "DescribeAutoScalingGroups",
                        "GetParameter",
                        "DescribeImages",
                        "GetTemplate",
                        "DescribeTargetHealth",
                        "GetCallerIdentity",
                        // Both are computed at once, and nothing of the base changes
                        "CreateChangeSet",
                        "CreateChangeSet",
                        "DescribeChangeSet",
                        "DeleteChangeSet",
                        "DescribeChangeSet");
    }
}
