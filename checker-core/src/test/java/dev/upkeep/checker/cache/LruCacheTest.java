package dev.upkeep.checker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LruCacheTest {
    private final List<String> made = new ArrayList<>();
    private final LruCache<String, String> cache = new LruCache<>(2, key -> {
        made.add(key);
        return "value of " + key;
    });

    @Test
    void makesAValueOnce() {
        assertThat(cache.get("a")).isEqualTo("value of a");
        assertThat(cache.get("a")).isEqualTo("value of a");

        assertThat(made).containsExactly("a");
    }

    @Test
    void dropsTheValueThatWasNotUsedForTheLongestTime() {
        cache.get("a");
        cache.get("b");
        cache.get("a");
        cache.get("c");
        cache.get("a");
        cache.get("b");

        assertThat(made).containsExactly("a", "b", "c", "b");
    }
}
