package dev.upkeep.remediation.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What OpenSSH's configuration says about hosts (<a href="https://man.openbsd.org/ssh_config">ssh_config(5)</a>): {@code Host}, {@code HostName},
 * {@code User}, {@code Port}, {@code IdentityFile}, {@code IdentitiesOnly}, {@code ProxyJump}, {@code UserKnownHostsFile}, {@code GlobalKnownHostsFile},
 * {@code ConnectTimeout}, {@code ServerAliveInterval} and {@code Include}. As there, the first value wins. Other keywords change nothing here.
 *
 * <p>Of {@code Match}, {@code all} and {@code originalhost} are understood. {@code StrictHostKeyChecking} is not followed, whatever it says: a key that is
 * not known is refused. A host that is reached by a {@code ProxyCommand} is an error, and is not reached directly instead. Immutable.
 */
public final class SshConfig {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})([sSmMhH]?)");

    private final List<List<ConfigLine>> files;

    private SshConfig(List<List<ConfigLine>> files) {
        this.files = List.copyOf(files);
    }

    /**
     * What OpenSSH reads: {@code ~/.ssh/config}, then {@code /etc/ssh/ssh_config}.
     *
     * @return the configuration; empty if there is no file
     * @throws SshConfigException if one cannot be read
     */
    public static SshConfig usual() {
        Path own = Path.of(System.getProperty("user.home"), ".ssh");
        Path system = Path.of("/etc/ssh");
        return new SshConfig(List.of(
                new ConfigReader(own).read(own.resolve("config")),
                new ConfigReader(system).read(system.resolve("ssh_config"))));
    }

    /**
     * Some files. What they include without a folder is in {@code ~/.ssh}.
     *
     * @param files the first one is asked first; one that is not there is empty
     * @return the configuration
     * @throws SshConfigException if one cannot be read
     */
    public static SshConfig read(Path... files) {
        ConfigReader reader = new ConfigReader(Path.of(System.getProperty("user.home"), ".ssh"));
        return new SshConfig(Arrays.stream(files).map(reader::read).toList());
    }

    /**
     * The way into a host.
     *
     * @param text {@code HOST}, {@code USER@HOST:PORT} or {@code ssh://USER@HOST:PORT}; what it says goes before the configuration, and the host may be an
     *     alias in it
     * @param otherwise what counts where the configuration says nothing; the keys that it names are offered after these
     * @return the host, its settings, and the hosts on the way with theirs
     * @throws SshConfigException if the configuration says something about the host that cannot be done
     * @throws IllegalArgumentException if the text is none of these
     */
    public SshAccess access(String text, SshSettings otherwise) {
        SshTarget.Written written = SshTarget.Written.parse(text);
        HostOptions options = HostOptions.of(written.host(), files);
        List<SshAccess> jumps = new ArrayList<>();
        for (String jump : options.jumps()) {
            SshTarget.Written on = SshTarget.Written.parse(jump.strip());
            jumps.add(direct(on, HostOptions.of(on.host(), files), otherwise));
        }
        SshAccess direct = direct(written, options, otherwise);
        return new SshAccess(direct.target(), direct.settings(), jumps);
    }

    private static SshAccess direct(SshTarget.Written written, HostOptions options, SshSettings otherwise) {
        String host = options.value("hostname")
                .map(it -> Tokens.expand(it, Map.of("h", written.host()), "HostName"))
                .orElse(written.host());
        SshTarget target = new SshTarget(
                written.user().or(() -> options.value("user")).orElse(System.getProperty("user.name")),
                host,
                written.port().or(() -> port(options)).orElse(SshTarget.DEFAULT_PORT));
        Map<String, String> tokens =
                Map.of("h", target.host(), "n", written.host(), "r", target.user(), "p", String.valueOf(target.port()));
        return SshAccess.to(target, settings(options, tokens, otherwise));
    }

    private static Optional<Integer> port(HostOptions options) {
        return options.value("port").map(text -> {
            if (!text.matches("[0-9]{1,5}")) {
                throw new SshConfigException(options.place("port") + " has no number as port: " + PlainText.of(text));
            }
            return Integer.valueOf(text);
        });
    }

    private static SshSettings settings(HostOptions options, Map<String, String> tokens, SshSettings otherwise) {
        List<Path> files = options.identityFiles().stream()
                .filter(file -> !file.equalsIgnoreCase("none"))
                .map(file -> Tokens.home(Tokens.expand(file, tokens, "IdentityFile")))
                .toList();
        SshKeys keys = otherwise.keys().after(files);
        if (options.value("identitiesonly").filter("yes"::equalsIgnoreCase).isPresent()) {
            keys = keys.onlyNamed();
        }
        return new SshSettings(
                hostKeys(options, tokens, otherwise.hostKeys()),
                keys,
                time(options, "connecttimeout").filter(it -> !it.isZero()).orElse(otherwise.connect()),
                time(options, "serveraliveinterval").orElse(otherwise.keepAlive()));
    }

    private static HostKeys hostKeys(HostOptions options, Map<String, String> tokens, HostKeys otherwise) {
        Optional<List<String>> own = options.values("userknownhostsfile");
        Optional<List<String>> global = options.values("globalknownhostsfile");
        if (own.isEmpty() && global.isEmpty()) {
            return otherwise;
        }
        List<String> names = new ArrayList<>(own.orElse(List.of("~/.ssh/known_hosts")));
        names.addAll(global.orElse(List.of("/etc/ssh/ssh_known_hosts")));
        return HostKeys.in(names.stream()
                        .filter(name -> !name.equalsIgnoreCase("none"))
                        .map(name -> Tokens.home(Tokens.expand(name, tokens, "UserKnownHostsFile")))
                        .toArray(Path[]::new))
                .orPinned(otherwise.pins().toArray(String[]::new))
                .pinnedByOption(otherwise.pinning());
    }

    private static Optional<Duration> time(HostOptions options, String keyword) {
        return options.value(keyword).filter(it -> !it.equalsIgnoreCase("none")).map(text -> {
            Matcher matcher = TIME.matcher(text);
            if (!matcher.matches()) {
                throw new SshConfigException(
                        options.place(keyword) + " has no time such as 10 or 2m: " + PlainText.of(text));
            }
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofSeconds(count);
            };
        });
    }
}
