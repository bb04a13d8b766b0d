package dev.upkeep.infra.local;

import dev.upkeep.infra.local.state.InstanceRecord;

/** What the nginx of an instance passes requests on to: programs of the machine, or containers. */
interface Backend {

    /** What runs of it now, if anything does. */
    Part present();

    /** Begins to start what a record wants, beside what runs. If that fails nothing of it stays. */
    Part start(InstanceRecord record) throws InterruptedException;

    /** What was started together. */
    interface Part {

        /** Blocks until it is healthy, at most as long as a start may take; at once if that is known. */
        default void await() throws InterruptedException {}

        /** Leads requests to it, if that is not said in nginx' configuration alone. */
        default void lead() throws InterruptedException {}

        /** Ends it, and does nothing if it has ended. It gets no requests any more. */
        void end() throws InterruptedException;
    }
}
