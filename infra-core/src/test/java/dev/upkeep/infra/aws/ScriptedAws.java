package dev.upkeep.infra.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An AWS that misbehaves as a test says, over HTTP: elements, error codes and status codes are those of AWS's service models. Every call is kept. What a
 * test says nothing about is answered as AWS does on a good day.
 */
final class ScriptedAws implements AutoCloseable {

    static final String OPERATOR = "arn:aws:iam::123456789012:user/me";

    /** The SDK's own names for its settings as properties of the JVM. */
    private static final List<String> SETTINGS =
            List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.endpointUrl", "aws.maxAttempts");

    private final WireMockServer server;
    private final Map<String, String> before = new HashMap<>();
    private final List<ScriptedStack> stacks = new ArrayList<>();
    private final Map<String, Deque<ScriptedAnswer>> next = new HashMap<>();
    private final Map<String, Function<ScriptedCall, ScriptedAnswer>> usual = new HashMap<>();
    private volatile String date = "";
    private final List<ScriptedCall> calls = Collections.synchronizedList(new ArrayList<>());

    private ScriptedAws() {
        this.server = new WireMockServer(WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .disableRequestJournal()
                .extensions(new Script()));
        for (String setting : SETTINGS) {
            before.put(setting, System.getProperty(setting));
        }
    }

    /** Starts it, and has the SDK in this JVM ask it with so many tries for each call. */
    static ScriptedAws withTries(int tries) {
        ScriptedAws aws = new ScriptedAws();
        aws.server.start();
        aws.server.stubFor(any(anyUrl()).willReturn(ok()));
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretAccessKey", "not-a-key");
        System.setProperty("aws.endpointUrl", aws.server.baseUrl());
        System.setProperty("aws.maxAttempts", String.valueOf(tries));
        aws.usually("GetParametersByPath", call -> ScriptedAnswer.result("{\"Parameters\": []}"));
        aws.usually("PutParameter", call -> ScriptedAnswer.result("{\"Version\": 1}"));
        aws.usually("DeleteParameter", call -> ScriptedAnswer.result("{}"));
        aws.usually("SimulatePrincipalPolicy", IamAnswers::allowed);
        aws.usually("GetServiceQuota", call -> ScriptedAnswer.result("{\"Quota\": {\"Value\": 100.0}}"));
        aws.usually("DescribeInstances", call -> ScriptedAnswer.result("<reservationSet/>"));
        aws.usually("DescribeVpcs", call -> ScriptedAnswer.result("<vpcSet/>"));
        aws.usually("DescribeAddresses", call -> ScriptedAnswer.result("<addressesSet/>"));
        aws.usually("DescribeLoadBalancers", call -> ScriptedAnswer.result("<LoadBalancers/>"));
        aws.usually(
                "GetCallerIdentity",
                call -> ScriptedAnswer.result("<Account>123456789012</Account><Arn>" + OPERATOR + "</Arn>"));
        return aws;
    }

    /** A stack of CloudFormation that does not stand yet. */
    ScriptedStack stack(String name) {
        ScriptedStack stack = new ScriptedStack(name);
        stacks.add(stack);
        return stack;
    }

    /** What an action answers that has nothing to do with a stack. */
    void usually(String action, Function<ScriptedCall, ScriptedAnswer> answer) {
        usual.put(action, answer);
    }

    /** What an action answers in turn, before it answers as usual again. */
    void next(String action, ScriptedAnswer... answers) {
        next.computeIfAbsent(action, any -> new ArrayDeque<>()).addAll(Arrays.asList(answers));
    }

    /** What it answers all calls with as the time, in the words of HTTP. */
    void itsClockSays(String time) {
        date = time;
    }

    /** The calls of an action. */
    List<ScriptedCall> callsOf(String action) {
        return List.copyOf(calls).stream()
                .filter(call -> call.action().equals(action))
                .toList();
    }

    /** How often an action was called. */
    long calls(String action) {
        return List.copyOf(calls).stream()
                .filter(call -> call.action().equals(action))
                .count();
    }

    /** What the calls of an action about a stack had as one of their parameters. */
    List<String> sent(String action, String stack, String parameter) {
        ScriptedStack about = stacks.stream()
                .filter(each -> each.name().equals(stack))
                .findFirst()
                .orElseThrow();
        return List.copyOf(calls).stream()
                .filter(call -> call.action().equals(action) && about.isAbout(call))
                .map(call -> call.parameter(parameter))
                .toList();
    }

    /** What the calls of an action had as one of their parameters. */
    List<String> sent(String action, String parameter) {
        return List.copyOf(calls).stream()
                .filter(call -> call.action().equals(action))
                .map(call -> call.parameter(parameter))
                .toList();
    }

    /** All actions in the order in which they were called. */
    List<String> actions() {
        return List.copyOf(calls).stream().map(ScriptedCall::action).toList();
    }

    /** All actions that change something, in the order in which they were called, but for those that say who is at work. */
    List<String> changes() {
        return List.copyOf(calls).stream()
                .filter(call -> !call.parameter("Name").contains("/lease/"))
                .map(ScriptedCall::action)
                .filter(action ->
                        !action.startsWith("Describe") && !action.startsWith("Get") && !action.startsWith("List"))
                .toList();
    }

    private synchronized ScriptedAnswer answer(ScriptedCall call) {
        calls.add(call);
        Optional<ScriptedStack> stack =
                stacks.stream().filter(each -> each.isAbout(call)).findFirst();
        if (stack.isPresent()) {
            return stack.get().answer(call);
        }
        ScriptedAnswer scripted =
                next.getOrDefault(call.action(), new ArrayDeque<>()).poll();
        return scripted != null
                ? scripted
                : usual.getOrDefault(
                                call.action(), any -> ScriptedAnswer.refused("NotScripted", "no answer to " + call))
                        .apply(call);
    }

    /** Answers in the place of the only stub. */
    private final class Script implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            ScriptedCall call = ScriptedCall.of(event.getRequest());
            ResponseDefinition response = answer(call).response(call);
            return date.isEmpty()
                    ? response
                    : ResponseDefinitionBuilder.like(response)
                            .withHeader("Date", date)
                            .build();
        }

        @Override
        public String getName() {
            return "script";
        }
    }

    @Override
    public void close() {
        server.stop();
        before.forEach((setting, value) -> {
            if (value == null) {
                System.clearProperty(setting);
            } else {
                System.setProperty(setting, value);
            }
        });
    }
}
