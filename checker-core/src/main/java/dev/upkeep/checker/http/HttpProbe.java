package dev.upkeep.checker.http;

import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.port.AddressFilter;
import dev.upkeep.checker.port.Ticker;
import dev.upkeep.checker.verdict.Attempt;
import java.time.InstantSource;

/** Makes attempts. Safe for use by many threads. */
public final class HttpProbe {
    private final ProbeTools tools;

    /** A probe without a thread of its own. */
    public HttpProbe(Lookup lookup, AddressFilter filter, InstantSource clock, Ticker ticker) {
        this.tools = new ProbeTools(lookup, filter, new OpenSockets(), new OkHttpClients(clock), clock, ticker);
    }

    /** One attempt, bounded by its own limits and by the deadline of the check. */
    public Attempt attempt(VersionCheck check, int number, Deadline deadline) throws InterruptedException {
        tools.openSockets().refuseIfClosed();
        return AttemptRun.forVersion(tools, check, deadline).make(number);
    }

    /**
     * One attempt that reads no version: it ends well when the status is an accepted one.
     *
     * @param check how a readiness path is asked
     */
    public Attempt readiness(VersionCheck check, int number, Deadline deadline) throws InterruptedException {
        tools.openSockets().refuseIfClosed();
        return AttemptRun.forReadiness(tools, check, deadline).make(number);
    }

    /**
     * Every address of the check's host.
     *
     * @return the addresses, or in their place the failed attempt to find any
     */
    public Addresses addresses(VersionCheck check) throws InterruptedException {
        PhaseClock phases =
                new PhaseClock(check.timeouts(), Deadline.in(check.timeouts().total(), tools.ticker()));
        Attempt.Builder attempt = Attempt.startedAt(1, tools.clock().instant());
        phases.enter(Phase.RESOLVE);
        try {
            return new Addresses.Found(
                    tools.lookup().all(Hop.first(check).bareHost(), check.addressFamily(), phases.remaining()));
        } catch (ProbeFailure failure) {
            phases.stop();
            attempt.took(phases.times().total(), phases.times());
            return new Addresses.None(attempt.failed(failure.reason(), failure.detail()));
        }
    }

    /** Ends the attempts that are under way on other threads: their connections are cut. */
    public void close() {
        tools.openSockets().close();
    }
}
