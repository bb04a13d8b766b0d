package dev.upkeep.infra.image.dockerfile;

import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.image.recipe.FolderFiles;
import dev.upkeep.infra.image.recipe.ImageInputException;
import dev.upkeep.infra.image.recipe.LayerFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The files of the user's folder, and where in the image they go. Knows which folders the image has got so far. */
final class CopiedFiles {

    private static final int MAGIC_END = 262;

    private final Path folder;
    private final Refusals refusals;
    private final Set<String> made = new HashSet<>(Set.of("/"));
    private final Map<String, LayerFile> context = new TreeMap<>();
    private boolean read;

    CopiedFiles(Path folder, Refusals refusals) {
        this.folder = folder;
        this.refusals = refusals;
    }

    /** The file by its path from the folder, read once. */
    private Map<String, LayerFile> context() {
        if (!read) {
            FolderFiles.wanted(folder, "")
                    .forEach(file -> context.put(file.path().substring(1), file));
            read = true;
        }
        return context;
    }

    /** The folder itself, unless it is there already. */
    Optional<LayerFile> folder(Instruction each, String path) {
        refuseShared(each, path);
        return know(path) ? Optional.of(LayerFile.folder(path, LayerFile.ROOT)) : Optional.empty();
    }

    private boolean know(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            made.add(path.substring(0, slash));
        }
        return made.add(path);
    }

    /** Folders above a file are made anew in its layer, which would close these to all others. */
    private void refuseShared(Instruction each, String path) {
        if (path.matches("/(?:var/)?tmp(?:/.*)?")) {
            throw refusals.unclear(
                    each.place(), each.keyword() + " would close " + path + " to other users", "use another folder");
        }
    }

    List<LayerFile> files(Instruction each, CopyArguments arguments, String target) {
        refuseShared(each, target);
        List<String> sources = new ArrayList<>();
        arguments.sources().forEach(source -> sources.addAll(matching(each, source)));
        boolean into = ImagePaths.isFolder(arguments.target()) || made.contains(target);
        if (sources.size() > 1 && !into) {
            throw refusals.unclear(
                    each.place(arguments.target()),
                    "several files cannot become " + arguments.target(),
                    "end it in a slash, if it is a folder");
        }
        Map<String, LayerFile> files = new TreeMap<>();
        for (String source : sources) {
            place(each, arguments, source, into, target, files);
        }
        return List.copyOf(files.values());
    }

    private List<String> matching(Instruction each, String source) {
        if (source.matches("(?:[a-z]+://|git@).*")) {
            throw refusals.needsEngine(each.place(source), each.keyword() + " of something from elsewhere");
        }
        String path = ImagePaths.resolve(null, source).substring(1);
        if (path.isEmpty()) {
            return List.of("");
        }
        if (List.of(source.split("/", -1)).contains("..")) {
            throw refusals.unclear(each.place(source), source + " leads out of the folder", "copy what lies within it");
        }
        // Braces are nothing special to Docker.
        PathMatcher matcher = FileSystems.getDefault()
                .getPathMatcher("glob:" + path.replace("{", "\\{").replace("}", "\\}"));
        List<String> found = context().keySet().stream()
                .filter(name -> matcher.matches(Path.of(name)))
                .toList();
        if (found.isEmpty()) {
            throw refusals.unclear(
                    each.place(source),
                    "the folder has no " + source + ", or its .dockerignore leaves it out",
                    "correct the path");
        }
        return found;
    }

    private void place(
            Instruction each,
            CopyArguments arguments,
            String source,
            boolean into,
            String target,
            Map<String, LayerFile> files) {
        Placement placement = new Placement(arguments, files);
        if (source.isEmpty() || isFolder(source)) {
            refuseUnknownOwner(each, arguments, target);
            know(target);
            String above = source.isEmpty() ? "" : source + "/";
            context().forEach((name, file) -> {
                if (name.startsWith(above)) {
                    String path = ImagePaths.resolve(target, name.substring(above.length()));
                    refuseShared(each, path);
                    placement.put(path, file);
                    if (isFolder(name)) {
                        know(path);
                    }
                }
            });
            return;
        }
        refuseArchive(each, source);
        if (into) {
            refuseUnknownOwner(each, arguments, target);
            know(target);
            placement.put(ImagePaths.resolve(target, ImagePaths.name(source)), fileOf(source));
        } else {
            refuseDoubt(each, arguments, source, target);
            refuseUnknownOwner(each, arguments, ImagePaths.above(target));
            placement.put(target, fileOf(source));
        }
    }

    private LayerFile fileOf(String source) {
        return Optional.ofNullable(context().get(source)).orElseThrow();
    }

    private boolean isFolder(String source) {
        return fileOf(source).content().file().filter(Files::isDirectory).isPresent();
    }

    /** Docker looks whether the base has a folder of that name; the base is not read here. */
    private void refuseDoubt(Instruction each, CopyArguments arguments, String source, String target) {
        String name = ImagePaths.name(target);
        if (!name.equals(ImagePaths.name(source)) && name.indexOf('.') < 0) {
            throw refusals.unclear(
                    each.place(arguments.target()),
                    "whether " + target + " is a folder cannot be told",
                    "end it in a slash if it is one; else give the file that name before it is copied");
        }
    }

    /** Folders that Docker has to make for a file belong to the file's owner; those of the base stay as they are. */
    private void refuseUnknownOwner(Instruction each, CopyArguments arguments, String path) {
        if (arguments.isOwnerSaid() && !made.contains(path)) {
            throw refusals.unclear(
                    each.place(arguments.target()),
                    "whose " + path + " is cannot be told, because the base may have it",
                    "make it before, with WORKDIR " + path);
        }
    }

    /** ADD unpacks what it finds to be an archive. */
    private void refuseArchive(Instruction each, String source) {
        if (!each.keyword().equals("ADD")) {
            return;
        }
        Path file = fileOf(source).content().file().orElseThrow();
        try (InputStream content = Files.newInputStream(file)) {
            String start = new String(content.readNBytes(MAGIC_END), StandardCharsets.ISO_8859_1);
            boolean packed = start.startsWith("\u001f\u008b")
                    || start.startsWith("BZh")
                    || start.startsWith("\u00fd7zXZ")
                    || start.startsWith("(\u00b5/\u00fd");
            if (packed || start.endsWith("ustar")) {
                throw refusals.needsEngine(each.place(source), "ADD of an archive, which it unpacks,");
            }
        } catch (IOException e) {
            throw new ImageInputException(folder, FileTrouble.unreadable(source, e), "make it readable", e);
        }
    }

    /** Collects files with the owner and mode that were asked for. */
    private record Placement(CopyArguments arguments, Map<String, LayerFile> files) {

        void put(String path, LayerFile file) {
            int mode = arguments.mode().orElse(file.mode());
            files.put(path, new LayerFile(path, file.content(), mode, arguments.owner(), file.time()));
        }
    }
}
