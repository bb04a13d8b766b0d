package dev.upkeep.system.container;

import dev.upkeep.system.DockerRegistry;
import dev.upkeep.system.command.Program;
import dev.upkeep.system.command.Upkeep;
import java.nio.file.Path;

/**
 * The image that stands for all public ones: Debian with nginx, curl and Java, made without any of them. It is made once for each
 * version of Java, and kept by the engine.
 */
final class BaseImage {
    /** Debian 12, as installed by debootstrap from the mirror that this machine uses. */
    private static final String MAKE = """
            set -e
            root=$2/base-image
            rm -rf "$root"
            trap 'rm -rf "$root"' EXIT
            mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1)
            debootstrap --variant=minbase --include=nginx-light,curl bookworm "$root" ${mirror:+"${mirror% }"} >&2
            "$3/jlink" --add-modules java.se,jdk.httpserver,jdk.crypto.ec,jdk.unsupported,jdk.zipfs \\
                --strip-debug --no-man-pages --no-header-files --output "$root/opt/java"
            rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
            tar -C "$root" -c . | docker import \\
                --change 'ENV PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$1"
            """;

    private BaseImage() {}

    /** Makes it unless it is there, sends it to a registry, and returns its name there. */
    static String in(DockerEngine engine, DockerRegistry registry) {
        String name = registry.address() + "/base:1";
        engine.docker("tag", in(engine), name).with(0);
        engine.docker("push", "--quiet", name).with(0);
        return name;
    }

    /** Makes it unless it is there, and returns its name. */
    static String in(DockerEngine engine) {
        String name = "upkeep-system-tests/base:1-java-" + Runtime.version().feature();
        if (engine.docker("image", "inspect", name).code() != 0) {
            Path cache = DockerEngine.cache();
            engine.run(
                            cache,
                            Program.of(
                                    cache,
                                    "bash",
                                    "-c",
                                    MAKE,
                                    "make",
                                    name,
                                    cache.toString(),
                                    Upkeep.JAVA.getParent().toString()))
                    .with(0);
        }
        return name;
    }
}
