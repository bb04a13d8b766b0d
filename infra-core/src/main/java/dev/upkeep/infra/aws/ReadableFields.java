package dev.upkeep.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.plan.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Properties of CloudFormation for people: the common ones by their usual words, long values by what differs in them, scripts by how much of them
 * differs, and what may be a secret not at all.
 */
final class ReadableFields {

    /** What AWS can say only when it has made something. */
    private static final String UNKNOWN_YET = "{{changeSet:KNOWN_AFTER_APPLY}}";

    private static final int LONGEST = 60;

    /** How much is shown before the place where two long values begin to differ. */
    private static final int BEFORE = 15;

    private static final String USER_DATA = "UserData";

    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(?:passw|passphrase|credential|private_?key|api_?key|auth_?token|secret(?!s?_?(?:arn|name))).*");

    /** By how their paths end. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("LaunchTemplateData/InstanceType", "instance type"),
            Map.entry("LaunchTemplateData/ImageId", "machine image"),
            Map.entry("LaunchTemplateData/" + USER_DATA, "user data"),
            Map.entry("Ebs/VolumeSize", "disk size in GB"),
            Map.entry("LaunchTemplate/Version", "version of the launch template"),
            Map.entry("DesiredCapacity", "instances"),
            Map.entry("MinSize", "fewest instances"),
            Map.entry("MaxSize", "most instances"),
            Map.entry("RetentionInDays", "days that logs are kept"));

    private ReadableFields() {}

    static List<FieldChange> of(List<FieldChange> fields) {
        return fields.stream().map(ReadableFields::readable).toList();
    }

    private static FieldChange readable(FieldChange field) {
        String name = WORDS.entrySet().stream()
                .filter(word -> isEndOf(field.field(), word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(field.field());
        if (SECRET.matcher(lastPart(field.field())).matches()) {
            return new FieldChange(name, hidden(field.from()), hidden(field.to()));
        }
        if (lastPart(field.field()).equals(USER_DATA)) {
            return script(name, field);
        }
        return field.from().isEmpty() && field.to().isEmpty()
                ? new FieldChange(name, "", "(changes with what it refers to)")
                : shortened(name, known(field.from()), known(field.to()));
    }

    private static boolean isEndOf(String path, String end) {
        return path.equals(end) || path.endsWith("/" + end);
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String hidden(String value) {
        return value.isEmpty() ? "" : "(not shown)";
    }

    private static String known(String value) {
        return value.replace(UNKNOWN_YET, "(known when it is made)");
    }

    private static FieldChange shortened(String name, String from, String to) {
        int same = 0;
        while (same < Math.min(from.length(), to.length()) && from.charAt(same) == to.charAt(same)) {
            same++;
        }
        int begin = from.length() > LONGEST || to.length() > LONGEST ? Math.max(0, same - BEFORE) : 0;
        return new FieldChange(name, part(from, begin), part(to, begin));
    }

    private static String part(String text, int begin) {
        if (text.length() <= LONGEST || begin >= text.length()) {
            return text;
        }
        int end = Math.min(text.length(), begin + LONGEST);
        return (begin > 0 ? "…" : "")
                + text.substring(begin, end).replace("\n", " ")
                + (end < text.length() ? "…" : "");
    }

    /** It is long, and only whoever wrote it can read it. */
    private static FieldChange script(String name, FieldChange field) {
        List<String> from = lines(field.from());
        List<String> to = lines(field.to());
        if (from.isEmpty() || to.isEmpty()) {
            return new FieldChange(name, size(from), size(to));
        }
        return new FieldChange(
                name,
                size(from),
                size(to) + ", " + without(to, from).size() + " of them new, "
                        + without(from, to).size() + " gone");
    }

    private static String size(List<String> lines) {
        return lines.isEmpty() ? "" : lines.size() + " lines";
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> rest = new ArrayList<>(lines);
        others.forEach(rest::remove);
        return rest;
    }

    /** As a template joins them, or as they are. */
    private static List<String> lines(String text) {
        try {
            JsonNode parts = new ObjectMapper()
                    .readTree(text)
                    .path("Fn::Base64")
                    .path("Fn::Join")
                    .path(1);
            List<String> lines = new ArrayList<>();
            parts.forEach(part -> lines.add(part.isTextual() ? part.asText() : part.toString()));
            return lines.isEmpty() ? text.lines().toList() : lines;
        } catch (JsonProcessingException plain) {
            return text.lines().toList();
        }
    }
}
