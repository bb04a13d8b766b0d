package dev.upkeep.checker.version;

/**
 * Text that can be looked at only so often. A regular expression with nested repetition may take exponential time on a text
 * made for it; each step of the matcher reads a character, so counting reads bounds the time.
 */
final class BoundedText implements CharSequence {
    /** Some tens of milliseconds; an ordinary match takes a few hundred steps. */
    private static final int MAXIMUM_STEPS = 2_000_000;

    private final CharSequence text;
    private int steps;

    BoundedText(CharSequence text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        steps++;
        if (steps > MAXIMUM_STEPS) {
            throw new TooManySteps();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** The match was given up. */
    static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("the match was given up after " + MAXIMUM_STEPS + " steps", null, false, false);
        }
    }
}
