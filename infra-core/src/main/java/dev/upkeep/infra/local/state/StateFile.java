package dev.upkeep.infra.local.state;

import dev.upkeep.infra.failure.StateFolderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file that remembers a stack: JSON, replaced as a whole. */
public final class StateFile {

    private final Path file;

    /**
     * Works on the state file of a stack.
     *
     * @param folder the stack's folder
     */
    public StateFile(StackFolder folder) {
        this.file = folder.stateFile();
    }

    /**
     * Reads it. Never changes anything.
     *
     * @return what was found, also when the file is missing or damaged
     * @throws StateFolderException if there is a file that the system refuses to read, or that a newer Upkeep wrote
     */
    public FoundState read() {
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return new FoundState(Optional.empty(), "");
        } catch (IOException e) {
            throw StackFolder.unusable(file, e);
        }
        if (StateJson.isNewer(text)) {
            throw new StateFolderException(
                    file, "a newer Upkeep wrote it", "use that one, or " + StackFolder.ELSEWHERE, null);
        }
        try {
            return new FoundState(Optional.of(StateJson.read(text)), "");
        } catch (IOException | RuntimeException e) {
            return new FoundState(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Replaces it.
     *
     * @param stack what to remember
     * @throws StateFolderException if the disk is full or read-only; the old content stays
     */
    public void write(StackRecord stack) {
        AtomicFile.write(file, StateJson.write(stack));
    }

    /**
     * Keeps a damaged file for people to look at, under another name.
     *
     * @return where it lies now
     * @throws StateFolderException if it cannot be renamed
     */
    public Path setAside() {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            return Files.move(file, aside, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw StackFolder.unusable(file, e);
        }
    }
}
