package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Attempt;
import java.net.InetAddress;
import java.util.List;

/** What a lookup of all addresses of a name brought. */
public sealed interface Addresses {

    /**
     * There are some.
     *
     * @param addresses at least one, in the resolver's order
     */
    record Found(List<InetAddress> addresses) implements Addresses {}

    /**
     * There is none, or it cannot be known.
     *
     * @param attempt the failed attempt
     */
    record None(Attempt attempt) implements Addresses {}
}
