package dev.upkeep.remediation.service;

import java.util.List;

/** Something that serves on a host. */
public sealed interface Service {

    /**
     * What it is called, for people.
     *
     * @return such as {@code unit nginx.service}
     */
    String describe();

    /**
     * A unit of systemd.
     *
     * @param name such as {@code nginx.service}
     */
    record Unit(String name) implements Service {

        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException if systemd could have no unit of that name
         */
        public Unit {
            if (!name.matches("[A-Za-z0-9:_.\\\\@][A-Za-z0-9:_.\\\\@-]{0,254}")) {
                throw new IllegalArgumentException("no unit of systemd can be called \"" + name + "\"");
            }
        }

        @Override
        public String describe() {
            return "unit " + name;
        }
    }

    /**
     * A container.
     *
     * @param engine the program that manages it: {@code docker} or {@code podman}
     * @param name its name, or its id
     */
    record Container(String engine, String name) implements Service {

        /**
         * Checks the names.
         *
         * @throws IllegalArgumentException if there is no such engine, or no container could have that name
         */
        public Container {
            if (!engine.equals("docker") && !engine.equals("podman")) {
                throw new IllegalArgumentException("containers are managed by docker or podman, not by " + engine);
            }
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
                throw new IllegalArgumentException("no container can be called \"" + name + "\"");
            }
        }

        @Override
        public String describe() {
            return "container " + name + " of " + engine;
        }
    }

    /**
     * An nginx that nobody watches.
     *
     * @param name what it is called, for people
     * @param argv the command that starts it and then returns, such as {@code nginx -p /srv/www/ -c nginx.conf}; with {@code -t}, {@code -s reload} or
     *     {@code -s stop} behind it, it tests, reloads or stops that one
     */
    record Daemon(String name, List<String> argv) implements Service {

        /**
         * Copies the arguments.
         *
         * @throws IllegalArgumentException if there is no program
         */
        public Daemon {
            argv = List.copyOf(argv);
            if (argv.isEmpty() || argv.get(0).isEmpty()) {
                throw new IllegalArgumentException("the command that starts nginx is missing");
            }
        }

        /**
         * One that is called as its command is.
         *
         * @param argv the command that starts it
         * @return the daemon
         * @throws IllegalArgumentException if there is no program
         */
        public static Daemon of(String... argv) {
            return new Daemon(String.join(" ", argv), List.of(argv));
        }

        @Override
        public String describe() {
            return name;
        }
    }
}
