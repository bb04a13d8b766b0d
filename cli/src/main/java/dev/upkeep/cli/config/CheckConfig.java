package dev.upkeep.cli.config;

import dev.upkeep.checker.check.RetryPolicy;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a stack is checked.
 *
 * @param url what users reach, if it is not to be asked from the platform
 * @param path what is requested of the edge and of each instance
 * @param ready the paths that must answer with 2xx besides, if they are named: none means that readiness is not asked
 * @param expectation what they must serve
 * @param timeout the time for one check in all, if it was said
 * @param attempts how many attempts a check may make
 * @param certificateDays how many days a certificate must have left; empty if that goes by its life
 * @param ca more authorities to trust, if any
 * @param headers what is sent besides; values are secrets
 */
public record CheckConfig(
        Optional<URI> url,
        String path,
        Optional<List<String>> ready,
        Expectation expectation,
        Optional<Duration> timeout,
        int attempts,
        OptionalInt certificateDays,
        Optional<Path> ca,
        Map<String, String> headers) {

    /** What is requested unless told otherwise. */
    public static final String DEFAULT_PATH = "/version.txt";

    /** Copies what can be changed. */
    public CheckConfig {
        ready = ready.map(List::copyOf);
        headers = Map.copyOf(headers);
    }

    /** The defaults, for a check without a file. */
    public static CheckConfig defaults() {
        return new CheckConfig(
                Optional.empty(),
                DEFAULT_PATH,
                Optional.empty(),
                Expectation.NONE,
                Optional.empty(),
                RetryPolicy.DEFAULT.attempts(),
                OptionalInt.empty(),
                Optional.empty(),
                Map.of());
    }

    /** The defaults for a stack that is to serve a version. The rules of the stack decide whether it is a valid one. */
    static CheckConfig expecting(String version) {
        return defaults().with(Expectation.exactly(version));
    }

    /**
     * The same for a stack that serves another version than the file says.
     *
     * @param version what was deployed
     */
    public CheckConfig whenDeployed(String version) {
        return with(expectation.of(version));
    }

    private CheckConfig with(Expectation other) {
        return new CheckConfig(url, path, ready, other, timeout, attempts, certificateDays, ca, headers);
    }

    /** What must be served, in the checker's terms. */
    public ExpectedVersion expected() {
        return expectation.toExpectedVersion();
    }

    @Override
    public String toString() {
        return "CheckConfig[" + url.map(ShownUri::of) + ", " + path + ", "
                + expected().description() + ", headers " + headers.keySet() + "]";
    }
}
