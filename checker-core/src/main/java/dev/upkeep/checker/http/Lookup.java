package dev.upkeep.checker.http;

import dev.upkeep.checker.check.AddressFamily;
import dev.upkeep.checker.port.NoSuchNameException;
import dev.upkeep.checker.port.Resolver;
import dev.upkeep.checker.verdict.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks a name up, exactly once, and within the time if there is an executor to do it on. Safe for use by many threads. */
public final class Lookup {
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|.*:.*");

    private final Resolver resolver;
    private final @Nullable Executor executor;

    /** Without an executor names are looked up on the calling thread, and a slow lookup cannot be cut short. */
    public Lookup(Resolver resolver, @Nullable Executor executor) {
        this.resolver = resolver;
        this.executor = executor;
    }

    /** Whether a host is written as an address, so that there is nothing to look up. */
    static boolean isAddress(String host) {
        return NUMBERS.matcher(host).matches();
    }

    /** The addresses of the wanted family, in the resolver's order; at least one. An address that is given is the only one. */
    List<InetSocketAddress> all(InetSocketAddress target, AddressFamily family, PhaseClock phases)
            throws ProbeFailure, InterruptedException {
        if (!target.isUnresolved()) {
            return List.of(target);
        }
        return all(target.getHostString(), family, phases.remaining()).stream()
                .map(address -> new InetSocketAddress(address, target.getPort()))
                .toList();
    }

    /**
     * Every address of the wanted family; at least one.
     *
     * @throws ProbeFailure if there is none, or it cannot be known
     */
    List<InetAddress> all(String host, AddressFamily family, Duration within)
            throws ProbeFailure, InterruptedException {
        List<InetAddress> all = ask(host, family, within);
        List<InetAddress> wanted =
                all.stream().filter(family::includes).distinct().toList();
        if (wanted.isEmpty()) {
            throw new ProbeFailure(
                    Reason.NO_ADDRESS_OF_FAMILY,
                    host + " has only "
                            + all.stream().map(InetAddress::getHostAddress).toList() + ", but "
                            + (family == AddressFamily.IPV4 ? "IPv4" : "IPv6") + " is wanted");
        }
        return wanted;
    }

    private List<InetAddress> ask(String host, AddressFamily family, Duration within)
            throws ProbeFailure, InterruptedException {
        try {
            if (isAddress(host)) {
                return List.of(InetAddress.getByName(host));
            }
            List<InetAddress> found =
                    executor == null ? resolver.resolve(host, family) : askWithin(host, family, within, executor);
            if (found.isEmpty()) {
                throw new ProbeFailure(Reason.NAME_NOT_FOUND, "no address is known for " + host);
            }
            return found;
        } catch (NoSuchNameException e) {
            throw new ProbeFailure(Reason.NAME_NOT_FOUND, "no address is known for " + host, e);
        } catch (UnknownHostException e) {
            throw new ProbeFailure(
                    Reason.NAME_LOOKUP_FAILED,
                    "no name server said that " + host + " does not exist, and none gave an address (" + e.getMessage()
                            + ")",
                    e);
        } catch (RuntimeException ofTheResolver) {
            throw failed(host, ofTheResolver);
        }
    }

    private List<InetAddress> askWithin(String host, AddressFamily family, Duration within, Executor executor)
            throws ProbeFailure, UnknownHostException, InterruptedException {
        AtomicBoolean begun = new AtomicBoolean();
        FutureTask<List<InetAddress>> question = new FutureTask<>(() -> {
            begun.set(true);
            return resolver.resolve(host, family);
        });
        try {
            executor.execute(question);
            return question.get(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new ProbeFailure(Reason.LOCAL_FAILURE, "the checker's executor refused to look up " + host, e);
        } catch (TimeoutException e) {
            throw late(host, within, begun.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw failed(host, e.getCause());
        } finally {
            question.cancel(true);
        }
    }

    /** That all threads of an executor are busy must not be blamed on the name servers. */
    private static ProbeFailure late(String host, Duration within, boolean begun) {
        return begun
                ? new ProbeFailure(
                        Reason.RESOLVE_TIMEOUT, "no answer for " + host + " within " + within.toMillis() + " ms")
                : new ProbeFailure(
                        Reason.LOCAL_FAILURE,
                        "the checker's executor had no thread to look up " + host + " within " + within.toMillis()
                                + " ms; give it one that can have more threads");
    }

    private static ProbeFailure failed(String host, @Nullable Throwable cause) {
        return new ProbeFailure(Reason.NAME_LOOKUP_FAILED, "looking up " + host + " failed: " + cause);
    }
}
