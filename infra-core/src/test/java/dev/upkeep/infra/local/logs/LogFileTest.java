package dev.upkeep.infra.local.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.logs.LogLine;
import dev.upkeep.infra.logs.LogSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private static final Optional<InstanceId> ONE = Optional.of(InstanceId.of("i1"));
    private static final Instant TEN = Instant.parse("2026-11-27T10:00:00Z");

    @TempDir
    private Path folder;

    private Path file;
    private LogFile log;

    @BeforeEach
    void open() {
        file = folder.resolve("app.log");
        log = new LogFile(file, ONE, LogSource.APP, ZoneOffset.UTC);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> texts() {
        return log.read().stream().map(each -> each.line().text()).toList();
    }

    @Test
    void everyLineIsReadOnceAndOnlyWhenItIsComplete() throws IOException {
        assertThat(texts()).isEmpty();
        append("one\ntw");
        assertThat(texts()).containsExactly("one");
        assertThat(texts()).isEmpty();
        append("o\r\nthree\n");
        assertThat(texts()).containsExactly("two", "three");
    }

    @Test
    void aLineSaysWhereItIsFrom() throws IOException {
        append("2026-11-27T10:00:00Z up\n");

        assertThat(log.read())
                .containsExactly(new DatedLine(
                        TEN, new LogLine(Optional.of(TEN), ONE, LogSource.APP, "2026-11-27T10:00:00Z up")));
    }

    @Test
    void afterItWasMovedAwayItsLastLinesAndThoseOfTheNextAreRead() throws IOException {
        append("one\n");
        assertThat(texts()).containsExactly("one");
        append("two\n");
        Files.move(file, folder.resolve("app.log.1"));
        append("three\n");

        assertThat(texts()).containsExactly("two", "three");
        Files.writeString(folder.resolve("app.log.1"), "four\n", StandardOpenOption.APPEND);
        append("five\n");
        assertThat(texts()).containsExactly("five");
    }

    @Test
    void whileThereIsNoNextOneItIsReadOn() throws IOException {
        append("one\n");
        assertThat(texts()).containsExactly("one");
        Path moved = Files.move(file, folder.resolve("app.log.1"));
        Files.writeString(moved, "two\n", StandardOpenOption.APPEND);

        assertThat(texts()).containsExactly("two");
    }

    @Test
    void afterItWasCutShortItIsReadFromItsBeginning() throws IOException {
        append("one, which is long\nhalf a li");
        assertThat(texts()).containsExactly("one, which is long");
        Files.writeString(file, "two\n");

        assertThat(texts()).containsExactly("two");
    }

    @Test
    void ofALongFileTheEndIsReadFromItsFirstWholeLineOn() throws IOException {
        String line = "0123456789".repeat(100) + "\n";
        append("first\n" + line.repeat(LogFile.LONGEST / line.length() + 10) + "last\n");

        List<String> texts = texts();
        assertThat(texts).hasSizeLessThan(LogFile.LONGEST / line.length() + 2).endsWith("last");
        assertThat(texts.subList(0, texts.size() - 1)).containsOnly(line.strip());
    }

    @Test
    void aLineThatHasNoEndIsReadInPieces() throws IOException {
        append("x".repeat(LogFile.LONGEST_LINE + 1) + "\n");

        assertThat(texts()).containsExactly("x".repeat(LogFile.LONGEST_LINE), "x");
    }

    @Test
    void aLineWithoutATimeKeepsItsPlace() throws IOException {
        append("""
                begin
                2026-11-27T10:00:00Z up
                  at a stack
                2026-11-27T09:00:00Z a clock was set back
                2026-11-27T10:00:01Z on
                """);

        assertThat(log.read()).extracting(DatedLine::place).containsExactly(TEN, TEN, TEN, TEN, TEN.plusSeconds(1));
        append("end\n");
        assertThat(log.read()).extracting(DatedLine::place).containsExactly(TEN.plusSeconds(1));
    }

    @Test
    void whereNoLineHasATimeTheFileHasOne() throws IOException {
        append("one\ntwo\n");
        Files.setLastModifiedTime(file, FileTime.from(TEN));

        assertThat(log.read()).extracting(DatedLine::place).containsExactly(TEN, TEN);
    }
}
