package dev.upkeep.remediation;

import dev.upkeep.remediation.guard.Limits;
import dev.upkeep.remediation.outcome.Outcome;
import dev.upkeep.remediation.outside.OutsideCheck;
import dev.upkeep.remediation.service.WebHost;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.RemoteShell;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Repairs hosts whose web server is down: makes sure that it is, goes in, finds out why, does the mildest thing that could help, and asks users' side whether it
 * did. What a repair cannot mend, or would make worse, is told and not touched. One host at a time in one visit; which host of a group, and how many of them, is
 * for the caller to say. Safe for use by several threads.
 */
public final class Remediator {

    private final Settings settings;

    /** What is the same for all visits. */
    record Settings(
            String who,
            Limits limits,
            Confirmation confirmation,
            InstantSource clock,
            Sleeper sleeper,
            RemediationListener listener) {

        Settings with(Limits other) {
            return new Settings(who, other, confirmation, clock, sleeper, listener);
        }

        Settings with(Confirmation other) {
            return new Settings(who, limits, other, clock, sleeper, listener);
        }

        Settings with(InstantSource otherClock, Sleeper otherSleeper) {
            return new Settings(who, limits, confirmation, otherClock, otherSleeper, listener);
        }

        Settings with(RemediationListener other) {
            return new Settings(who, limits, confirmation, clock, sleeper, other);
        }
    }

    private Remediator(Settings settings) {
        this.settings = settings;
    }

    /**
     * With {@link Limits#STANDARD} and {@link Confirmation#STANDARD}.
     *
     * @param who goes in, for people and for the audit, such as {@code ann@laptop}
     * @return a remediator
     */
    public static Remediator of(String who) {
        return new Remediator(new Settings(
                who,
                Limits.STANDARD,
                Confirmation.STANDARD,
                InstantSource.system(),
                time -> Thread.sleep(time.toMillis()),
                RemediationListener.none()));
    }

    /**
     * The same with other limits.
     *
     * @param limits how often a host may be repaired
     * @return a new remediator
     */
    public Remediator within(Limits limits) {
        return new Remediator(settings.with(limits));
    }

    /**
     * The same with another way to be sure.
     *
     * @param confirmation how sure somebody has to be
     * @return a new remediator
     */
    public Remediator confirming(Confirmation confirmation) {
        return new Remediator(settings.with(confirmation));
    }

    /**
     * The same with another time, for tests.
     *
     * @param clock says what time it is
     * @param sleeper lets it pass
     * @return a new remediator
     */
    public Remediator by(InstantSource clock, Sleeper sleeper) {
        return new Remediator(settings.with(clock, sleeper));
    }

    /**
     * The same with somebody who is told.
     *
     * @param listener is told how each visit goes on
     * @return a new remediator
     */
    public Remediator telling(RemediationListener listener) {
        return new Remediator(settings.with(listener));
    }

    /**
     * Repairs a host, if it needs that and if that is allowed. Blocks for some minutes at most.
     *
     * @param shell the way in; it is not used where the host needs no repair
     * @param host what it serves with
     * @param outside how users find it
     * @return how it ended
     * @throws InterruptedException if the calling thread is interrupted; the lock on the host is given back, as far as it can be reached
     */
    public Outcome heal(RemoteShell shell, WebHost host, OutsideCheck outside) throws InterruptedException {
        return visit(shell, host, outside).heal();
    }

    /**
     * Finds out what {@link #heal} would do, and does none of it. Nothing is changed on the host.
     *
     * @param shell the way in; it is not used where the host needs no repair
     * @param host what it serves with
     * @param outside how users find it
     * @return how it ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Outcome rehearse(RemoteShell shell, WebHost host, OutsideCheck outside) throws InterruptedException {
        return visit(shell, host, outside).rehearse();
    }

    /**
     * Has a host forget all repairs, so that nothing of the past stands in the way of the next one.
     *
     * @param shell the way in
     * @param host what it serves with
     * @return what came of it
     * @throws InterruptedException if the calling thread is interrupted
     */
    public CommandResult reset(RemoteShell shell, WebHost host) throws InterruptedException {
        return visit(shell, host, () -> {
                    throw new IllegalStateException("nobody looks");
                })
                .reset();
    }

    private Visit visit(RemoteShell shell, WebHost host, OutsideCheck outside) {
        return new Visit(settings, shell, host, outside, UUID.randomUUID().toString());
    }
}
