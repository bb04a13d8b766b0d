package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsAdvice;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.Instance.Served;
import dev.upkeep.infra.inventory.InstanceHealth;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Problem;
import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.shell.CommandResult;
import dev.upkeep.infra.shell.LoopbackCurl;
import dev.upkeep.infra.shell.LoopbackCurl.Answer;
import dev.upkeep.infra.shell.RemoteShell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What instances answer on their own loopback, asked all at once through a shell: which version they serve, and whether they are ready. Only the load
 * balancer can connect to them, and it asks for readiness only; where there is none, nobody else asks.
 */
final class AskedInstances {

    private static final LoopbackCurl QUESTION =
            new LoopbackCurl(List.of(ServedPaths.VERSION, ServedPaths.READINESS), Duration.ofSeconds(5));

    private static final int OK = 200;
    private static final int CURL_TIMEOUT = 28;

    private final RemoteShell shell;
    private final List<Problem> problems = new ArrayList<>();

    AskedInstances(RemoteShell shell) {
        this.shell = shell;
    }

    /** The same instances, with what they answered. */
    List<Instance> ask(List<Instance> instances) throws InterruptedException {
        Map<InstanceId, CommandResult> results = instances.isEmpty()
                ? Map.of()
                : shell.runOnAll(
                        instances.stream().map(Instance::id).toList(), QUESTION.commandLine(), QUESTION.limits());
        List<Instance> asked = new ArrayList<>();
        Map<String, List<String>> notAsked = new LinkedHashMap<>();
        for (Instance instance : instances) {
            CommandResult result = results.get(instance.id());
            asked.add(result == null ? instance : weighed(instance, result, notAsked));
        }
        notAsked.forEach((why, which) ->
                problems.add(new Problem("instance " + String.join(", ", which), "was not asked what it serves", why)));
        return asked;
    }

    /** What was found beside the answers. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private static Instance weighed(Instance instance, CommandResult result, Map<String, List<String>> notAsked) {
        return result.match(ended -> answered(instance, ended, notAsked), failed -> {
            note(failed.message(), instance, notAsked);
            return instance;
        });
    }

    private static void note(String why, Instance instance, Map<String, List<String>> notAsked) {
        notAsked.computeIfAbsent(why, none -> new ArrayList<>())
                .add(instance.id().text());
    }

    private static Instance answered(Instance instance, CommandResult.Ended ended, Map<String, List<String>> notAsked) {
        List<Answer> answers = QUESTION.answers(ended);
        if (answers.isEmpty()) {
            note(AwsAdvice.quoted(QUESTION.unanswered(ended)), instance, notAsked);
            return instance;
        }
        Answer version = answers.get(0);
        Answer ready = answers.get(1);
        boolean isServed = version.status() == OK && version.curlExit() == 0;
        Optional<Served> served = isServed
                ? Optional.of(new Served(AwsAdvice.quoted(version.body().strip()), ready.status() == OK))
                : Optional.empty();
        return weighed(instance, served, version, ready);
    }

    /** The load balancer counts where it has something to say against an instance, or has not admitted it yet. */
    private static Instance weighed(Instance instance, Optional<Served> served, Answer version, Answer ready) {
        boolean balancerDecides =
                instance.health() != InstanceHealth.HEALTHY && instance.health() != InstanceHealth.UNKNOWN;
        if (balancerDecides) {
            return instance.answering(served, instance.health(), instance.fault());
        }
        if (served.isEmpty()) {
            InstanceHealth health = version.status() > 0
                    ? InstanceHealth.UNHEALTHY
                    : version.curlExit() == CURL_TIMEOUT ? InstanceHealth.HUNG : InstanceHealth.STOPPED;
            return instance.answering(served, health, ServedPaths.VERSION + ": " + said(version));
        }
        String given = instance.version();
        if (!given.isEmpty() && !served.get().version().equals(given)) {
            return instance.answering(
                    served,
                    InstanceHealth.UNHEALTHY,
                    "it serves " + served.get().version() + " and was given " + given);
        }
        return served.get().isReady()
                ? instance.answering(served, InstanceHealth.HEALTHY, "")
                : instance.answering(served, InstanceHealth.NOT_READY, ServedPaths.READINESS + ": " + said(ready));
    }

    private static String said(Answer answer) {
        return answer.status() > 0 ? "status " + answer.status() : AwsAdvice.quoted(answer.problem());
    }
}
