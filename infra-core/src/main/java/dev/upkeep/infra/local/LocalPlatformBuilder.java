package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.ServedPaths;
import dev.upkeep.infra.local.probe.Answer;
import dev.upkeep.infra.local.probe.LocalProbe;
import dev.upkeep.infra.local.process.Programs;
import dev.upkeep.infra.rollout.OutsideCheck;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.time.Sleeper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The settings of a {@link LocalPlatform}. Not safe for use by several threads. */
public final class LocalPlatformBuilder {

    /** How long an instance, its application or the edge may take to work, unless told otherwise. */
    public static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(15);

    /** How long a drain waits for requests in flight, unless told otherwise. */
    public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(10);

    Path stateFolder = defaultStateFolder(System.getenv(), Path.of(System.getProperty("user.home")));
    InstantSource clock = InstantSource.system();
    Sleeper sleeper = Sleeper.real();
    OutsideCheck outsideCheck = LocalPlatformBuilder::askFromInside;
    Duration startTimeout = DEFAULT_START_TIMEOUT;
    Duration drainTimeout = DEFAULT_DRAIN_TIMEOUT;

    List<Path> programFolders = Programs.usualFolders(System.getenv().getOrDefault("PATH", ""));

    LocalPlatformBuilder() {}

    static Path defaultStateFolder(Map<String, String> environment, Path home) {
        // XDG Base Directory Specification: a relative path in the variable is invalid and to be ignored.
        Path stated = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
        Path states = stated.isAbsolute() ? stated : home.resolve(".local").resolve("state");
        return states.resolve("upkeep");
    }

    /**
     * Sets where the state of all stacks is kept.
     *
     * @param value a folder, made if it does not exist; {@code $XDG_STATE_HOME/upkeep}, or
     *     {@code ~/.local/state/upkeep}, unless set
     * @return this
     */
    public LocalPlatformBuilder stateFolder(Path value) {
        this.stateFolder = value;
        return this;
    }

    /**
     * Sets what tells the time.
     *
     * @param value a clock; the system's unless set
     * @return this
     */
    public LocalPlatformBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    /**
     * Sets what lets time pass between two looks at something that is awaited.
     *
     * @param value a sleeper; the real one unless set
     * @return this
     */
    public LocalPlatformBuilder sleeper(Sleeper value) {
        this.sleeper = value;
        return this;
    }

    /**
     * Sets how the way that users take is asked at the end of an apply.
     *
     * @param value a check from outside, closed together with the platform; plain requests for the version and the readiness
     *     unless set
     * @return this
     */
    public LocalPlatformBuilder outsideCheck(OutsideCheck value) {
        this.outsideCheck = value;
        return this;
    }

    private static String askFromInside(URI edge, String version) {
        LocalProbe probe = new LocalProbe();
        for (String path : List.of(ServedPaths.VERSION, ServedPaths.READINESS)) {
            Answer answer = probe.ask(edge.getPort(), path, AppHealth.LONGEST_LIMIT.plus(LocalProbe.LIMIT));
            if (!answer.says(version)) {
                return path + (answer.arrived() ? " says \"" + answer.body() + "\"" : ": " + answer.problem());
            }
        }
        return "";
    }

    /**
     * Sets where nginx and HAProxy are looked for.
     *
     * @param value folders in order; those of the PATH and then the usual ones, such as {@code /usr/sbin}, unless set
     * @return this
     */
    public LocalPlatformBuilder programFolders(List<Path> value) {
        this.programFolders = List.copyOf(value);
        return this;
    }

    /**
     * Sets how long an instance, its application or the edge may take to work.
     *
     * @param value more than zero; {@link #DEFAULT_START_TIMEOUT} unless set
     * @return this
     */
    public LocalPlatformBuilder startTimeout(Duration value) {
        this.startTimeout = positive(value);
        return this;
    }

    /**
     * Sets how long a drain waits for requests in flight before it goes on.
     *
     * @param value more than zero; {@link #DEFAULT_DRAIN_TIMEOUT} unless set
     * @return this
     */
    public LocalPlatformBuilder drainTimeout(Duration value) {
        this.drainTimeout = positive(value);
        return this;
    }

    private static Duration positive(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("A time limit must be more than zero, found " + value);
        }
        return value;
    }

    /**
     * Makes the platform. Touches no file yet.
     *
     * @return a platform, to be closed by the caller
     */
    public LocalPlatform build() {
        return new LocalPlatform(this);
    }
}
