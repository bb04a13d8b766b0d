package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.inventory.Problem;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CloudFormation has succeeded, and users are not served all the same. */
class UnservedTest extends AwsStory {

    private static final String NEXT =
            "upkeep check says more of what they get, upkeep status what the load balancer makes of"
                    + " the instances, upkeep logs what these print; upkeep apply waits for it once more";

    @BeforeEach
    void allStandsAndNothingChanges() {
        shop.is("CREATE_COMPLETE").happened(BEGUN, MADE).wouldRefuse(ScriptedStack.NO_CHANGES);
        operator.usersMiss("it is DOWN");
    }

    @Test
    void anApplyTellsHowLongItHasWaitedAndWhereToLook() throws InterruptedException {
        assertThat(operator.apply()).isEqualTo("edge failed: users do not get 1.0.6: it is DOWN; " + NEXT);
        assertThat(operator.told())
                .containsExactly(
                        "edge STARTED: asking http://shop.example.org from outside",
                        "edge FAILED: does not serve 1.0.6 after 10 min");
        assertThat(operator.waited()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whoComesLaterAsksAgain() throws InterruptedException {
        assertThat(operator.platform().unserved(AwsOperator.SHOP))
                .contains(new Problem("edge", "users do not get 1.0.6: it is DOWN", NEXT));

        operator.usersMiss("");
        assertThat(operator.platform().unserved(AwsOperator.SHOP)).isEmpty();
    }

    @Test
    void anApplyThatHasEndedBetweenTheStacksServesNobody() throws InterruptedException {
        shop.is(ScriptedStack.NONE);

        assertThat(operator.platform().unserved(AwsOperator.SHOP))
                .contains(new Problem(
                        "shop",
                        "its images and logs have their place, and there are no servers",
                        "run upkeep apply to go on, or upkeep destroy"));
    }

    @Test
    void whereNobodyIsToBeServedNobodyIsAsked() throws InterruptedException {
        base.is(ScriptedStack.NONE);
        shop.is(ScriptedStack.NONE);
        assertThat(operator.platform().unserved(AwsOperator.SHOP)).isEmpty();

        shop.is(ScriptedStack.STUB);
        assertThat(operator.platform().unserved(AwsOperator.SHOP)).isEmpty();

        shop.is("CREATE_COMPLETE");
        aws.usually("GetParameter", call -> ScriptedAnswer.refused("ParameterNotFound", "no"));
        assertThat(operator.platform().unserved(AwsOperator.SHOP)).isEmpty();
    }
}
