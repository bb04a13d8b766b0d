package dev.upkeep.infra.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.image.registry.TaggedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PruningTest {

    private static final Pruning.Indexes NONE = digest -> Set.of();

    private static List<TaggedImage> images(String... tagsAndDigests) {
        return Arrays.stream(tagsAndDigests)
                .map(each -> each.split("="))
                .map(parts -> new TaggedImage(parts[0], parts[1]))
                .toList();
    }

    @Test
    void keepsTheNewestByTheOrderOfVersionsNotOfLetters() throws InterruptedException {
        List<TaggedImage> all = images("1.0.10=a", "1.0.9=b", "1.0.2=c", "1.0.10-rc.1=d");

        assertThat(Pruning.of(all, 2, Set.of(), NONE))
                .extracting(TaggedImage::tag)
                .containsExactly("1.0.2", "1.0.9");
    }

    @Test
    void neverTakesWhatIsInUseOrHasANewerTagToo() throws InterruptedException {
        List<TaggedImage> all = images("1.0.1=a", "1.0.2=b", "1.0.3=c", "1.0.4=b");

        assertThat(Pruning.of(all, 1, Set.of("a"), NONE))
                .extracting(TaggedImage::tag)
                .containsExactly("1.0.3");
    }

    @Test
    void neverTakesATagThatIsNoVersionNorItsImage() throws InterruptedException {
        List<TaggedImage> all = images("latest=a", "1.0.1=a", "1.0.2=b", "1.0.3=c");

        assertThat(Pruning.of(all, 1, Set.of(), NONE))
                .extracting(TaggedImage::tag)
                .containsExactly("1.0.2");
    }

    @Test
    void neverTakesAPartOfWhatStays() throws InterruptedException {
        List<TaggedImage> all = images("1.0.0=a", "1.0.1=b", "1.1.0=c");
        Pruning.Indexes indexes = digest -> digest.equals("c") ? Set.of("a", "d") : Set.of();

        assertThat(Pruning.of(all, 1, Set.of(), indexes))
                .extracting(TaggedImage::tag)
                .containsExactly("1.0.1");
    }

    @Test
    void asksForPartsOnlyWhereSomethingWouldGo() throws InterruptedException {
        Pruning.Indexes forbidden = digest -> {
            throw new AssertionError(digest);
        };

        assertThat(Pruning.of(images("1.0.0=a"), 1, Set.of(), forbidden)).isEmpty();
    }
}
