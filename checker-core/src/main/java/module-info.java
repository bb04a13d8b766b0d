/**
 * One version check in, one verdict out. Knows HTTP and versions; knows nothing of clouds, SSH or YAML.
 */
module dev.upkeep.checker {
    requires com.fasterxml.jackson.core;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires java.naming;
    requires okhttp3;
    requires okio;
    requires org.semver4j;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.upkeep.checker;
    exports dev.upkeep.checker.check;
    exports dev.upkeep.checker.fleet;
    exports dev.upkeep.checker.gate;
    exports dev.upkeep.checker.port;
    exports dev.upkeep.checker.testing;
    exports dev.upkeep.checker.verdict;
    exports dev.upkeep.checker.version;
}
