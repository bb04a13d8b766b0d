package dev.upkeep.infra.aws.client;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What AWS says, without what is put around it on the way: the SDK adds the service, the status and how often it asked, and CloudFormation's handlers,
 * which ask by the same SDK, how they pass that on.
 */
public final class AwsWords {

    private static final Pattern HANDLER = Pattern.compile(
            "Resource handler returned message: \"(.*)\" \\(RequestToken: [^()]*HandlerErrorCode: (\\w+)\\)",
            Pattern.DOTALL);

    private static final Pattern ANSWER = Pattern.compile("\\s*\\(Service: [^()]*?Request ID: ([\\w-]+)[^()]*\\)");

    private static final Pattern TRIES = Pattern.compile("\\s*\\(SDK (?:Attempt Count|Diagnostics): [^()]*\\)");

    private static final String NOTHING = "null";

    private AwsWords() {}

    /**
     * The words of AWS itself, and the number of the request, by which its support finds it, once.
     *
     * @param text as it came
     * @return the same if nothing is around it
     */
    public static String of(String text) {
        String said = HANDLER.matcher(text).replaceAll(AwsWords::message);
        Set<String> named = new HashSet<>();
        String asked = ANSWER.matcher(said)
                .replaceAll(answer -> named.add(answer.group(1)) ? " (request " + answer.group(1) + ")" : "");
        return TRIES.matcher(asked).replaceAll("");
    }

    private static String message(MatchResult handler) {
        String message = handler.group(1);
        return Matcher.quoteReplacement(message.equals(NOTHING) ? handler.group(2) : message);
    }
}
