package dev.upkeep.infra.aws;

import dev.upkeep.infra.progress.Reporter;

/**
 * An operation at work in this process.
 *
 * @param run knows whether CloudFormation does the rest
 * @param lease the right to do it
 * @param report is told of each step
 */
record Progressing(RunRegistry.Run run, Lease lease, Reporter report) {

    /** What is done while the lease is held. */
    @FunctionalInterface
    interface Work {
        void run(Progressing progressing) throws InterruptedException;
    }
}
