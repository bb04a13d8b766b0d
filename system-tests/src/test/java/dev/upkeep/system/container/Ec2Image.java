package dev.upkeep.system.container;

import dev.upkeep.system.command.Program;
import java.nio.file.Path;

/**
 * The images of machines like those of EC2: Debian with systemd and cloud-init, with and without Docker and the command of AWS. Each is
 * made once, and kept by the engine.
 */
final class Ec2Image {
    /** As Debian's images for EC2 are, but for the units that a container cannot have. */
    private static final String MAKE = """
            set -e
            root=$2/ec2-image
            rm -rf "$root"
            trap 'rm -rf "$root"' EXIT
            mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1)
            debootstrap --variant=minbase bookworm "$root" ${mirror:+"${mirror% }"} >&2
            printf '#!/bin/sh\\nexit 101\\n' >"$root/usr/sbin/policy-rc.d"
            chmod 755 "$root/usr/sbin/policy-rc.d"
            chroot "$root" apt-get -qq update >&2
            DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends \\
                systemd systemd-sysv dbus iproute2 iptables curl ca-certificates python3-minimal procps \\
                cloud-init locales docker.io runc awscli >&2
            rm "$root/usr/sbin/policy-rc.d"
            for unit in systemd-udevd.service systemd-modules-load.service sys-kernel-debug.mount getty.target \\
                console-getty.service systemd-firstboot.service systemd-networkd.service systemd-networkd.socket \\
                systemd-networkd-wait-online.service; do
                ln -sf /dev/null "$root/etc/systemd/system/$unit"
            done
            printf 'datasource_list: [ NoCloud, None ]\\nnetwork: { config: disabled }\\n' >"$root/etc/cloud/cloud.cfg.d/99-tests.cfg"
            rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root/etc/machine-id"
            tar -C "$root" -c . | docker import --change 'CMD ["/sbin/init"]' - "$1"
            """;

    /** Makes a repository of the packages in this folder. */
    static final String INDEX_PACKAGES = """
            for file in *.deb; do
                dpkg-deb --field $file
                printf 'Filename: %s\\nSize: %s\\nSHA256: %s\\n\\n' $file $(stat -c %s $file) $(sha256sum $file | cut -c -64)
            done >Packages
            """;

    /** Without what Upkeep installs, of which the packages are in a repository on the disk: no machine reaches another one. */
    private static final String STRIP = """
            set -e
            root=$2/ec2-published
            rm -rf "$root"
            mkdir "$root"
            container=$(docker create "$3")
            trap 'rm -rf "$root"; docker rm $container >/dev/null' EXIT
            docker export $container | tar -C "$root" -x
            cp /etc/resolv.conf "$root/etc/resolv.conf"
            DEBIAN_FRONTEND=noninteractive chroot "$root" bash >&2 <<'STRIP'
            set -e
            apt-get -qq update
            apt-get -qq purge docker.io runc awscli
            apt-get -qq autoremove --purge
            mkdir -p /srv/packages/partial
            apt-get -qq --no-install-recommends --download-only -o Dir::Cache::archives=/srv/packages install docker.io awscli
            cd /srv/packages
            """ + INDEX_PACKAGES + """
            echo 'deb [trusted=yes] file:/srv/packages ./' >/etc/apt/sources.list
            rm -rf /var/cache/apt/archives/*.deb /var/lib/apt/lists/*
            STRIP
            tar -C "$root" -c . | docker import --change 'CMD ["/sbin/init"]' - "$1"
            """;

    private Ec2Image() {}

    /** Makes it unless it is there, and returns its name. */
    static String in(DockerEngine engine) {
        return made(engine, "upkeep-system-tests/ec2:1", MAKE);
    }

    /** Makes one without Docker and the command of AWS, as published images are, unless it is there, and returns its name. */
    static String published(DockerEngine engine) {
        return made(engine, "upkeep-system-tests/ec2-published:1", STRIP, in(engine));
    }

    private static String made(DockerEngine engine, String name, String script, String... more) {
        if (engine.docker("image", "inspect", name).code() != 0) {
            Path cache = DockerEngine.cache();
            engine.run(
                            cache,
                            Program.of(cache, "bash", "-c", script, "make", name, cache.toString())
                                    .and(more))
                    .with(0);
        }
        return name;
    }
}
