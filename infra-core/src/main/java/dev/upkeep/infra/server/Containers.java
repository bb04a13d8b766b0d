package dev.upkeep.infra.server;

import java.time.Duration;
import java.util.Map;

/** What every nginx in a container has in common, with a file system that is read-only but for {@code /tmp}. */
final class Containers {

    static final Map<String, Object> OF_EVERY_NGINX = Map.of(
            "container",
            true,
            "workerProcesses",
            "auto",
            "pidFile",
            "/tmp/nginx.pid",
            "tempFolder",
            "/tmp",
            "errorLog",
            "stderr",
            "accessLog",
            "/dev/stdout");

    private Containers() {}

    static String megabytes(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("A body must be allowed 1 megabyte at least, found " + number);
        }
        return number + "m";
    }

    static long seconds(Duration limit) {
        if (limit.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("An answer must be allowed 1 second at least, found " + limit);
        }
        return limit.toSeconds();
    }
}
