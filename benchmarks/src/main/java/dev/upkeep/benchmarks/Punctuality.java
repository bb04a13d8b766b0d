package dev.upkeep.benchmarks;

/**
 * How late checks of good targets were begun, beside those that hang.
 *
 * @param good how many ended well
 * @param failed how many did not
 * @param p50 in microseconds; so with the other two
 * @param p99 see above
 * @param max see above
 * @param processors how many processors were busy, on average
 */
record Punctuality(int good, int failed, long p50, long p99, long max, double processors) {
    static Punctuality parse(String[] words, double processors) {
        return new Punctuality(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                processors);
    }
}
