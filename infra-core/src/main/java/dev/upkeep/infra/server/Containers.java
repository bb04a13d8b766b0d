package dev.upkeep.infra.server;

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
}
