package dev.upkeep.cli.graph;

import java.util.stream.Collectors;

/** Text that every language of graphs can hold. */
final class PlainText {

    /** What stands for a character that cannot be shown. */
    private static final int REPLACEMENT = 0xFFFD;

    private PlainText() {}

    /** With line breaks alone of all control characters, and without halves of characters or what XML 1.0 (2.2) leaves out. */
    static String of(String text) {
        return text.codePoints()
                .map(each -> isShown(each) ? each : REPLACEMENT)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static boolean isShown(int character) {
        return character == '\n'
                || !(Character.isISOControl(character)
                        || Character.getType(character) == Character.SURROGATE
                        || character == 0xFFFE
                        || character == 0xFFFF);
    }
}
