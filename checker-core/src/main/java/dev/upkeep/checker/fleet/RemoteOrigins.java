package dev.upkeep.checker.fleet;

import java.time.Duration;
import java.util.List;

/**
 * A way to ask origins that this machine cannot connect to, such as a command that runs on each of them. It only carries questions and replies; what the
 * replies mean is decided as for every other place. Implementations are safe for use by as many threads as the checker.
 */
public interface RemoteOrigins {

    /**
     * How they are asked, in the few words that reports show in the place of an address.
     *
     * @return such as {@code Run Command}
     */
    String way();

    /**
     * Asks all origins at once.
     *
     * @param paths what each is to be asked for by GET, with their queries; first for the version
     * @param limit how long each reply may take
     * @return what came of it for each origin, in order; none if no origin can be asked in this way, so that only the other places count
     * @throws InterruptedException if the calling thread is interrupted
     */
    List<RemoteAnswer> ask(List<String> paths, Duration limit) throws InterruptedException;
}
