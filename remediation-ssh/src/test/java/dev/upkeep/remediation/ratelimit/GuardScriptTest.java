package dev.upkeep.remediation.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.remediation.inspection.Facts;
import dev.upkeep.remediation.inspection.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that a host runs, run by the shell of this machine. */
class GuardScriptTest {

    @TempDir
    private Path home;

    private Path folder;
    private volatile int exitCode;

    @BeforeEach
    void hasAFolder() {
        folder = home.resolve("heal/host");
    }

    private Facts run(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("host"));
        all.addAll(List.of(arguments));
        List<String> argv = new ArrayList<>(
                Scripts.commandLine(GuardScriptTest.class, "guard.sh", all).argv());
        argv.set(
                2,
                argv.get(2)
                        .replace("dir=/var/lib/upkeep/heal", "dir='" + folder.getParent() + "'")
                        .replace("/var/lib ]", home + " ]"));
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exitCode = process.waitFor();
        return new Facts(printed);
    }

    @Test
    void aRepairIsWrittenDownAndRemembered() throws IOException, InterruptedException {
        assertThat(run("enter", "t1", "ann@laptop").first("entered")).contains("t1");
        assertThat(run("enter", "t2", "bob@office").first("held"))
                .hasValueSatisfying(held -> assertThat(held).endsWith("\tann@laptop"));
        run("begin", "t1", "ann@laptop", "start unit nginx.service");
        assertThat(exitCode).isZero();
        run("begin", "t2", "bob@office", "start unit nginx.service");
        assertThat(exitCode).isEqualTo(1);
        run("leave", "t2", "failed");
        assertThat(exitCode).isEqualTo(1);
        run("leave", "t1", "helped");
        assertThat(exitCode).isZero();

        Facts facts = run("look");

        assertThat(facts.first("held")).isEmpty();
        assertThat(facts.all("try"))
                .hasSize(2)
                .first()
                .asString()
                .matches("t1\t[0-9]+\tbegun\tann@laptop\tstart unit nginx.service");
        assertThat(facts.all("try")).last().asString().matches("t1\t[0-9]+\thelped\t\t");
        run("reset");
        assertThat(run("look").all("try")).isEmpty();
    }

    @Test
    void theLockOfAHealerThatDiedIsTakenOverInAQuarterOfAnHour() throws IOException, InterruptedException {
        run("enter", "t1", "ann@laptop");
        Path owner = folder.resolve("lock/owner");
        Files.writeString(owner, "t1\n" + (Instant.now().getEpochSecond() - 890) + "\nann@laptop\n");
        assertThat(run("enter", "t2", "bob").first("entered")).isEmpty();
        Files.writeString(owner, "t1\n" + (Instant.now().getEpochSecond() - 910) + "\nann@laptop\n");

        assertThat(run("enter", "t2", "bob").first("entered")).contains("t2");
        run("begin", "t1", "ann@laptop", "start unit nginx.service");
        assertThat(exitCode).isEqualTo(1);
    }

    /** It may die between the folder and what is in it. */
    @Test
    void aLockWithoutAnOwnerIsThatOfAHealerThatDied() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("lock"));
        assertThat(run("enter", "t2", "bob").first("held")).isPresent();
        Files.setLastModifiedTime(
                folder.resolve("lock"), FileTime.from(Instant.now().minusSeconds(1000)));

        assertThat(run("enter", "t2", "bob").first("entered")).contains("t2");
    }

    @Test
    void ofManyThatFindItOldOneGetsTheLock() throws Exception {
        Files.createDirectories(folder.resolve("lock"));
        Files.setLastModifiedTime(
                folder.resolve("lock"), FileTime.from(Instant.now().minusSeconds(1000)));
        ExecutorService healers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> entering = new ArrayList<>();
            for (int healer = 0; healer < 24; healer++) {
                String token = "t" + healer;
                entering.add(() -> run("enter", token, token).first("entered").isPresent());
            }
            int entered = 0;
            for (Future<Boolean> each : healers.invokeAll(entering)) {
                entered += each.get() ? 1 : 0;
            }
            assertThat(entered).isEqualTo(1);
        } finally {
            healers.shutdownNow();
        }
    }
}
