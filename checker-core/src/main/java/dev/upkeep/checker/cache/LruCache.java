package dev.upkeep.checker.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps the values that were used last, up to a number of them; what is dropped is made anew when it is asked for again. Safe for use
 * by many threads.
 */
public final class LruCache<K, V> {
    private static final float LOAD_FACTOR = 0.75f;

    private final int maximum;
    private final Function<K, V> maker;
    private final Map<K, V> values = new LinkedHashMap<>(16, LOAD_FACTOR, true);

    /**
     * An empty cache.
     *
     * @param maximum how many values are kept, from 1
     * @param maker makes the value for a key; called by one thread at a time
     */
    public LruCache(int maximum, Function<K, V> maker) {
        this.maximum = maximum;
        this.maker = maker;
    }

    /** The value for a key, made if there is none. */
    public synchronized V get(K key) {
        V known = values.get(key);
        if (known != null) {
            return known;
        }
        V made = maker.apply(key);
        values.put(key, made);
        if (values.size() > maximum) {
            values.remove(values.keySet().iterator().next());
        }
        return made;
    }
}
