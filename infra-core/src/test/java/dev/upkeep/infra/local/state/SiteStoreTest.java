package dev.upkeep.infra.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteStoreTest {

    @TempDir
    Path temp;

    private Path site() throws IOException {
        Path site = Files.createDirectories(temp.resolve("site/css"));
        Files.writeString(site.resolve("a.css"), "a{}");
        Files.writeString(temp.resolve("site/index.html"), "hello");
        return temp.resolve("site");
    }

    private static String digest(Path site) {
        return SiteStore.digest(Optional.of(site)).orElseThrow();
    }

    @Test
    void theDigestChangesWithContentAndNamesButNotWithDates() throws IOException {
        Path site = site();
        String before = SiteStore.digest(Optional.of(site)).orElseThrow();
        Files.setLastModifiedTime(site.resolve("index.html"), java.nio.file.attribute.FileTime.fromMillis(0));
        assertThat(SiteStore.digest(Optional.of(site))).contains(before);

        Files.writeString(site.resolve("index.html"), "hallo");
        String changed = SiteStore.digest(Optional.of(site)).orElseThrow();
        Files.move(site.resolve("index.html"), site.resolve("home.html"));

        assertThat(Set.of(before, changed, SiteStore.digest(Optional.of(site)).orElseThrow()))
                .hasSize(3);
    }

    @Test
    void takesWhatLinksLeadTo() throws IOException {
        Path site = site();
        Path linked = Files.createDirectory(temp.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("pages"), site);
        Path current = Files.createSymbolicLink(temp.resolve("current"), linked);
        StackFolder folder = StackFolder.in(temp, StackName.of("shop"));

        String digest = digest(current);
        new SiteStore(folder).keep(current, digest);

        assertThat(folder.sites().resolve(digest + "/pages/css/a.css")).hasContent("a{}");
        assertThat(SiteStore.digest(Optional.of(current))).isNotEqualTo(SiteStore.digest(Optional.of(site)));
    }

    @Test
    void saysWhatIsWrongWithASiteThatCannotBeRead() throws IOException {
        Path site = site();
        Files.createSymbolicLink(site.resolve("css/up"), site);

        assertThatThrownBy(() -> SiteStore.digest(Optional.of(site)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("/site: ")
                .hasMessageContaining("css/up is a link that leads back");
        assertThatThrownBy(() -> SiteStore.digest(Optional.of(temp.resolve("nowhere"))))
                .hasMessageContaining("nowhere does not exist");
    }

    @Test
    void keepsACopyThatLaterEditsDoNotReach() throws IOException {
        StackFolder folder = StackFolder.in(temp, StackName.of("shop"));
        Path site = site();
        String digest = digest(site);
        new SiteStore(folder).keep(site, digest);
        Files.writeString(site.resolve("index.html"), "edited");
        new SiteStore(folder).keep(site, digest);

        assertThat(folder.sites().resolve(digest + "/index.html")).hasContent("hello");
        assertThat(folder.sites().resolve(digest + "/css/a.css")).exists();
    }

    @Test
    void keepsNothingUnderADigestThatItDoesNotHave() throws IOException {
        StackFolder folder = StackFolder.in(temp, StackName.of("shop"));
        Path site = site();
        String digest = digest(site);
        Files.writeString(site.resolve("index.html"), "written meanwhile");

        assertThatThrownBy(() -> new SiteStore(folder).keep(site, digest))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("was changed while it was copied");

        assertThat(folder.sites()).isEmptyDirectory();
    }

    @Test
    void removesCopiesThatNobodyServes() throws IOException {
        StackFolder folder = StackFolder.in(temp, StackName.of("shop"));
        SiteStore store = new SiteStore(folder);
        Path site = site();
        String older = digest(site);
        store.keep(site, older);
        Files.writeString(site.resolve("index.html"), "newer");
        String newer = digest(site);
        store.keep(site, newer);

        store.keepOnly(Set.of(newer));

        assertThat(folder.sites())
                .isDirectoryNotContaining("glob:**/" + older)
                .isDirectoryContaining("glob:**/" + newer);
    }
}
