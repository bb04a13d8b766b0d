package dev.upkeep.cli.command;

import dev.upkeep.checker.fleet.RemoteAnswer;
import dev.upkeep.checker.fleet.RemoteOrigins;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.infra.Platform;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.inventory.Instance;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.shell.CommandResult;
import dev.upkeep.infra.shell.LoopbackCurl;
import dev.upkeep.infra.shell.RemoteShell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the instances of a stack on their own loopback, by a command that runs on all of them at once. If none of them can be asked, for want of a
 * permission for example, there is {@linkplain #note something to be told}, and they do not count.
 */
final class InstancesByShell implements RemoteOrigins {

    private final Platform platform;
    private final RemoteShell shell;
    private StackStatus found;
    private boolean isFirst = true;
    private boolean wereAsked;
    private Optional<String> note = Optional.empty();

    InstancesByShell(Platform platform, RemoteShell shell, StackStatus found) {
        this.platform = platform;
        this.shell = shell;
        this.found = found;
    }

    /** Those that users are sent to: one that boots or goes serves nobody. */
    private List<InstanceId> inService() {
        return found.instances().stream()
                .filter(instance -> instance.rotation() == Rotation.IN)
                .map(Instance::id)
                .toList();
    }

    /** Whoever waits may see instances come and go. Where nobody says which there are now, those from before are asked. */
    private void look() throws InterruptedException {
        if (isFirst) {
            isFirst = false;
            return;
        }
        try {
            found = platform.status(found.stack());
        } catch (AwsException unasked) {
            note = Optional.of("which instances there are could not be asked each time: " + unasked.getMessage());
        }
    }

    @Override
    public String way() {
        return "Run Command";
    }

    @Override
    public synchronized List<RemoteAnswer> ask(List<String> paths, Duration limit) throws InterruptedException {
        look();
        List<RemoteAnswer> answers = new ArrayList<>(answers(paths, limit));
        answers.addAll(missing());
        return answers;
    }

    /** An instance that starts while the others serve is no fault: that is how a group grows. */
    private List<RemoteAnswer> missing() {
        int there = found.instances().size();
        String why = "the platform has " + there + " of " + (there + found.missing()) + " instances";
        List<RemoteAnswer> missing = new ArrayList<>();
        if (inService().isEmpty()) {
            found.instances()
                    .forEach(each ->
                            missing.add(new RemoteAnswer.NotInService(each.id().text(), "")));
        }
        for (int number = 1; number <= found.missing(); number++) {
            missing.add(new RemoteAnswer.NotInService("missing-" + number, why));
        }
        return missing;
    }

    private List<RemoteAnswer> answers(List<String> paths, Duration limit) throws InterruptedException {
        List<InstanceId> asked = inService();
        if (asked.isEmpty()) {
            note = Optional.of("only the edge was asked: no instance is in rotation");
            return List.of();
        }
        LoopbackCurl question = new LoopbackCurl(paths, Duration.ofSeconds(Math.max(1, limit.toSeconds())));
        Map<InstanceId, CommandResult> results = shell.runOnAll(asked, question.commandLine(), question.limits());
        List<RemoteAnswer> answers = new ArrayList<>();
        results.forEach((instance, result) -> answers.add(answer(instance.text(), question, result)));
        return unlessNoneWasAsked(answers);
    }

    private List<RemoteAnswer> unlessNoneWasAsked(List<RemoteAnswer> answers) {
        wereAsked |= answers.stream().anyMatch(RemoteAnswer.Asked.class::isInstance);
        // Who could be asked before is missed now.
        if (wereAsked) {
            return answers;
        }
        note = Optional.of(
                "only the edge was asked, not the instances: " + ((RemoteAnswer.NotAsked) answers.get(0)).why());
        return List.of();
    }

    private static RemoteAnswer answer(String instance, LoopbackCurl question, CommandResult result) {
        return result.match(
                ended -> {
                    List<RemoteAnswer.Reply> replies = question.answers(ended).stream()
                            .map(answer -> reply(answer, ended.isCut()))
                            .toList();
                    return replies.isEmpty()
                            ? new RemoteAnswer.NotAsked(instance, question.unanswered(ended))
                            : new RemoteAnswer.Asked(instance, replies);
                },
                failed -> new RemoteAnswer.NotAsked(instance, failed.message()));
    }

    private static RemoteAnswer.Reply reply(LoopbackCurl.Answer answer, boolean isCut) {
        Optional<Reason> failure = isCut ? Optional.of(Reason.BODY_TOO_LARGE) : failure(answer);
        return failure.<RemoteAnswer.Reply>map(
                        reason -> new RemoteAnswer.Failed(reason, answer.problem(), answer.took()))
                .orElseGet(() -> new RemoteAnswer.Answered(answer.status(), answer.body(), answer.took()));
    }

    /** By the <a href="https://curl.se/libcurl/c/libcurl-errors.html">exit codes of curl</a>. */
    private static Optional<Reason> failure(LoopbackCurl.Answer answer) {
        return switch (answer.curlExit()) {
            case 0 -> Optional.empty();
            case 7 -> Optional.of(Reason.CONNECTION_REFUSED);
            case 18 -> Optional.of(Reason.BODY_TRUNCATED);
            case 28 -> Optional.of(answer.status() == 0 ? Reason.FIRST_BYTE_TIMEOUT : Reason.BODY_TIMEOUT);
            case 52 -> Optional.of(Reason.CONNECTION_CLOSED);
            case 56 -> Optional.of(Reason.CONNECTION_RESET);
            case 63 -> Optional.of(Reason.BODY_TOO_LARGE);
            default -> Optional.of(Reason.MALFORMED_REPLY);
        };
    }

    /** What has to be told: that at some time no instance could be asked, and why. */
    synchronized Optional<String> note() {
        return note;
    }
}
