package dev.upkeep.infra.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.image.registry.TaggedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PruningTest {

    private static List<TaggedImage> images(String... tagsAndDigests) {
        return Arrays.stream(tagsAndDigests)
                .map(each -> each.split("="))
                .map(parts -> new TaggedImage(parts[0], parts[1]))
                .toList();
    }

    @Test
    void keepsTheNewestByTheOrderOfVersionsNotOfLetters() {
        List<TaggedImage> all = images("1.0.10=a", "1.0.9=b", "1.0.2=c", "1.0.10-rc.1=d");

        assertThat(Pruning.of(all, 2, Set.of())).extracting(TaggedImage::tag).containsExactly("1.0.2", "1.0.9");
    }

    @Test
    void neverTakesWhatIsInUseOrHasANewerTagToo() {
        List<TaggedImage> all = images("1.0.1=a", "1.0.2=b", "1.0.3=c", "1.0.4=b");

        assertThat(Pruning.of(all, 1, Set.of("a"))).extracting(TaggedImage::tag).containsExactly("1.0.3");
    }

    @Test
    void neverTakesATagThatIsNoVersionNorItsImage() {
        List<TaggedImage> all = images("latest=a", "1.0.1=a", "1.0.2=b", "1.0.3=c");

        assertThat(Pruning.of(all, 1, Set.of())).extracting(TaggedImage::tag).containsExactly("1.0.2");
    }
}
