package dev.upkeep.cli.terminal;

/** Whether text is coloured. */
public enum Palette {
    /** With colours. */
    COLOURED,
    /** Without colours. */
    PLAIN;

    /**
     * Colours a text, if at all.
     *
     * @param colour which
     * @param text without line breaks
     * @return the same text to the eye
     */
    public String paint(Colour colour, String text) {
        return this == COLOURED ? colour.paint(text) : text;
    }
}
