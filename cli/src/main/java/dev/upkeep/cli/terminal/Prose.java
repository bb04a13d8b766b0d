package dev.upkeep.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Sentences in lines of a limited width. */
public final class Prose {

    private Prose() {}

    /**
     * Breaks a text between words. Lines that it has already stay; a word that is longer than a line has one of its own.
     *
     * @param text with single spaces between its words
     * @param width of a line, in characters
     * @return the lines, at least one
     */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        text.lines().forEach(line -> addBroken(line, width, lines));
        return lines.isEmpty() ? List.of("") : lines;
    }

    private static void addBroken(String line, int width, List<String> lines) {
        int begin = 0;
        while (line.length() - begin > width) {
            int space = line.lastIndexOf(' ', begin + width);
            int end = space > begin ? space : line.indexOf(' ', begin + 1);
            if (end < 0) {
                break;
            }
            lines.add(line.substring(begin, end));
            begin = end + 1;
        }
        lines.add(line.substring(begin));
    }
}
