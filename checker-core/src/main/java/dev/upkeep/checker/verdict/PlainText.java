package dev.upkeep.checker.verdict;

/** Makes text from a server safe for logs and terminals: without control characters, and of limited length. */
final class PlainText {
    private PlainText() {}

    static String of(String text, int maximumLength) {
        String cut = text.length() <= maximumLength ? text : text.substring(0, maximumLength) + "...";
        StringBuilder plain = new StringBuilder(cut.length());
        cut.codePoints().forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '\uFFFD'));
        return plain.toString();
    }

    /** Format characters are left out as well: they can turn the direction of the text that follows. */
    private static boolean isPlain(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
