package dev.upkeep.infra.local.process;

import static dev.upkeep.infra.local.process.FakeProcessTable.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.time.Polling;
import dev.upkeep.infra.time.Sleeper;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    private static final Path FOLDER = Path.of("/state/shop/i1");

    private static boolean covers(ProcessFacts process) {
        return Ownership.of(FOLDER).covers(process);
    }

    @Test
    void anApplicationIsRecognisedByTheMarkInItsEnvironment() {
        assertThat(covers(process(9, "java", "/srv/app", "/state/shop/i1"))).isTrue();
        assertThat(covers(process(9, "node", "/srv/app", "/state/shop/i2"))).isFalse();
        assertThat(covers(process(9, "node", "/srv/app", "/state/shop/i11"))).isFalse();
    }

    @Test
    void aMarkThatIsNoPathIsNotOurs() {
        assertThat(covers(process(9, "node", "/srv/app", "\0"))).isFalse();
    }

    @Test
    void aServerIsRecognisedByTheFolderItWorksIn() {
        assertThat(covers(process(9, "nginx", "/state/shop/i1", ""))).isTrue();
        assertThat(covers(process(9, "haproxy", "/state/shop/i1", ""))).isTrue();
        assertThat(covers(process(9, "nginx", "/state/shop/i2", ""))).isFalse();
        assertThat(covers(process(9, "nginx", "/", ""))).isFalse();
    }

    @Test
    void aShellThatSomebodyOpenedInTheFolderIsNotOurs() {
        assertThat(covers(process(9, "bash", "/state/shop/i1", ""))).isFalse();
        assertThat(covers(process(9, "tail", "/state/shop/i1/logs", ""))).isFalse();
    }

    @Test
    void withoutFolderAndMarkTheCommandLineDecides() {
        ProcessFacts ours = new ProcessFacts(
                9, 1, 1, false, "nginx", Optional.empty(), "", "nginx: master nginx -p /state/shop/i1/ -c nginx.conf");
        ProcessFacts other = new ProcessFacts(
                9, 1, 1, false, "nginx", Optional.empty(), "", "nginx: master nginx -p /state/shop/i11/ -c nginx.conf");
        ProcessFacts editor =
                new ProcessFacts(9, 1, 1, false, "vim", Optional.empty(), "", "vim /state/shop/i1/nginx.conf");

        assertThat(covers(ours)).isTrue();
        assertThat(covers(other)).isFalse();
        assertThat(covers(editor)).isFalse();
    }

    @Test
    void theStacksFolderCoversItsInstances() {
        Ownership stack = Ownership.of(Path.of("/state/shop"));

        assertThat(stack.covers(process(9, "nginx", "/state/shop/i1", ""))).isTrue();
        assertThat(stack.covers(process(9, "nginx", "/state/shop2/i1", ""))).isFalse();
    }

    @Test
    void aStaleNumberThatNowBelongsToSomebodyElseIsNotOurs() {
        FakeProcessTable table = new FakeProcessTable();
        table.processes.add(process(4711, "sleep", "/home/somebody", ""));
        Processes processes = new Processes(table, new Polling(InstantSource.fixed(Instant.EPOCH), Sleeper.real()));

        assertThat(processes.owned(4711, FOLDER)).isEmpty();
        assertThat(processes.owned(4712, FOLDER)).isEmpty();
    }

    @Test
    void theSweepFindsAWorkerWhoseMasterIsGone() {
        FakeProcessTable table = new FakeProcessTable();
        ProcessFacts worker = process(12, "nginx", "/state/shop/i1", "");
        table.processes.add(worker);
        table.processes.add(process(13, "nginx", "/etc/nginx", ""));
        table.processes.add(process(14, "bash", "/state/shop/i1", ""));
        Processes processes = new Processes(table, new Polling(InstantSource.fixed(Instant.EPOCH), Sleeper.real()));

        assertThat(processes.within(Path.of("/state/shop"))).containsExactly(worker);
    }

    @Test
    void anotherProcessOfTheSameNumberIsAnotherProcess() {
        ProcessFacts before = process(12, "nginx", "/state/shop/i1", "");
        FakeProcessTable table = new FakeProcessTable();
        table.processes.add(new ProcessFacts(12, 2, 1, false, "sleep", Optional.empty(), "", ""));
        Processes processes = new Processes(table, new Polling(InstantSource.fixed(Instant.EPOCH), Sleeper.real()));

        assertThat(processes.runs(before)).isFalse();
    }
}
