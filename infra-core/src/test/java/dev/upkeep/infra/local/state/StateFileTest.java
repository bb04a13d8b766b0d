package dev.upkeep.infra.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.StateFolderException;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.FailedOperation;
import dev.upkeep.infra.inventory.InstanceId;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.inventory.Rotation;
import dev.upkeep.infra.inventory.StackState;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.AppEnvironment;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private static final Release RELEASE = new Release(
            "1.0.6",
            Optional.of("0123456789ab"),
            new Application.Command(
                    List.of("node", "app \"quoted\".js"), Path.of("/srv/shop"), AppHealth.at("/healthz")),
            new NginxLimits(20, Duration.ofMinutes(2)));

    @TempDir
    Path root;

    private StackFolder folder;
    private StateFile file;

    private static final Operation OPERATION = new Operation(
            "1", StackName.of("shop"), Operation.Kind.APPLY, "root", 4711, Instant.parse("2026-11-22T10:00:00Z"));

    private final StackRecord record = new StackRecord(
            Shape.HIGHLY_AVAILABLE,
            20000,
            List.of(new InstanceRecord(InstanceId.of("i1"), 20001, 20002, RELEASE, Rotation.DRAINED, false)),
            Optional.of(RELEASE.withVersion("1.0.5")),
            Optional.of(OPERATION),
            Optional.of(new FailedOperation(
                    OPERATION, Optional.of(StackState.ROLLED_BACK), "instance i1 failed: it is tired\nof it")));

    @BeforeEach
    void makeFolder() {
        folder = StackFolder.in(root, StackName.of("shop"));
        StackFolder.make(folder.path());
        file = new StateFile(folder);
    }

    @Test
    void readsBackExactlyWhatWasWritten() {
        file.write(record);

        assertThat(file.read().stack()).contains(record);
    }

    @Test
    void readsBackImages() {
        ImageReference web = ImageReference.parse("127.0.0.1:5000/shop/web:1.0.6@sha256:" + "1".repeat(64));
        ImageReference app = ImageReference.parse("127.0.0.1:5000/shop/app:1.0.6@sha256:" + "2".repeat(64));
        Release images = new Release(
                "1.0.6",
                Optional.empty(),
                new Application.Image(app, AppHealth.anyAnswer()),
                new AppEnvironment(Map.of("COLOR", "a \"blue\"\tone"), Map.of()),
                NginxLimits.standard(),
                Optional.of(new Release.Containers(web, "inner")));
        StackRecord ofImages = record.withDeployed(images);

        file.write(ofImages);

        assertThat(file.read().stack()).contains(ofImages);
        assertThat(images.images()).containsExactly(web, app);
    }

    @Test
    void whatWasWrittenBeforeTheLimitsOfNginxCouldBeSetHasTheDefaults() throws IOException {
        file.write(record);
        String older = Files.readString(folder.stateFile()).replaceAll(",\\s*\"nginx\" : \\{[^}]*}", "");
        assertThat(older).doesNotContain("maxBody");
        Files.writeString(folder.stateFile(), older);

        assertThat(file.read()
                        .stack()
                        .orElseThrow()
                        .instances()
                        .get(0)
                        .release()
                        .nginx())
                .isEqualTo(NginxLimits.standard());
    }

    @Test
    void whatIsNotedFirstIsTheCause() {
        StackRecord failed = record.failed(Optional.of(StackState.ROLLED_BACK), "the cause");

        assertThat(failed.operation()).isEmpty();
        assertThat(failed.failure())
                .contains(new FailedOperation(OPERATION, Optional.of(StackState.ROLLED_BACK), "the cause"));
        assertThat(failed.failed(Optional.empty(), "a consequence")).isEqualTo(failed);
        assertThat(failed.atRest().failure()).isEmpty();
    }

    @Test
    void aMissingFileIsNotDamaged() {
        assertThat(file.read()).isEqualTo(new FoundState(Optional.empty(), ""));
    }

    @Test
    void everyTruncationIsFoundDamagedAndNoneThrows() throws IOException {
        file.write(record);
        String whole = Files.readString(folder.stateFile());
        for (int length = 1; length < whole.length() - 2; length++) {
            Files.writeString(folder.stateFile(), whole.substring(0, length));

            assertThat(file.read().damaged()).as("first %d characters", length).isTrue();
        }
    }

    @Test
    void aCrashWhileWritingLeavesTheOldContent() throws IOException {
        file.write(record);
        Files.writeString(folder.path().resolve("stack.json.new"), "{\"format\":2,\"sha");

        assertThat(file.read().stack()).contains(record);
        file.write(record.atRest());
        assertThat(file.read().stack()).contains(record.atRest());
        assertThat(folder.path().resolve("stack.json.new")).doesNotExist();
    }

    @Test
    void whatANewerUpkeepWroteIsRefusedNotTakenForDamage() throws IOException {
        file.write(record);
        Files.writeString(
                folder.stateFile(), Files.readString(folder.stateFile()).replace("\"format\" : 2", "\"format\" : 3"));

        assertThatThrownBy(() -> file.read())
                .isInstanceOf(StateFolderException.class)
                .hasMessage("Tried to use " + folder.stateFile()
                        + " for the state, found: a newer Upkeep wrote it; use that one,"
                        + " or choose another state folder (XDG_STATE_HOME)");
    }

    @Test
    void aFileInThePlaceOfTheFolderIsSaid() throws IOException {
        Path blocked = Files.writeString(root.resolve("blocked"), "");

        assertThatThrownBy(() -> StackFolder.make(blocked.resolve("shop")))
                .isInstanceOf(StateFolderException.class)
                .hasMessageContaining("choose another state folder");
    }

    @Test
    void onlyTheOwnerMayEnterTheFolder() throws IOException {
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void aSymbolicLinkToTheFolderIsResolved() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(root.resolve("real")));

        assertThat(StackFolder.in(link, StackName.of("shop")).path())
                .isEqualTo(root.toRealPath().resolve("real/shop"));
    }
}
