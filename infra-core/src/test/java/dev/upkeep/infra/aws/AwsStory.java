package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.dns.DnsClient;
import dev.upkeep.infra.image.StackImages;
import org.junit.jupiter.api.AfterEach;

/**
 * A stack {@code shop} of which everything but the servers stands and needs no change, so that a story is about these; and somebody who works with it.
 */
abstract class AwsStory {

    static final String BEGUN = "shop CREATE_IN_PROGRESS User Initiated";
    static final String MADE = "shop CREATE_COMPLETE";

    final ScriptedAws aws = ScriptedAws.withTries(tries());
    final ScriptedStack base = aws.stack("shop-base")
            .is("CREATE_COMPLETE")
            .standsWith(BaseStack.template(AwsOperator.spec(), StackImages.names(AwsOperator.spec())))
            .wouldRefuse(ScriptedStack.NO_CHANGES);
    final ScriptedStack shop = aws.stack("shop")
            .wouldAdd("Vpc", "Group")
            .output("Url", "http://shop.example.org")
            .output("Group", "shop-group");
    final ScriptedStack machineImage = aws.stack("shop-image").wouldAdd("Builder");
    final AwsOperator operator = new AwsOperator(this::dns);

    AwsStory() {
        aws.usually(
                "GetParameter",
                call -> ScriptedAnswer.result(
                        call.parameter("Name").startsWith("/upkeep/")
                                ? "{\"Parameter\": {\"Value\": \"{\\\"version\\\": \\\"1.0.6\\\"}\"}}"
                                : "{\"Parameter\": {\"Value\": \"ami-0123456789abcdef0\"}}"));
        aws.usually("DeleteParameter", call -> ScriptedAnswer.result("{}"));
        aws.usually("DescribeImages", call -> ScriptedAnswer.result("<imagesSet/>"));
        aws.usually("DescribeSnapshots", call -> ScriptedAnswer.result("<snapshotSet/>"));
        aws.usually("DescribeAutoScalingGroups", call -> ScriptedAnswer.result("<AutoScalingGroups/>"));
    }

    /** What asks name servers, where a story has a domain. */
    DnsClient dns() {
        throw new IllegalStateException("this story has no domain");
    }

    /** How often the SDK asks before it gives a call up. */
    int tries() {
        return 1;
    }

    @AfterEach
    final void close() {
        operator.close();
        aws.close();
    }
}
