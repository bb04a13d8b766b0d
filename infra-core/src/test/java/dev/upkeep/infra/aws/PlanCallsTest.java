package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each call takes a tenth of a second and more to AWS and back. */
class PlanCallsTest extends AwsStory {

    @Test
    void aPlanOfAStandingStackTakesSixteenCalls() throws InterruptedException {
        shop.is("CREATE_COMPLETE").output("TargetGroup", "targets");
        aws.usually("DescribeTargetHealth", call -> ScriptedAnswer.result("<TargetHealthDescriptions/>"));

        operator.plan();

        assertThat(aws.actions())
                .containsExactly(
                        // What the new template is made of
                        "DescribeStacks",
                        "DescribeAutoScalingGroups",
                        "GetParameter",
                        "DescribeImages",
                        // What belongs to the base, of which nothing changes
                        "DescribeStacks",
                        "GetTemplate",
                        "DescribeStacks",
                        "CreateChangeSet",
                        "DescribeChangeSet",
                        "DeleteChangeSet",
                        // The release
                        "GetParameter",
                        // The servers
                        "DescribeTargetHealth",
                        "DescribeStacks",
                        "CreateChangeSet",
                        "DescribeChangeSet",
                        // What the plan rests on
                        "DescribeStacks",
                        "DescribeStacks",
                        // What is noted
                        "DescribeInstanceTypes");
    }
}
