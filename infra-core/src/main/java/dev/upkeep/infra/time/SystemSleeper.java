package dev.upkeep.infra.time;

import java.time.Duration;

/** The only place in this module that puts a thread to sleep. */
final class SystemSleeper implements Sleeper {

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
