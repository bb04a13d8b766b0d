package dev.upkeep.checker.http;

import dev.upkeep.checker.port.AddressFilter;
import dev.upkeep.checker.port.Ticker;
import java.time.InstantSource;

/**
 * What every attempt of one checker uses. Safe for use by many threads.
 *
 * @param lookup finds addresses
 * @param filter says which addresses may be dialled
 * @param openSockets the connections under way
 * @param clients OkHttp, set up
 * @param clock the wall clock
 * @param ticker the monotonic clock
 */
record ProbeTools(
        Lookup lookup,
        AddressFilter filter,
        OpenSockets openSockets,
        OkHttpClients clients,
        InstantSource clock,
        Ticker ticker) {}
