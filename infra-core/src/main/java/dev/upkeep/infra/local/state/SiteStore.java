package dev.upkeep.infra.local.state;

import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.server.ContentTime;
import dev.upkeep.infra.server.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies of static sites, each under the digest of its content. An instance serves a copy, so that editing the user's
 * folder changes nothing until the next apply, as on a server.
 */
public final class SiteStore {

    private static final int DIGEST_LENGTH = 12;

    private final Path folder;

    /**
     * Works on the sites of a stack.
     *
     * @param folder the stack's folder
     */
    public SiteStore(StackFolder folder) {
        this.folder = folder.sites();
    }

    /**
     * Computes a digest over the names and contents of all files of a site.
     *
     * @param site the user's folder, if there is a site
     * @return twelve hexadecimal characters, empty if there is no site
     * @throws InvalidSpecException if a file cannot be read
     */
    public static Optional<String> digest(Optional<Path> site) {
        return site.map(SiteStore::digestOf);
    }

    private static String digestOf(Path site) {
        MessageDigest digest = Sha256.begin();
        for (Path file : files(site)) {
            String name = site.relativize(file).toString();
            try {
                digest.update((name + "\0" + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
                Sha256.add(file, digest, OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_LENGTH);
    }

    private static List<Path> files(Path site) {
        try (Stream<Path> walk = Files.walk(site, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(Files::isRegularFile)
                    .map(SiteStore::named)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(site, e);
        } catch (UncheckedIOException e) {
            throw unreadable(site, Objects.requireNonNull(e.getCause()));
        }
    }

    /** nginx serves names in UTF-8. Of other bytes Java makes characters that lead to no file. */
    private static Path named(Path file) {
        if (file.toString().indexOf('\uFFFD') >= 0) {
            throw new InvalidSpecException(List.of(new SpecProblem(
                    "/site",
                    "the name of " + file + " is not in UTF-8, and cannot be served",
                    "rename it, for instance with convmv, and see that the locale is one with UTF-8")));
        }
        return file;
    }

    private static InvalidSpecException unreadable(Path path, IOException cause) {
        return new InvalidSpecException(List.of(new SpecProblem(
                "/site", FileTrouble.unreadable(path.toString(), cause), "make every file of the site readable")));
    }

    /**
     * Keeps a copy of a site. Does nothing if there is one already.
     *
     * @param site the user's folder
     * @param digest its digest
     * @throws dev.upkeep.infra.failure.StateFolderException if it cannot be copied
     * @throws InvalidSpecException if somebody changed the folder meanwhile; nothing is kept then
     */
    public void keep(Path site, String digest) {
        Path copy = folder.resolve(digest);
        if (Files.isDirectory(copy)) {
            return;
        }
        Path beside = folder.resolve(digest + ".new");
        Trees.remove(beside);
        StackFolder.make(beside);
        try {
            for (Path file : files(site)) {
                Path target = beside.resolve(site.relativize(file).toString());
                Files.createDirectories(target.getParent());
                copy(file, target);
            }
            checkCopy(beside, site, digest);
            Files.move(beside, copy, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw StackFolder.unusable(copy, e);
        }
    }

    /** What is kept under a digest is served under it from then on. */
    private static void checkCopy(Path copied, Path site, String digest) {
        if (!digestOf(copied).equals(digest)) {
            Trees.remove(copied);
            throw new InvalidSpecException(List.of(new SpecProblem(
                    "/site", site + " was changed while it was copied", "apply again when nobody writes to it")));
        }
    }

    private static void copy(Path file, Path target) throws IOException {
        MessageDigest digest = Sha256.begin();
        Sha256.add(file, digest, Files.newOutputStream(target));
        Files.setLastModifiedTime(target, FileTime.from(ContentTime.of(digest.digest())));
    }

    /**
     * Removes the copies that no instance serves any more.
     *
     * @param used the digests to keep
     */
    public void keepOnly(Set<String> used) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> copies = Files.list(folder)) {
            copies.filter(copy -> !used.contains(copy.getFileName().toString())).forEach(Trees::remove);
        } catch (IOException e) {
            throw StackFolder.unusable(folder, e);
        }
    }
}
