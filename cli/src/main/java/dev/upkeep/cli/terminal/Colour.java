package dev.upkeep.cli.terminal;

/** The colours in use. Each has one meaning, and the text says the same without it. */
public enum Colour {
    /** All is well. */
    GREEN("32"),
    /** Look at it. */
    YELLOW("33"),
    /** Act on it. */
    RED("31"),
    /** Not known. */
    MAGENTA("35"),
    /** Names, and what the reader may type. */
    CYAN("36"),
    /** Headings. */
    BOLD("1"),
    /** Less important. */
    DIM("2");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String paint(String text) {
        return "\u001B[" + code + "m" + text + "\u001B[0m";
    }
}
