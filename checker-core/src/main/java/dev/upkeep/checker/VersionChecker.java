package dev.upkeep.checker;

import dev.upkeep.checker.attempts.Examiner;
import dev.upkeep.checker.attempts.Examiner.Pacing;
import dev.upkeep.checker.attempts.FleetRun;
import dev.upkeep.checker.check.RestPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.fleet.FleetCheck.Spread;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.gate.Round;
import dev.upkeep.checker.gate.RoundListener;
import dev.upkeep.checker.http.Addresses;
import dev.upkeep.checker.http.HttpProbe;
import dev.upkeep.checker.http.Lookup;
import dev.upkeep.checker.port.AddressFilter;
import dev.upkeep.checker.port.Pause;
import dev.upkeep.checker.port.Resolver;
import dev.upkeep.checker.port.Ticker;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether a server, and every instance behind it, serves the version that was shipped.
 *
 * <p>Each attempt is honest: one lookup, one address, one connection, one handshake, nothing kept from the attempt before and nothing
 * retried unseen. A target that is down is an ordinary {@link Verdict}, not an exception.
 *
 * <p>Make one and use it for everything, from as many threads as you like; a check costs no thread and no pool. It makes no thread of its
 * own: a check runs on the thread that asks, and only what the given {@linkplain Builder#executor executor} provides is used besides.
 * OkHttp and Okio keep one daemon thread each for all their users, which end by themselves after a minute
 * without work. {@link #close()} cuts the attempts under
 * way on other threads.
 */
public final class VersionChecker implements AutoCloseable {
    private final HttpProbe probe;
    private final Examiner examiner;
    private final FleetRun fleetRun;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Pause pause;

    private VersionChecker(Builder builder) {
        this.clock = builder.clock;
        this.ticker = builder.ticker;
        this.pause = builder.pause;
        this.probe =
                new HttpProbe(new Lookup(builder.resolver, builder.executor), builder.addressFilter, clock, ticker);
        Pacing pacing = new Pacing(clock, ticker, pause, builder.random);
        RestPolicy rest = builder.restPolicy;
        this.examiner = rest == null ? new Examiner(probe, pacing) : Examiner.resting(probe, pacing, rest);
        this.fleetRun = new FleetRun(builder.executor);
    }

    /** A checker with the system's resolver, no executor, and no rest for failing targets. */
    public static VersionChecker create() {
        return builder().build();
    }

    /** Starts a checker with other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Asks one target. Blocks for at most the check's total time, and a little for what cannot be cut short; see
     * {@link Builder#executor}.
     *
     * @throws InterruptedException if the thread is or was interrupted; the connection is closed at once. Only a lookup without an
     *     executor is first ended
     * @throws IllegalStateException if the checker is closed, or is closed meanwhile
     */
    public Verdict check(VersionCheck check) throws InterruptedException {
        return examiner.examine(check);
    }

    /**
     * Asks every place of a fleet. Blocks until all have answered or run out of time: for about the total time of one check, times the
     * number of places, divided by how many are asked at the same time.
     *
     * @throws InterruptedException if the thread is or was interrupted; the checks under way are cut, and no further one is begun
     * @throws IllegalStateException if the checker is closed, or is closed meanwhile
     */
    public FleetVerdict check(FleetCheck fleet) throws InterruptedException {
        Instant startedAt = clock.instant();
        long began = ticker.read();
        List<MemberVerdict> members = askEach(members(fleet), fleet.concurrency());
        return new FleetVerdict(startedAt, Duration.ofNanos(ticker.read() - began), members);
    }

    /**
     * Asks a fleet again and again until it has converged, or the time is over. Blocks; a round that began in time is ended.
     *
     * @param listener told of each round
     * @throws InterruptedException if the thread is or was interrupted
     * @throws IllegalStateException if the checker is closed, or is closed meanwhile
     */
    public Convergence await(FleetCheck fleet, ConvergenceGate gate, RoundListener listener)
            throws InterruptedException {
        long began = ticker.read();
        int goodInARow = 0;
        for (int number = 1; ; number++) {
            long roundBegan = ticker.read();
            FleetVerdict verdict = check(fleet);
            goodInARow = verdict.status() == Status.UP ? goodInARow + 1 : 0;
            Round round = new Round(number, goodInARow, since(began), verdict);
            listener.roundOver(round);
            if (goodInARow >= gate.rounds()) {
                return new Convergence.Converged(round);
            }
            Duration wait = gate.interval().minus(since(roundBegan));
            if (since(began).plus(wait.isNegative() ? Duration.ZERO : wait).compareTo(gate.within()) > 0) {
                return new Convergence.NotConverged(round);
            }
            pause.pause(wait);
        }
    }

    /**
     * Cuts the attempts under way: their checks end with an {@link IllegalStateException} and without a verdict, for the target had no
     * part in it. Later checks are refused. May be called more than once.
     */
    @Override
    public void close() {
        probe.close();
    }

    private Duration since(long began) {
        return Duration.ofNanos(ticker.read() - began);
    }

    private record Member(String name, Role role, Callable<Verdict> check) {}

    private List<MemberVerdict> askEach(List<Member> members, int concurrency) throws InterruptedException {
        List<Verdict> verdicts =
                fleetRun.all(members.stream().map(Member::check).toList(), concurrency);
        List<MemberVerdict> answers = new ArrayList<>(members.size());
        for (int i = 0; i < members.size(); i++) {
            answers.add(new MemberVerdict(members.get(i).name(), members.get(i).role(), verdicts.get(i)));
        }
        return answers;
    }

    private List<Member> members(FleetCheck fleet) throws InterruptedException {
        List<Member> members = new ArrayList<>();
        if (fleet.spread() == Spread.ALL_ADDRESSES) {
            members.addAll(addresses(fleet.edge().orElseThrow()));
        } else {
            fleet.edge().ifPresent(check -> members.add(new Member("edge", Role.EDGE, () -> check(check))));
            fleet.origins().forEach((name, check) -> members.add(new Member(name, Role.ORIGIN, () -> check(check))));
        }
        return members;
    }

    private List<Member> addresses(VersionCheck check) throws InterruptedException {
        Addresses found = probe.addresses(check);
        if (found instanceof Addresses.None none) {
            Verdict verdict = examiner.failed(check, none.attempt());
            return List.of(new Member(check.uri().getHost(), Role.ORIGIN, () -> verdict));
        }
        return ((Addresses.Found) found)
                .addresses().stream().map(address -> member(check, address)).toList();
    }

    private Member member(VersionCheck check, InetAddress address) {
        VersionCheck there = check.dialling(new InetSocketAddress(address, check.port()));
        return new Member(address.getHostAddress(), Role.ORIGIN, () -> check(there));
    }

    /** Collects the settings. Not for use by several threads. */
    public static final class Builder {
        private InstantSource clock = InstantSource.system();
        private Ticker ticker = Ticker.system();
        private Pause pause = Pause.sleeping();
        private Resolver resolver = Resolver.system();
        private AddressFilter addressFilter = AddressFilter.all();
        private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        private @Nullable Executor executor;
        private @Nullable RestPolicy restPolicy;

        private Builder() {}

        /**
         * Where lookups, and the checks of a fleet, may run beside the calling thread. Without one, lookups are not cut short, and a fleet
         * is asked one place after the other.
         *
         * @param provided one that starts a task soon, such as virtual threads or a cached pool: a lookup that waits for a thread uses up
         *     its time, and a fleet's checks, which occupy threads of it, make lookups on others. It is not shut down by the checker
         */
        public Builder executor(Executor provided) {
            this.executor = provided;
            return this;
        }

        /** How names are looked up; by default {@link Resolver#system()}. */
        public Builder resolver(Resolver other) {
            this.resolver = other;
            return this;
        }

        /** Which addresses may be dialled; by default {@linkplain AddressFilter#all() all}. */
        public Builder addressFilter(AddressFilter filter) {
            this.addressFilter = filter;
            return this;
        }

        /** Leaves failing targets in peace for a while; by default they never are. Kept for each target, until the checker goes. */
        public Builder restPolicy(RestPolicy policy) {
            this.restPolicy = policy;
            return this;
        }

        /** The wall clock, for timestamps and the validity of certificates; by default the system's. */
        public Builder clock(InstantSource other) {
            this.clock = other;
            return this;
        }

        /** The monotonic clock, for durations; by default {@link Ticker#system()}. */
        public Builder ticker(Ticker other) {
            this.ticker = other;
            return this;
        }

        /** How to wait between attempts and rounds; by default {@link Pause#sleeping()}. */
        public Builder pause(Pause other) {
            this.pause = other;
            return this;
        }

        /** Where the jitter comes from; by default {@link ThreadLocalRandom}. Must be safe for use by as many threads as the checker. */
        public Builder random(RandomGenerator other) {
            this.random = other;
            return this;
        }

        /** The checker. */
        public VersionChecker build() {
            return new VersionChecker(this);
        }
    }
}
