package dev.upkeep.infra.image.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What ARG and ENV have set so far, and what words come to with it. Quotes and escapes are taken off, as Docker does. */
final class Variables {

    /** A word that cannot be understood; the message has no place. */
    @SuppressWarnings("serial") // thrown and caught within this package
    static final class UnclearException extends dev.upkeep.infra.failure.InfraException {

        private final String part;

        UnclearException(String part, String message) {
            super(message, null);
            this.part = part;
        }

        String part() {
            return part;
        }
    }

    private final Map<String, String> arguments = new HashMap<>();
    private final SortedMap<String, String> environment = new TreeMap<>();

    void argument(String name, String value) {
        arguments.put(name, value);
    }

    void environment(Map<String, String> values) {
        environment.putAll(values);
    }

    SortedMap<String, String> environment() {
        return environment;
    }

    @Nullable
    String value(String name) {
        return environment.getOrDefault(name, arguments.get(name));
    }

    /** Splits at blanks outside of quotes; quotes and escapes stay. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '\\' && quote != '\'' && at + 1 < text.length()) {
                word.append(each).append(text.charAt(++at));
            } else if (quote == 0 && Character.isWhitespace(each)) {
                if (word.length() > 0) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                quote = quote == each ? 0 : quote == 0 && (each == '"' || each == '\'') ? each : quote;
                word.append(each);
            }
        }
        if (quote != 0) {
            throw new UnclearException(word.toString(), "a quote is not closed; close it");
        }
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    /** What a word comes to. */
    String expand(String word) {
        StringBuilder text = new StringBuilder();
        char quote = 0;
        for (int at = 0; at < word.length(); at++) {
            char each = word.charAt(at);
            if (each == '\\' && quote != '\'' && at + 1 < word.length()) {
                at++;
                boolean kept = quote == '"' && "\"$\\".indexOf(word.charAt(at)) < 0;
                text.append(kept ? "\\" : "").append(word.charAt(at));
            } else if (each == '$' && quote != '\'') {
                int end = end(word, at);
                text.append(variable(word.substring(at, end)));
                at = end - 1;
            } else if ((each == '"' || each == '\'') && (quote == 0 || quote == each)) {
                quote = quote == 0 ? each : 0;
            } else {
                text.append(each);
            }
        }
        return text.toString();
    }

    private static int end(String word, int dollar) {
        if (word.startsWith("{", dollar + 1)) {
            int close = word.indexOf('}', dollar);
            if (close < 0) {
                throw new UnclearException(word.substring(dollar), "${ is not closed; close it with }");
            }
            return close + 1;
        }
        int end = dollar + 1;
        while (end < word.length() && (Character.isLetterOrDigit(word.charAt(end)) || word.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private String variable(String reference) {
        String inner = reference.replaceFirst("^\\$\\{?", "").replaceFirst("}$", "");
        if (inner.isEmpty()) {
            return reference;
        }
        int colon = inner.indexOf(":-");
        String name = colon < 0 ? inner : inner.substring(0, colon);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new UnclearException(
                    reference, reference + " is of a kind that is not known here; write ${NAME} or ${NAME:-VALUE}");
        }
        String value = value(name);
        if (colon >= 0) {
            return value == null || value.isEmpty() ? inner.substring(colon + 2) : value;
        }
        if (value == null) {
            throw new UnclearException(
                    reference,
                    "neither ARG nor ENV of this file sets " + name
                            + ", and what the base sets is not read; write the value out, or set it before");
        }
        return value;
    }
}
