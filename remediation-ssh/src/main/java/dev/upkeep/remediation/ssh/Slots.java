package dev.upkeep.remediation.ssh;

/** How many commands run over a connection at a time. Hosts have a limit of their own ({@code MaxSessions}), which shows when they refuse one. */
final class Slots {
    private int most;
    private int used;

    Slots(int most) {
        this.most = most;
    }

    synchronized void acquire() throws InterruptedException {
        while (used >= most) {
            wait();
        }
        used++;
    }

    synchronized void release() {
        used--;
        notifyAll();
    }

    /**
     * The host refused the command of a slot that is held. Waits until one of the others has ended, and from now on lets no more run than there were.
     *
     * @return false if there is no other: then the host refuses for another reason, or counts one that has just ended
     */
    synchronized boolean awaitOther() throws InterruptedException {
        if (used == 1) {
            return false;
        }
        used--;
        most = Math.min(most, used);
        try {
            while (used >= most) {
                wait();
            }
        } finally {
            used++;
        }
        return true;
    }
}
