package dev.upkeep.checker;

import dev.upkeep.checker.attempts.CheckRunner;
import dev.upkeep.checker.attempts.CheckRunner.Pacing;
import dev.upkeep.checker.attempts.ParallelRunner;
import dev.upkeep.checker.attempts.RemoteVerdicts;
import dev.upkeep.checker.attempts.RoundLoop;
import dev.upkeep.checker.check.CircuitBreakerPolicy;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.fleet.FleetCheck;
import dev.upkeep.checker.fleet.FleetCheck.Spread;
import dev.upkeep.checker.fleet.FleetVerdict;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.fleet.MemberVerdict.Role;
import dev.upkeep.checker.fleet.RemoteAnswer;
import dev.upkeep.checker.gate.Convergence;
import dev.upkeep.checker.gate.ConvergenceGate;
import dev.upkeep.checker.gate.RoundListener;
import dev.upkeep.checker.http.Addresses;
import dev.upkeep.checker.http.HttpProbe;
import dev.upkeep.checker.http.Lookup;
import dev.upkeep.checker.port.AddressFilter;
import dev.upkeep.checker.port.Pause;
import dev.upkeep.checker.port.Resolver;
import dev.upkeep.checker.port.Ticker;
import dev.upkeep.checker.threads.CheckerThreads;
import dev.upkeep.checker.verdict.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether a server, and every instance behind it, serves the version that was shipped.
 *
 * <p>Each attempt makes one lookup and one connection, to one address, with one handshake. Nothing is kept from the attempt before, and
 * every retry is reported. A target that is down is an ordinary {@link Verdict}, not an exception.
 *
 * <p>Make one and use it for everything, from as many threads as you like. A check runs on the thread that asks. Only what another thread
 * must do runs elsewhere: lookups, which cannot be cut short otherwise, and the checks of a fleet. For that a checker uses virtual
 * threads where the Java runtime has them, and else a few daemon threads, unless it is given an {@linkplain Builder#executor executor}
 * or told to stay {@linkplain Builder#onCallingThread on the calling thread}. OkHttp and Okio keep one daemon thread each for all their
 * users. All these end by themselves when there is nothing to do. {@link #close()} cuts the attempts that are under way on other
 * threads.
 */
public final class VersionChecker implements AutoCloseable {
    private final HttpProbe probe;
    private final CheckRunner runner;
    private final ParallelRunner parallelRunner;
    private final RoundLoop rounds;
    private final InstantSource clock;
    private final Ticker ticker;

    private VersionChecker(Builder builder) {
        this.clock = builder.clock;
        this.ticker = builder.ticker;
        CheckerThreads threads = builder.threads == null ? CheckerThreads.own() : builder.threads;
        Lookup lookup = new Lookup(builder.resolver, threads.lookups().orElse(null));
        this.probe = new HttpProbe(lookup, builder.addressFilter, clock, ticker);
        Pacing pacing = new Pacing(clock, ticker, builder.pause, builder.random);
        CircuitBreakerPolicy policy = builder.circuitBreaker;
        this.runner = policy == null
                ? new CheckRunner(probe, pacing)
                : CheckRunner.withCircuitBreakers(probe, pacing, policy);
        this.parallelRunner = new ParallelRunner(threads.checks().orElse(null));
        this.rounds = new RoundLoop(ticker, builder.pause);
    }

    /** A checker with the system's resolver, threads of its own, and no circuit breaker. */
    public static VersionChecker create() {
        return builder().build();
    }

    /** Starts a checker with other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Asks one target. Blocks for at most the check's total time and a little more; with {@link Builder#onCallingThread},
     * also for as long as a lookup takes.
     *
     * @throws InterruptedException if the thread is or was interrupted. The connection is closed at once; only a lookup
     *     {@linkplain Builder#onCallingThread on the calling thread} runs to its end first
     * @throws IllegalStateException if the checker is closed, or is closed meanwhile
     */
    public Verdict check(VersionCheck check) throws InterruptedException {
        return runner.run(check);
    }

    /**
     * Asks every place of a fleet. Blocks until all have answered or run out of time: for about the total time of one check, times the
     * number of places, divided by how many are asked at the same time.
     *
     * @throws InterruptedException if the thread is or was interrupted; the checks under way are cut, and no further one is begun
     * @throws IllegalArgumentException if all origins of the fleet are to be asked by others, and nobody could ask any
     * @throws IllegalStateException if the checker is closed, or is closed meanwhile
     */
    public FleetVerdict check(FleetCheck fleet) throws InterruptedException {
        Instant startedAt = clock.instant();
        long began = ticker.read();
        List<MemberVerdict> members = askEach(members(fleet), fleet.concurrency());
        if (fleet.remote().isPresent()) {
            members.addAll(askOthersToAsk(fleet.remote().get()));
        }
        return new FleetVerdict(startedAt, Duration.ofNanos(ticker.read() - began), members);
    }

    /**
     * Asks one target again and again until it has converged, or the time is over. Blocks; a round that began in time is completed.
     *
     * @param listener told of each round
     * @throws InterruptedException if the thread is or was interrupted
     * @throws IllegalStateException if the checker is closed, or is closed meanwhile
     */
    public Convergence<Verdict> await(VersionCheck check, ConvergenceGate gate, RoundListener<? super Verdict> listener)
            throws InterruptedException {
        return rounds.run(() -> check(check), Verdict::status, gate, listener);
    }

    /**
     * Asks a fleet again and again until it has converged, or the time is over. Blocks; a round that began in time is completed.
     *
     * @param listener told of each round
     * @throws InterruptedException if the thread is or was interrupted
     * @throws IllegalStateException if the checker is closed, or is closed meanwhile
     */
    public Convergence<FleetVerdict> await(
            FleetCheck fleet, ConvergenceGate gate, RoundListener<? super FleetVerdict> listener)
            throws InterruptedException {
        return rounds.run(() -> check(fleet), FleetVerdict::status, gate, listener);
    }

    /**
     * Cuts the attempts under way: their checks end with an {@link IllegalStateException} and without a verdict, for the target had no
     * part in it. Later checks are refused. May be called more than once.
     */
    @Override
    public void close() {
        probe.close();
    }

    private record Member(String name, Role role, Callable<Verdict> check) {}

    private List<MemberVerdict> askEach(List<Member> members, int concurrency) throws InterruptedException {
        List<Verdict> verdicts =
                parallelRunner.all(members.stream().map(Member::check).toList(), concurrency);
        List<MemberVerdict> answers = new ArrayList<>(members.size());
        for (int i = 0; i < members.size(); i++) {
            answers.add(new MemberVerdict(members.get(i).name(), members.get(i).role(), verdicts.get(i)));
        }
        return answers;
    }

    private List<MemberVerdict> askOthersToAsk(FleetCheck.Remote remote) throws InterruptedException {
        RemoteVerdicts verdicts = new RemoteVerdicts(remote.check(), clock.instant());
        List<RemoteAnswer> answers = remote.origins()
                .ask(
                        RemoteVerdicts.questions(remote.check()),
                        remote.check().timeouts().total());
        Optional<String> way = Optional.of(remote.origins().way());
        return answers.stream()
                .map(answer -> new MemberVerdict(
                        answer.name(),
                        Role.ORIGIN,
                        verdicts.of(answer),
                        way.filter(asked -> !(answer instanceof RemoteAnswer.NotInService))))
                .toList();
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
            Verdict verdict = runner.failed(check, none.attempt());
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
        private @Nullable CheckerThreads threads;
        private @Nullable CircuitBreakerPolicy circuitBreaker;

        private Builder() {}

        /**
         * Where lookups, and the checks of a fleet, run beside the calling thread. By default the checker has threads of its own.
         *
         * @param provided one that starts a task soon, such as virtual threads or a cached pool: a lookup that waits for a thread uses up
         *     its time, and the checks of a fleet occupy threads while their lookups need others. The checker does not shut it down
         * @throws IllegalStateException after {@link #onCallingThread}
         */
        public Builder executor(Executor provided) {
            return threads(CheckerThreads.of(provided));
        }

        /**
         * Uses no thread besides the one that asks. A slow lookup then cannot be cut short, and the places of a fleet are asked one
         * after the other.
         *
         * @throws IllegalStateException after {@link #executor}
         */
        public Builder onCallingThread() {
            return threads(CheckerThreads.none());
        }

        private Builder threads(CheckerThreads chosen) {
            if (threads != null && !threads.equals(chosen)) {
                throw new IllegalStateException("executor() and onCallingThread() exclude each other, and each can be "
                        + "set once; choose one");
            }
            this.threads = chosen;
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

        /** Stops asking a target that fails, for a while; by default it is always asked. Counted for each target by itself. */
        public Builder circuitBreaker(CircuitBreakerPolicy policy) {
            this.circuitBreaker = policy;
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
