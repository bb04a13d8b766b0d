package dev.upkeep.system.container;

import dev.upkeep.system.command.Program;
import java.nio.file.Path;

/**
 * The image of a machine like those of EC2: Debian with systemd, cloud-init, Docker and the command of AWS. It is made once, and
 * kept by the engine.
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

    private Ec2Image() {}

    /** Makes it unless it is there, and returns its name. */
    static String in(DockerEngine engine) {
        String name = "upkeep-system-tests/ec2:1";
        if (engine.docker("image", "inspect", name).code() != 0) {
            Path cache = DockerEngine.cache();
            engine.run(cache, Program.of(cache, "bash", "-c", MAKE, "make", name, cache.toString()))
                    .with(0);
        }
        return name;
    }
}
