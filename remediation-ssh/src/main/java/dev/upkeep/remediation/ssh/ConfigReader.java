package dev.upkeep.remediation.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads ssh_config, and what it includes. */
final class ConfigReader {
    /** As OpenSSH. */
    private static final int DEEPEST = 16;

    /** Where names without a folder are looked for. */
    private final Path folder;

    ConfigReader(Path folder) {
        this.folder = folder;
    }

    /** A file that is not there has no lines. */
    List<ConfigLine> read(Path file) {
        return read(file, 0);
    }

    private List<ConfigLine> read(Path file, int depth) {
        List<ConfigLine> lines = new ArrayList<>();
        List<String> texts = texts(file);
        for (int i = 0; i < texts.size(); i++) {
            ConfigLine.parse(texts.get(i), "line " + (i + 1) + " of " + file)
                    .map(line -> line.keyword().equals("include") ? included(line, depth + 1) : line)
                    .ifPresent(lines::add);
        }
        return lines;
    }

    private static List<String> texts(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new SshConfigException(file + " cannot be read, or is no text in UTF-8");
        }
    }

    private ConfigLine included(ConfigLine line, int depth) {
        if (depth > DEEPEST) {
            throw new SshConfigException(line.place() + " includes files within files, deeper than " + DEEPEST);
        }
        List<List<ConfigLine>> files = new ArrayList<>();
        for (String pattern : line.arguments()) {
            for (Path file : files(folder.resolve(Tokens.home(pattern)))) {
                files.add(read(file, depth));
            }
        }
        return line.including(files);
    }

    /** Those that fit, by name; wildcards only in the last part. */
    private static List<Path> files(Path pattern) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                pattern.getParent(), pattern.getFileName().toString())) {
            all.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new SshConfigException(pattern.getParent() + " cannot be read");
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }
}
