package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.shell.CommandFailure;
import dev.upkeep.infra.shell.CommandLimits;
import dev.upkeep.infra.shell.CommandLine;
import dev.upkeep.infra.shell.CommandResult;
import dev.upkeep.infra.shell.RemoteShell;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state that a command can be in at AWS, by the service model. That one really runs is shown by {@code RunCommandSystemTest}. */
class RunCommandTest extends AwsStory {

    private static final InstanceId ONE = InstanceId.of("i-0aaa");
    private static final InstanceId TWO = InstanceId.of("i-0bbb");
    private static final CommandLine COMMAND = CommandLine.of("nginx", "-t");
    private static final CommandLimits LIMITS = new CommandLimits(Duration.ofSeconds(20), Duration.ofSeconds(40));

    private final RemoteShell shell = operator.platform().shell().orElseThrow();

    @BeforeEach
    void bothAreOnline() {
        aws.usually("DescribeInstanceInformation", call -> agents(Map.of(ONE, "Online", TWO, "Online")));
        aws.usually("SendCommand", call -> ScriptedAnswer.result("{\"Command\": {\"CommandId\": \"c-1\"}}"));
        aws.usually("GetCommandInvocation", call -> invocation("Success", "Success", 0, "fine"));
        aws.usually("CancelCommand", call -> ScriptedAnswer.result("{}"));
    }

    private static ScriptedAnswer agents(Map<InstanceId, String> states) {
        return ScriptedAnswer.result("{\"InstanceInformationList\": ["
                + states.entrySet().stream()
                        .map(each -> "{\"InstanceId\": \"" + each.getKey() + "\", \"PingStatus\": \"" + each.getValue()
                                + "\"}")
                        .collect(Collectors.joining(", "))
                + "]}");
    }

    private static ScriptedAnswer invocation(String status, String details, int exitCode, String stdout) {
        return ScriptedAnswer.result("{\"Status\": \"" + status + "\", \"StatusDetails\": \"" + details
                + "\", \"ResponseCode\": " + exitCode + ", \"StandardOutputContent\": \"" + stdout
                + "\", \"StandardErrorContent\": \"\"}");
    }

    private CommandResult run() throws InterruptedException {
        return shell.run(ONE, COMMAND, LIMITS);
    }

    private static CommandResult.Failed failed(CommandResult result) {
        assertThat(result).isInstanceOf(CommandResult.Failed.class);
        return (CommandResult.Failed) result;
    }

    @Test
    void aCommandIsFollowedUntilItHasEnded() throws InterruptedException {
        aws.next(
                "GetCommandInvocation",
                ScriptedAnswer.refused("InvocationDoesNotExist", ""),
                invocation("Pending", "Pending", -1, ""),
                invocation("Delayed", "Delayed", -1, ""),
                invocation("InProgress", "In Progress", -1, ""),
                invocation("Failed", "Failed", 3, "no"));

        assertThat(run()).isEqualTo(new CommandResult.Ended(3, "no", "", false));
        assertThat(operator.waited()).as("a second between two looks").isEqualTo(Duration.ofSeconds(3));
        assertThat(aws.calls("CancelCommand")).isZero();
    }

    @Test
    void itIsSentQuotedAndWithItsLimitsAndCannotAskForAReboot() throws InterruptedException, IOException {
        shell.run(ONE, CommandLine.of("echo", "it's", "{{ssm:key}}"), LIMITS);

        assertThat(aws.sent("SendCommand", "DocumentName")).containsExactly("AWS-RunShellScript");
        assertThat(aws.sent("SendCommand", "InstanceIds")).containsExactly("[\"i-0aaa\"]");
        JsonNode parameters = new ObjectMapper()
                .readTree(aws.sent("SendCommand", "Parameters").get(0));
        assertThat(parameters.path("commands"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "'echo' 'it'\\''s' '{''{ssm:key}''}'", "code=$?", "[ $code != 194 ] || code=195", "exit $code");
        assertThat(parameters.path("executionTimeout"))
                .extracting(JsonNode::asText)
                .containsExactly("40");
        assertThat(aws.sent("SendCommand", "TimeoutSeconds"))
                .as("the least that AWS takes")
                .containsExactly("30");
        assertThat(aws.sent("SendCommand", "MaxErrors")).containsExactly("100%");
    }

    @Test
    void severalInstancesAreSentItTogetherAndEachHasItsOwnEnd() throws InterruptedException {
        aws.usually(
                "GetCommandInvocation",
                call -> call.parameter("InstanceId").equals(ONE.text())
                        ? invocation("Success", "Success", 0, "one")
                        : invocation("Failed", "Failed", 7, "two"));

        assertThat(shell.runOnAll(List.of(TWO, ONE), COMMAND, LIMITS))
                .containsExactly(
                        Map.entry(TWO, new CommandResult.Ended(7, "two", "", false)),
                        Map.entry(ONE, new CommandResult.Ended(0, "one", "", false)));
        assertThat(aws.calls("SendCommand")).isEqualTo(1);
    }

    @Test
    void moreThanFiftyAreSentItInSeveralLots() throws InterruptedException {
        List<InstanceId> many = IntStream.range(0, 51)
                .mapToObj(number -> InstanceId.of("i-" + number))
                .toList();
        aws.usually(
                "DescribeInstanceInformation",
                call -> agents(many.stream().collect(Collectors.toMap(each -> each, each -> "Online"))));

        assertThat(shell.runOnAll(many, COMMAND, LIMITS).values())
                .hasSize(51)
                .containsOnly(new CommandResult.Ended(0, "fine", "", false));
        assertThat(aws.calls("SendCommand")).isEqualTo(2);
    }

    @Test
    void outputThatIsAsLongAsAwsKeepsItIsCut() throws InterruptedException {
        aws.next("GetCommandInvocation", invocation("Success", "Success", 0, "x".repeat(23_999)));
        assertThat(run()).isEqualTo(new CommandResult.Ended(0, "x".repeat(23_999), "", false));
        aws.next("GetCommandInvocation", invocation("Success", "Success", 0, "x".repeat(24_000)));
        assertThat(run()).isEqualTo(new CommandResult.Ended(0, "x".repeat(24_000), "", true));
    }

    @Test
    void anAgentThatIsNotOnlineIsSentNothing() throws InterruptedException {
        aws.usually("DescribeInstanceInformation", call -> agents(Map.of(ONE, "ConnectionLost")));

        Map<InstanceId, CommandResult> results = shell.runOnAll(List.of(ONE, TWO), COMMAND, LIMITS);

        assertThat(failed(results.get(ONE)))
                .isEqualTo(new CommandResult.Failed(
                        CommandFailure.UNREACHABLE,
                        "Tried to reach i-0aaa through Run Command: the agent there is not online (ConnectionLost);"
                                + " wait some minutes if it has just booted, else see that amazon-ssm-agent runs there"
                                + " (Debian has none), that it has the role of the stack, and a way out to port 443"));
        assertThat(failed(results.get(TWO)).message()).contains("i-0bbb", "AWS knows no agent there");
        assertThat(aws.calls("SendCommand")).isZero();
    }

    @Test
    void oneThatGoesOfflineMeanwhileDoesNotKeepTheOthersFromIt() throws InterruptedException {
        ScriptedAnswer gone = ScriptedAnswer.refused(
                "InvalidInstanceId", "Instances [[i-0bbb]] not in a valid state for account 123456789012");
        aws.next("SendCommand", gone, ScriptedAnswer.result("{\"Command\": {\"CommandId\": \"c-2\"}}"), gone);

        Map<InstanceId, CommandResult> results = shell.runOnAll(List.of(ONE, TWO), COMMAND, LIMITS);

        assertThat(results.get(ONE)).isEqualTo(new CommandResult.Ended(0, "fine", "", false));
        assertThat(failed(results.get(TWO)).failure()).isEqualTo(CommandFailure.UNREACHABLE);
        assertThat(failed(results.get(TWO)).message()).contains("not in a valid state");
    }

    @ParameterizedTest
    @CsvSource({
        "Cancelled, Cancelled, CANCELLED, somebody cancelled it",
        "TimedOut, Execution Timed Out, TIMED_OUT, it was stopped there at its limit",
        "TimedOut, ExecutionTimedOut, TIMED_OUT, it was stopped there at its limit",
        "TimedOut, Delivery Timed Out, UNDELIVERED, the agent there did not take it in time",
        "Failed, Undeliverable, UNDELIVERED, it did not run there: Undeliverable",
        "Failed, Terminated, UNDELIVERED, it did not run there: Terminated",
        "Failed, Failed, UNDELIVERED, the agent there could not begin it"
    })
    void everyOtherEndIsSaid(String status, String details, CommandFailure failure, String found)
            throws InterruptedException {
        aws.next("GetCommandInvocation", invocation(status, details, -1, ""));

        CommandResult.Failed result = failed(run());

        assertThat(result.failure()).isEqualTo(failure);
        assertThat(result.message())
                .isEqualTo("Tried to run command c-1 on i-0aaa: " + found + "; "
                        + (failure.mayHaveRun()
                                ? "see on the instance what it has done before you run it again"
                                : "see that the instance is up and not overloaded, and try again"));
        assertThat(aws.calls("CancelCommand")).isZero();
    }

    @Test
    void whatWasPrintedBeforeTheLimitIsGiven() throws InterruptedException {
        aws.next("GetCommandInvocation", invocation("TimedOut", "Execution Timed Out", -1, "begun"));

        CommandResult.Failed result = failed(run());

        assertThat(result.stdout()).isEqualTo("begun");
        assertThat(result.isCut()).isFalse();
    }

    @Test
    void whatHasNotBegunInTimeIsTakenBack() throws InterruptedException {
        aws.usually("GetCommandInvocation", call -> invocation("Delayed", "Delayed", -1, ""));

        CommandResult.Failed result = failed(run());

        assertThat(result.failure()).isEqualTo(CommandFailure.UNDELIVERED);
        assertThat(result.message()).contains("it has not begun there within 20 s");
        assertThat(operator.waited()).isEqualTo(LIMITS.start());
        assertThat(aws.sent("CancelCommand", "CommandId")).containsExactly("c-1");
    }

    @Test
    void whatAwsNeverSaysTheEndOfIsGivenUpAfterItsLimit() throws InterruptedException {
        aws.usually("GetCommandInvocation", call -> invocation("InProgress", "In Progress", -1, ""));

        assertThat(failed(run()).failure()).isEqualTo(CommandFailure.TIMED_OUT);
        assertThat(operator.waited()).isEqualTo(LIMITS.run().plusSeconds(15));
        assertThat(aws.sent("CancelCommand", "CommandId")).containsExactly("c-1");
    }

    @Test
    void aMissingPermissionIsNamed() throws InterruptedException {
        aws.next("DescribeInstanceInformation", ScriptedAnswer.denied("ssm:DescribeInstanceInformation"));
        assertThat(failed(run()).failure()).isEqualTo(CommandFailure.DENIED);

        aws.next("SendCommand", ScriptedAnswer.denied("ssm:SendCommand"));
        CommandResult.Failed result = failed(run());
        assertThat(result.failure()).isEqualTo(CommandFailure.DENIED);
        assertThat(result.message())
                .startsWith("Tried to run nginx on i-0aaa in eu-west-1: AWS answered 403")
                .endsWith("allow ssm:SendCommand to this user or role");
    }

    @Test
    void whoMayNotReadTheEndIsToldThatItMayHaveRun() throws InterruptedException {
        aws.next("GetCommandInvocation", ScriptedAnswer.denied("ssm:GetCommandInvocation"));

        CommandResult.Failed result = failed(run());

        assertThat(result.failure()).isEqualTo(CommandFailure.LOST);
        assertThat(result.failure().mayHaveRun()).isTrue();
        assertThat(result.message()).endsWith("allow ssm:GetCommandInvocation to this user or role");
        assertThat(aws.calls("CancelCommand")).isEqualTo(1);
    }

    @Test
    void anOutageWhileItRunsIsWaitedOut() throws InterruptedException {
        aws.next(
                "GetCommandInvocation",
                invocation("InProgress", "In Progress", -1, ""),
                ScriptedAnswer.throttled(),
                ScriptedAnswer.error(500, "InternalServerError", "oops"),
                ScriptedAnswer.cut());

        assertThat(run()).isEqualTo(new CommandResult.Ended(0, "fine", "", false));
    }

    @Test
    void anOutageThatLastsIsNamedAtTheEnd() throws InterruptedException {
        aws.usually("GetCommandInvocation", call -> ScriptedAnswer.throttled());

        assertThat(failed(run()).message()).contains("within 20 s, and AWS could not be asked", "Rate exceeded");
    }

    @Test
    void anInterruptedCommandIsCancelled() {
        Thread asking = Thread.currentThread();
        aws.usually("GetCommandInvocation", call -> {
            asking.interrupt();
            return invocation("InProgress", "In Progress", -1, "");
        });

        assertThatThrownBy(this::run).isInstanceOf(InterruptedException.class);
        assertThat(aws.sent("CancelCommand", "CommandId")).containsExactly("c-1");
    }

    @Test
    void aPlatformThatIsClosedTakesBackWhatSomebodyStillWaitsFor() throws InterruptedException {
        Thread waiting = new Thread(() -> {
            try {
                run();
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        CountDownLatch asked = new CountDownLatch(1);
        aws.usually("GetCommandInvocation", call -> {
            asked.countDown();
            return invocation("InProgress", "In Progress", -1, "");
        });
        waiting.start();
        asked.await();
        operator.close();
        waiting.interrupt();
        waiting.join();

        assertThat(aws.sent("CancelCommand", "CommandId")).containsExactly("c-1");
    }

    @Test
    void noOneIsAskedWhereThereIsNobody() throws InterruptedException {
        assertThat(shell.runOnAll(List.of(), COMMAND, LIMITS)).isEmpty();
        assertThat(Stream.of("DescribeInstanceInformation", "SendCommand").mapToLong(aws::calls))
                .containsOnly(0L);
    }
}
