package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.Instance.Served;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.shell.CommandFailure;
import dev.upkeep.infra.shell.CommandResult;
import dev.upkeep.infra.shell.ScriptedShell;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the answers of instances, beside what the load balancer says of them. */
class AskedInstancesTest {

    private static final String READY = "200 0 0.001000 \n200 0 0.001000 \n";

    private static Instance instance(String id, InstanceHealth health, String fault) {
        Release release = new Release("1.0.6", Optional.empty(), new Application.None());
        return new Instance(InstanceId.of(id), "eu-west-1a", Optional.empty(), release, health, Rotation.IN, fault);
    }

    private static CommandResult answers(String version, String facts) {
        return new CommandResult.Ended(0, version, facts, false);
    }

    private static Instance asked(InstanceHealth health, String fault, CommandResult answer)
            throws InterruptedException {
        return new AskedInstances(new ScriptedShell((where, what) -> answer))
                .ask(List.of(instance("i-1", health, fault)))
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 0|200 0|1.0.6|HEALTHY|''",
                "200 0|503 0|1.0.6|NOT_READY|/.well-known/upkeep/ready: status 503",
                "200 0|200 0|1.0.5|UNHEALTHY|it serves 1.0.5 and was given 1.0.6",
                "502 0|502 0|''|UNHEALTHY|/version.txt: status 502",
                "000 7|000 7|''|STOPPED|/version.txt: failed to connect",
                "000 28|000 28|''|HUNG|/version.txt: failed to connect"
            })
    void anInstanceThatNobodyElseAsksIsAsItAnswers(
            String version, String ready, String body, InstanceHealth health, String fault)
            throws InterruptedException {
        String words = version.startsWith("000") ? "failed to connect" : "";
        Instance found = asked(
                InstanceHealth.UNKNOWN,
                "",
                answers(body, version + " 0.001 " + words + "\n" + ready + " 0.001 " + words + "\n"));

        assertThat(found.health()).isEqualTo(health);
        assertThat(found.fault()).isEqualTo(fault);
        assertThat(found.served())
                .isEqualTo(body.isEmpty() ? Optional.empty() : Optional.of(new Served(body, ready.startsWith("200"))));
    }

    @Test
    void aLoadBalancerThatFindsItIllIsBelieved() throws InterruptedException {
        Instance found = asked(InstanceHealth.NOT_READY, "no answer to the balancer", answers("1.0.6\n", READY));

        assertThat(found.health()).isEqualTo(InstanceHealth.NOT_READY);
        assertThat(found.fault()).isEqualTo("no answer to the balancer");
        assertThat(found.served()).hasValue(new Served("1.0.6", true));
    }

    @Test
    void whatCannotBeAskedStaysAsItWasFoundAndThatIsSaidOnce() throws InterruptedException {
        CommandResult denied = new CommandResult.Failed(CommandFailure.DENIED, "allow ssm:SendCommand");
        AskedInstances question = new AskedInstances(new ScriptedShell((where, what) -> denied));

        List<Instance> found = question.ask(
                List.of(instance("i-1", InstanceHealth.HEALTHY, ""), instance("i-2", InstanceHealth.UNKNOWN, "")));

        assertThat(found).extracting(Instance::health).containsExactly(InstanceHealth.HEALTHY, InstanceHealth.UNKNOWN);
        assertThat(question.problems())
                .containsExactly(
                        new Problem("instance i-1, i-2", "was not asked what it serves", "allow ssm:SendCommand"));
    }

    @Test
    void anInstanceWithoutCurlIsSaidToHaveNone() throws InterruptedException {
        CommandResult missing = new CommandResult.Ended(127, "", "sh: curl: not found\n", false);
        AskedInstances question = new AskedInstances(new ScriptedShell((where, what) -> missing));

        question.ask(List.of(instance("i-1", InstanceHealth.HEALTHY, "")));

        assertThat(question.problems())
                .extracting(Problem::next)
                .containsExactly("curl there ended with 127 and said sh: curl: not found; it has to be 7.75 or newer");
    }

    @Test
    void aTextThatWouldMoveACursorIsMadePlain() throws InterruptedException {
        Instance found = asked(InstanceHealth.UNKNOWN, "", answers("\u001B[2J1.0.6", READY));

        assertThat(found.served().orElseThrow().version()).isEqualTo(" [2J1.0.6");
    }

    @Test
    void nobodyIsAskedWhereThereIsNone() throws InterruptedException {
        ScriptedShell shell = new ScriptedShell((where, what) -> ScriptedShell.ended(0, ""));

        assertThat(new AskedInstances(shell).ask(List.of())).isEmpty();
        assertThat(shell.runs()).isEmpty();
    }
}
