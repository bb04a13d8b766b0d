package dev.upkeep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProseTest {

    @Test
    void linesBreakBetweenWordsAndKeepThoseThatWereThere() {
        assertThat(Prose.lines("one two three\n  four", 8)).containsExactly("one two", "three", "  four");
        assertThat(Prose.lines("one two", 7)).containsExactly("one two");
        assertThat(Prose.lines("one two", Integer.MAX_VALUE)).containsExactly("one two");
        assertThat(Prose.lines("", 8)).containsExactly("");
    }

    @Test
    void aWordThatIsTooLongIsNotBroken() {
        assertThat(Prose.lines("see arn:aws:iam::1:user/somebody now", 10))
                .containsExactly("see", "arn:aws:iam::1:user/somebody", "now");
        assertThat(Prose.lines("arn:aws:iam::1:user/somebody", 10)).containsExactly("arn:aws:iam::1:user/somebody");
    }
}
