package dev.upkeep.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a mistyped word was meant to be: the one with the fewest letters to change, add, leave out or swap. */
public final class Nearest {

    private static final int MOST_MISTAKES = 3;

    /** With fewer to each, another word is as near. */
    private static final int LETTERS_TO_A_MISTAKE = 3;

    private Nearest() {}

    /** Advice on what to write instead. */
    static String hint(String word, Collection<String> known) {
        return to(word, known)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElse("expected is one of " + String.join(", ", known));
    }

    /** Refuses a word that is not known. */
    static IllegalArgumentException notOneOf(String kind, String word, Collection<String> known) {
        return new IllegalArgumentException("\"" + word + "\" is not a " + kind + "; " + hint(word, known));
    }

    /** The nearest of the known words, if one is near. */
    public static Optional<String> to(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT).replace('_', '-');
        int tolerated = Math.min(MOST_MISTAKES, letters(word) / LETTERS_TO_A_MISTAKE);
        return known.stream()
                .filter(candidate -> distance(lower, candidate) <= tolerated)
                .min(Comparator.comparingInt(candidate -> distance(lower, candidate)));
    }

    /** The hyphens in front of an option are in all of them. */
    private static int letters(String word) {
        return word.replaceFirst("^-+", "").length();
    }

    /** Optimal string alignment: two letters in the wrong order are one mistake. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] =
                        i == 0 || j == 0 ? i + j : cheapest(cost, i, j, a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, int i, int j, int substitution) {
        return Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + substitution);
    }
}
