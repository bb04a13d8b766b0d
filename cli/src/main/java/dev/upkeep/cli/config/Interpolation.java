package dev.upkeep.cli.config;

import java.util.Map;
import java.util.Optional;

/**
 * Puts environment variables into a value: {@code ${NAME}}, or {@code ${NAME:-default}} where the variable may be unset or empty.
 * A doubled dollar sign before the brace stands for the characters themselves. Applied to values after parsing, so that no variable can change the structure of the file.
 */
public final class Interpolation {

    private final Map<String, String> environment;
    private final StringBuilder result = new StringBuilder();
    private final String raw;
    private String trouble = "";

    private Interpolation(Map<String, String> environment, String raw) {
        this.environment = environment;
        this.raw = raw;
    }

    /**
     * What came of a value.
     *
     * @param text the value with its variables put in
     * @param trouble what is wrong, empty if nothing
     */
    record Outcome(String text, String trouble) {}

    /**
     * Puts variables into a text.
     *
     * @throws IllegalArgumentException if a variable is not set, or the text is not well-formed; the message shows no value
     */
    public static String resolve(String raw, Map<String, String> environment) {
        Outcome outcome = of(raw, environment);
        if (!outcome.trouble().isEmpty()) {
            throw new IllegalArgumentException(outcome.trouble());
        }
        return outcome.text();
    }

    static Outcome of(String raw, Map<String, String> environment) {
        if (!raw.contains("${")) {
            return new Outcome(raw, "");
        }
        return new Interpolation(environment, raw).run();
    }

    private Outcome run() {
        int at = 0;
        while (at < raw.length() && trouble.isEmpty()) {
            if (raw.startsWith("$${", at)) {
                result.append("${");
                at += 3;
            } else if (raw.startsWith("${", at)) {
                at = reference(at + 2);
            } else {
                result.append(raw.charAt(at));
                at++;
            }
        }
        return new Outcome(result.toString(), trouble);
    }

    private int reference(int from) {
        int end = raw.indexOf('}', from);
        if (end < 0) {
            trouble = "${ without its }; write $${ where the characters ${ themselves are meant";
            return raw.length();
        }
        String inside = raw.substring(from, end);
        int dash = inside.indexOf(":-");
        String name = dash < 0 ? inside : inside.substring(0, dash);
        Optional<String> fallback = dash < 0 ? Optional.empty() : Optional.of(inside.substring(dash + 2));
        result.append(value(name, fallback.isPresent()).or(() -> fallback).orElse(""));
        return end + 1;
    }

    private Optional<String> value(String name, boolean hasDefault) {
        if (!isName(name)) {
            trouble = "${" + name + "} does not name an environment variable; write ${NAME} or ${NAME:-default}";
            return Optional.empty();
        }
        Optional<String> value = Optional.ofNullable(environment.get(name));
        if (value.isEmpty() && !hasDefault) {
            trouble = "the environment variable " + name + " is not set; set it, or write ${" + name + ":-default}";
        }
        return hasDefault ? value.filter(text -> !text.isEmpty()) : value;
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && !Character.isDigit(text.charAt(0))
                && text.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }
}
