package dev.upkeep.infra.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.StateFolderException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFolderTest {
    private static final Path FOLDER = Path.of("/state/shop");

    @Test
    void saysInWordsWhatTheSystemRefused() {
        assertThat(StackFolder.unusable(FOLDER, new AccessDeniedException("/state/shop")))
                .hasMessage("Tried to use /state/shop for the state, found: permission denied; "
                        + "run as its owner, or choose another state folder (XDG_STATE_HOME)");
        assertThat(StackFolder.unusable(FOLDER, new FileSystemException("/state", null, "Read-only file system"))
                        .problem())
                .isEqualTo("Read-only file system");
        assertThat(StackFolder.unusable(FOLDER, new IOException("No space left on device"))
                        .problem())
                .isEqualTo("No space left on device");
    }

    @Test
    void saysThatAFileLiesWhereAFolderIsNeeded(@TempDir Path root) throws IOException {
        Path file = Files.createFile(root.resolve("state"));

        assertThatThrownBy(() -> StackFolder.make(file))
                .isInstanceOf(StateFolderException.class)
                .hasMessageContaining("found: " + file + " is not a folder; ");
    }
}
