package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.failure.AwsException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What instances said that did not come up: what they sent before they went, or else what stands on their consoles. */
final class LastWords {

    private static final int LINES = 20;

    private final AwsAccess aws;

    LastWords(AwsAccess aws) {
        this.aws = aws;
    }

    /**
     * An instance that does not come up sends the end of what it said before it goes, unless it did not come that far: then the first of these
     * counts that has written something on its console.
     *
     * @param instances found out only then
     */
    String of(String stack, Instant since, Supplier<Stream<String>> instances) {
        return unlessRefused(() -> {
            String sent = end(aws.logs().since(BaseStack.logGroup(stack), BaseStack.BOOT_LOGS, since));
            return sent.isEmpty()
                    ? instances
                            .get()
                            .map(this::console)
                            .filter(text -> !text.isEmpty())
                            .findFirst()
                            .orElse("")
                    : sent;
        });
    }

    private String console(String instance) {
        String text = aws.machines().console(instance);
        return text.isEmpty()
                ? ""
                : "console of " + instance + ":\n" + end(text.lines().toList());
    }

    private static String end(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    /** Evidence that cannot be had does not hide what it is for. */
    static String unlessRefused(Supplier<String> question) {
        try {
            return question.get();
        } catch (AwsException e) {
            return "no evidence: " + e.getMessage();
        }
    }
}
