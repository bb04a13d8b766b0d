package dev.upkeep.remediation.audit;

import dev.upkeep.remediation.shell.CommandResult;
import java.util.List;
import java.util.regex.Pattern;

/** Takes out of what programs print what looks like a secret. It knows the usual forms only. */
public final class Redaction {

    private static final String HIDDEN = "[hidden]";

    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("(?i)((?:proxy-)?authorization|cookie|set-cookie|x-api-key)(\\s*[:=]\\s*)\\S.*"),
            Pattern.compile(
                    "(?i)([\\w.-]*(?:password|passwd|secret|token|api[_-]?key)[\\w.-]*)([\"']?\\s*[:=]\\s*[\"']?)[^\\s\"',;&]+"),
            Pattern.compile("(://[^\\s/:@]*)(:)[^\\s/@]+(?=@)"),
            Pattern.compile("()()\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
            Pattern.compile("()()-----BEGIN [A-Z ]*PRIVATE KEY-----.*"));

    private Redaction() {}

    /**
     * The first line that a command printed as errors, without them.
     *
     * @param before what stands in front of it
     * @param ended how the command ended
     * @return empty if it printed none
     */
    public static String said(String before, CommandResult.Ended ended) {
        return ended.stderr()
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> before + of(line))
                .orElse("");
    }

    /**
     * A line without them.
     *
     * @param line as a program printed it
     * @return the same if nothing in it looks like a secret; without characters that move a cursor
     */
    public static String of(String line) {
        String shown = line.replaceAll("\\p{Cntrl}", " ");
        for (Pattern secret : SECRETS) {
            shown = secret.matcher(shown).replaceAll("$1$2" + HIDDEN);
        }
        return shown;
    }
}
