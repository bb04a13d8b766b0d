package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.Uninterrupted;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.progress.Operation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The right to change a stack, as long as it is renewed: a thread does so until it is closed. */
final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final Duration RENEWAL = Leases.LOST.dividedBy(6);

    private final Leases leases;
    private final Operation operation;
    private final int number;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Lease(Leases leases, Operation operation, int number) {
        this.leases = leases;
        this.operation = operation;
        this.number = number;
    }

    static Lease begin(Leases leases, Operation operation, int number) {
        Lease lease = new Lease(leases, operation, number);
        Thread thread = new Thread(lease::renew, "lease of " + operation.stack());
        thread.setDaemon(true);
        thread.start();
        return lease;
    }

    private void renew() {
        try {
            while (!closed.await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
                renewOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not beside its removal, after which it would be made anew. */
    private synchronized void renewOnce() {
        if (closed.getCount() == 0) {
            return;
        }
        try {
            leases.renew(operation, number);
        } catch (AwsException e) {
            LOG.debug("Could not renew the lease of {}", operation.stack(), e);
        }
    }

    /**
     * Looks before a step whether somebody else has taken over.
     *
     * @throws OperationRefusedException if so
     */
    void requireHeld() {
        leases.successor(operation.stack(), number).ifPresent(other -> {
            throw new OperationRefusedException(
                    operation.stack().text(),
                    "nothing was heard of this process for a while, and another one has taken over: " + other.describe()
                            + "; nothing more is done here");
        });
    }

    /** Lets others come, also when the operation was interrupted. */
    @Override
    public synchronized void close() {
        closed.countDown();
        try {
            Uninterrupted.run(() -> leases.remove(operation.stack(), number));
        } catch (AwsException e) {
            LOG.debug("The lease of {} stays until it is lost", operation.stack(), e);
        }
    }
}
