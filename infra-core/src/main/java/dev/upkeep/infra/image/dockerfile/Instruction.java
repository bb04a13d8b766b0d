package dev.upkeep.infra.image.dockerfile;

import java.util.List;

/**
 * One instruction of a Dockerfile.
 *
 * @param keyword in upper case
 * @param arguments what follows it, continued lines joined
 * @param line where it begins, from 1
 * @param lines its lines as they stand in the file
 */
record Instruction(String keyword, String arguments, int line, List<String> lines) {

    /** Where it begins, as {@code line:column}. */
    String place() {
        return line + ":" + (1 + indent(lines.get(0)));
    }

    /** Where something of it stands, or where it begins if that cannot be told. */
    String place(String part) {
        for (int each = 0; each < lines.size(); each++) {
            int from = each == 0
                    ? Math.min(
                            indent(lines.get(0)) + keyword.length(),
                            lines.get(0).length())
                    : 0;
            int at = lines.get(each).indexOf(part, from);
            if (at >= 0 && !part.isEmpty()) {
                return (line + each) + ":" + (at + 1);
            }
        }
        return place();
    }

    private static int indent(String text) {
        return text.length() - text.stripLeading().length();
    }
}
