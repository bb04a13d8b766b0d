package dev.upkeep.system.container;

import dev.upkeep.system.command.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The image of a machine with a web server: Debian with systemd, nginx, an application behind it, Docker, Podman, and users who may do more or less. Made once, and kept
 * by the engine.
 */
final class WebHostImage {
    private static final String NAME = "upkeep-system-tests/web-host:1";

    private static final String DOCKERFILE = """
            ARG BASE
            FROM $BASE
            RUN printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d \\
                && chmod 755 /usr/sbin/policy-rc.d \\
                && apt-get -qq update \\
                && DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends \\
                    nginx-light openssh-server sudo busybox-static podman \\
                && rm /usr/sbin/policy-rc.d \\
                && rm -rf /var/cache/apt/archives/*.deb /var/lib/apt/lists/* \\
                && touch /etc/cloud/cloud-init.disabled
            COPY prepare /tmp/prepare
            RUN sh -e /tmp/prepare
            CMD ["/sbin/init"]
            """;

    /** The site of the machine itself, and as a small image for its own engine. */
    private static final String PREPARE = """
            mkdir -p /srv/www /srv/app/.well-known/upkeep
            echo 1.0.6 >/srv/www/version.txt
            echo ready >/srv/app/.well-known/upkeep/ready
            cat >/etc/nginx/sites-available/default <<'END'
            server {
              listen 80;
              root /srv/www;
              location = /.well-known/upkeep/ready { proxy_pass http://127.0.0.1:8080; }
            }
            END
            cat >/etc/systemd/system/shop.service <<'END'
            [Service]
            ExecStart=/bin/busybox httpd -f -p 127.0.0.1:8080 -h /srv/app
            [Install]
            WantedBy=multi-user.target
            END
            systemctl enable shop.service
            # Of it, systemd would make a unit where the one of nginx is missing.
            rm /etc/init.d/nginx
            tar -C / -cf /srv/etc.tar etc/nginx usr/sbin/nginx usr/lib/systemd/system/nginx.service

            cat >/etc/ssh/sshd_config.d/tests.conf <<'END'
            PermitRootLogin prohibit-password
            AuthorizedKeysFile /etc/ssh/authorized_keys
            END
            # What Podman needs in a container.
            cat >/etc/containers/containers.conf <<'END'
            [containers]
            default_ulimits = ["nofile=20000:20000", "nproc=20000:20000"]
            [engine]
            cgroup_manager = "cgroupfs"
            runtime = "runc"
            events_logger = "file"
            END
            for user in ann bob eve carl dave; do useradd --create-home --shell /bin/sh $user; done
            usermod -a -G docker dave
            cat >/etc/sudoers.d/users <<'END'
            bob ALL=(root) NOPASSWD: /usr/bin/systemctl start nginx.service
            eve ALL=(root) NOPASSWD: /usr/bin/systemctl start other.service
            carl ALL=(ALL) NOPASSWD: ALL
            END

            root=/srv/root
            mkdir -p $root/bin $root/tmp $root/run $root/etc/nginx $root/var/log/nginx $root/var/lib/nginx $root/srv
            cp /bin/busybox $root/bin/
            for name in sh sleep httpd tail; do ln -s busybox $root/bin/$name; done
            (cd / && cp --parents usr/sbin/nginx $(ldd /usr/sbin/nginx | grep -o '/[^ )]*') $root)
            cp -R /srv/www /srv/app $root/srv/
            printf 'root:x:0:0::/:/bin/sh\\nwww-data:x:33:33::/:/bin/sh\\n' >$root/etc/passwd
            printf 'root:x:0:\\nwww-data:x:33:\\n' >$root/etc/group
            site() {
                printf 'user root; worker_processes 1; error_log stderr; events {}\n'
                printf 'http { access_log off; server { listen 80; root /srv/www; %s } }\n' "$1"
            }
            site 'location = /.well-known/upkeep/ready { return 200; }' >$root/etc/nginx/nginx.conf
            site 'resolver 127.0.0.11; set $app app:8080; location = /.well-known/upkeep/ready { proxy_pass http://$app; }' \
                >$root/etc/nginx/shop.conf
            tar -C $root -cf /srv/site.tar .
            rm -r $root
            """;

    private WebHostImage() {}

    /** Makes it unless it is there, and returns its name. */
    static String in(DockerEngine engine) {
        if (engine.docker("image", "inspect", NAME).code() != 0) {
            build(engine, Ec2Image.in(engine));
        }
        return NAME;
    }

    private static void build(DockerEngine engine, String base) {
        try {
            Path context = Files.createTempDirectory("upkeep-web-host");
            Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
            Files.writeString(context.resolve("prepare"), PREPARE);
            engine.run(
                            context,
                            Program.of(
                                    context,
                                    "docker",
                                    "build",
                                    "--network=host",
                                    "--build-arg=BASE=" + base,
                                    "--tag=" + NAME,
                                    "."))
                    .with(0);
            Program.of(Path.of("/"), "rm", "-r", context.toString()).run().with(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
