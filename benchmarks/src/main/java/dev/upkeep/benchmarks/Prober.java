package dev.upkeep.benchmarks;

import java.io.IOException;

/** A process that checks, and that can be told to. */
interface Prober extends AutoCloseable {
    String name();

    /** Makes so many checks, going round the targets. */
    Measurement round(int checks) throws IOException, InterruptedException;

    /** The most memory it has had so far, in MiB. */
    long peakMebibytes() throws IOException;

    /** Ends the process. */
    @Override
    void close();
}
