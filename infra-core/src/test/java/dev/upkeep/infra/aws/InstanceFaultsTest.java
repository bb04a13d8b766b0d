package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.Serving;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.inventory.StackStatus;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances are asked of two services, and each of them may fail. */
class InstanceFaultsTest extends AwsStory {

    private static final String TARGETS = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/1";

    @BeforeEach
    void stands() {
        shop.is("CREATE_COMPLETE").output("TargetGroup", TARGETS);
        aws.usually("DescribeAutoScalingGroups", call -> group(2));
        aws.usually("DescribeTargetHealth", call -> targets(2));
    }

    private static ScriptedAnswer group(int instances) {
        return group(instances, Collections.nCopies(instances, "InService"));
    }

    private static ScriptedAnswer group(int wanted, List<String> lifecycles) {
        String members = IntStream.range(0, lifecycles.size())
                .mapToObj(number -> "<member><InstanceId>i-" + number
                        + "</InstanceId><AvailabilityZone>eu-west-1a</AvailabilityZone><LifecycleState>"
                        + lifecycles.get(number) + "</LifecycleState><HealthStatus>Healthy</HealthStatus></member>")
                .collect(Collectors.joining());
        return ScriptedAnswer.result(
                "<AutoScalingGroups><member><AutoScalingGroupName>shop-group</AutoScalingGroupName>"
                        + "<DesiredCapacity>" + wanted + "</DesiredCapacity><Instances>" + members
                        + "</Instances></member></AutoScalingGroups>");
    }

    private static ScriptedAnswer targets(int healthy) {
        String members = IntStream.range(0, 2)
                .mapToObj(number -> "<member><Target><Id>i-" + number + "</Id></Target><TargetHealth><State>"
                        + (number < healthy
                                ? "healthy</State>"
                                : "unhealthy</State><Reason>Target.ResponseCodeMismatch</Reason><Description>Health checks failed with"
                                        + " these codes: [503]</Description>")
                        + "</TargetHealth></member>")
                .collect(Collectors.joining());
        return ScriptedAnswer.result("<TargetHealthDescriptions>" + members + "</TargetHealthDescriptions>");
    }

    @Test
    void aGroupIsFoundOnALaterPage() throws InterruptedException {
        aws.next("DescribeAutoScalingGroups", ScriptedAnswer.result("<AutoScalingGroups/><NextToken>more</NextToken>"));

        assertThat(operator.status().instances())
                .extracting(instance -> instance.id().text())
                .containsExactly("i-0", "i-1");
        assertThat(aws.calls("DescribeAutoScalingGroups")).isEqualTo(2);
    }

    @Test
    void aGroupWithoutInstancesServesNobody() throws InterruptedException {
        aws.next("DescribeAutoScalingGroups", group(2, List.of()));

        StackStatus found = operator.status();

        assertThat(found.state()).isEqualTo(StackState.DOWN);
        assertThat(found.serving()).isEqualTo(Serving.DOWN);
        assertThat(found.missing()).isEqualTo(2);
        assertThat(found.problems()).extracting(Problem::message).containsExactly("has 0 of 2 instances");
    }

    @Test
    void aGroupOfWhichNoInstanceIsInServiceServesNobody() throws InterruptedException {
        aws.next("DescribeAutoScalingGroups", group(2, List.of("Standby", "Standby")));
        aws.next("DescribeTargetHealth", ScriptedAnswer.result("<TargetHealthDescriptions/>"));

        assertThat(operator.status().serving()).isEqualTo(Serving.DOWN);
    }

    @Test
    void aGroupWithTooFewInstancesIsDegradedUnlessTheOthersAreStarting() throws InterruptedException {
        aws.next("DescribeAutoScalingGroups", group(3, List.of("InService", "InService")));
        StackStatus lacking = operator.status();
        aws.next("DescribeAutoScalingGroups", group(3, List.of("InService", "InService", "Pending")));
        StackStatus growing = operator.status();

        assertThat(lacking.state()).isEqualTo(StackState.DEGRADED);
        assertThat(lacking.missing()).isOne();
        assertThat(growing.missing()).isZero();
        assertThat(growing.problems()).isEmpty();
    }

    @Test
    void aGroupThatIsGoneServesNobody() throws InterruptedException {
        aws.next("DescribeAutoScalingGroups", ScriptedAnswer.result("<AutoScalingGroups/>"));

        assertThat(operator.status().state()).isEqualTo(StackState.DOWN);
    }

    @Test
    void anInstanceThatIsNotReadyIsSaidInTheWordsOfTheLoadBalancer() throws InterruptedException {
        aws.next("DescribeTargetHealth", targets(1));

        StackStatus found = operator.status();

        assertThat(found.state()).isEqualTo(StackState.DEGRADED);
        assertThat(found.instances())
                .extracting(Instance::health)
                .containsExactly(InstanceHealth.HEALTHY, InstanceHealth.NOT_READY);
        assertThat(found.problems())
                .containsExactly(new Problem(
                        "instance i-1",
                        "Health checks failed with these codes: [503]",
                        "upkeep check says what users get"));
    }

    @Test
    void healthThatMayNotBeReadIsNamedByItsAction() {
        aws.next("DescribeTargetHealth", ScriptedAnswer.denied("elasticloadbalancing:DescribeTargetHealth"));

        assertThatThrownBy(operator::status)
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith(
                        "Tried to read the health of the targets of " + TARGETS + " in eu-west-1: AWS answered 403")
                .hasMessageEndingWith("; allow elasticloadbalancing:DescribeTargetHealth to this user or role");
    }

    @Test
    void aGroupThatIsAskedForTooOftenIsSaid() {
        aws.next("DescribeAutoScalingGroups", ScriptedAnswer.throttled());

        assertThatThrownBy(operator::status)
                .hasMessage(
                        "Tried to read the group shop-group in eu-west-1: AWS answered 400 (Throttling: Rate exceeded); the account"
                                + " asks AWS too often at the moment; try again");
    }

    @Test
    void credentialsThatHaveExpiredAreSaidByDoctor() {
        aws.next("GetCallerIdentity", ScriptedAnswer.expired());

        assertThat(operator.platform().preflight(AwsOperator.spec()))
                .extracting(finding -> finding.text())
                .first()
                .isEqualTo(
                        "Tried to find out whose credentials these are in eu-west-1: AWS answered 403 (ExpiredToken: The security"
                                + " token included in the request is expired); the AWS session has expired: log in again (aws sso login), or"
                                + " get new temporary credentials");
    }
}
