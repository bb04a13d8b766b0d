package dev.upkeep.cli.command;

/**
 * One line of an examination.
 *
 * @param grade how it looks
 * @param text what was looked at and found
 * @param whatToDo empty if nothing
 */
record Finding(Grade grade, String text, String whatToDo) {

    /** How something looks. */
    enum Grade {
        /** As it should be. */
        GOOD("ok"),
        /** Works, but is worth knowing. */
        NOTE("note"),
        /** Something will not work. */
        WRONG("WRONG");

        private final String word;

        Grade(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Finding good(String text) {
        return new Finding(Grade.GOOD, text, "");
    }

    static Finding note(String text, String whatToDo) {
        return new Finding(Grade.NOTE, text, whatToDo);
    }

    static Finding wrong(String text, String whatToDo) {
        return new Finding(Grade.WRONG, text, whatToDo);
    }
}
