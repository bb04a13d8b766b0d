package dev.upkeep.infra.image.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits the text of a Dockerfile into instructions: comments, parser directives, continued lines. */
final class DockerfileText {

    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*(syntax|escape|check)\\s*=\\s*(\\S+)\\s*");

    private final List<String> lines;
    private char escape = '\\';
    private int next;

    private DockerfileText(List<String> lines) {
        this.lines = lines;
    }

    static List<Instruction> instructions(List<String> lines) {
        return new DockerfileText(lines).read();
    }

    private List<Instruction> read() {
        directives();
        List<Instruction> all = new ArrayList<>();
        while (next < lines.size()) {
            if (isComment(text(next))) {
                next++;
            } else {
                all.add(instruction());
            }
        }
        return all;
    }

    private String text(int number) {
        String line = lines.get(number);
        return number == 0 && line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private void directives() {
        while (next < lines.size()) {
            Matcher directive = DIRECTIVE.matcher(text(next).strip());
            if (!directive.matches()) {
                return;
            }
            if (directive.group(1).equals("escape")) {
                escape = directive.group(2).charAt(0);
            }
            next++;
        }
    }

    private static boolean isComment(String line) {
        String text = line.strip();
        return text.isEmpty() || text.startsWith("#");
    }

    private Instruction instruction() {
        int first = next;
        StringBuilder joined = new StringBuilder();
        boolean continued = true;
        while (continued && next < lines.size()) {
            String line = text(next);
            next++;
            if (joined.length() > 0 && isComment(line)) {
                continue;
            }
            String end = line.stripTrailing();
            continued = end.endsWith(String.valueOf(escape));
            joined.append(continued ? end.substring(0, end.length() - 1) : line);
        }
        String[] words = joined.toString().strip().split("\\s+", 2);
        return new Instruction(
                words[0].toUpperCase(Locale.ROOT),
                words.length > 1 ? words[1].strip() : "",
                first + 1,
                lines.subList(first, next));
    }
}
