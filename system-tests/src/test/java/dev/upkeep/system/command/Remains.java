package dev.upkeep.system.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds what belongs to a folder by looking at all processes of this machine, by other means than upkeep's own. */
final class Remains {
    private static final Path PROC = Path.of("/proc");

    private Remains() {}

    /** The processes that work in the folder or below, or name it in their command line or environment. */
    static List<Long> processes(Path folder) {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                if (pid != ProcessHandle.current().pid() && isAlive(entry) && belongsTo(folder, entry)) {
                    found.add(pid);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + PROC, e);
        }
        return found;
    }

    /** The processes of a program, such as {@code nginx}, among those of a folder. */
    static List<Long> processes(Path folder, String program) {
        return processes(folder).stream()
                .filter(pid -> read(PROC.resolve(pid + "/comm")).strip().equals(program))
                .toList();
    }

    static boolean isAlive(long pid) {
        return isAlive(PROC.resolve(Long.toString(pid)));
    }

    /** A process that has ended but was not waited for yet is gone for all but its parent. */
    private static boolean isAlive(Path entry) {
        String stat = read(entry.resolve("stat"));
        int end = stat.lastIndexOf(')');
        return end >= 0 && stat.charAt(end + 2) != 'Z';
    }

    private static boolean belongsTo(Path folder, Path entry) {
        String text = folder.toString();
        return read(entry.resolve("cmdline")).contains(text)
                || read(entry.resolve("environ")).contains(text)
                || link(entry.resolve("cwd")).startsWith(text);
    }

    private static String link(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
