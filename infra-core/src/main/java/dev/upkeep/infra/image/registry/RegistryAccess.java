package dev.upkeep.infra.image.registry;

import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.time.Sleeper;
import java.time.InstantSource;
import java.util.Set;

/**
 * The way to registries. Immutable, safe for use by several threads.
 *
 * @param login who the user is
 * @param plainHttp registries that may be spoken to without TLS, besides those on this machine
 * @param clock tells when a token has expired
 * @param sleeper waits before another try
 */
public record RegistryAccess(RegistryLogin login, Set<String> plainHttp, InstantSource clock, Sleeper sleeper) {

    /** Copies the set. */
    public RegistryAccess {
        plainHttp = Set.copyOf(plainHttp);
    }

    /**
     * The usual way: TLS everywhere but on this machine.
     *
     * @param login who the user is
     * @return the access
     */
    public static RegistryAccess of(RegistryLogin login) {
        return new RegistryAccess(login, Set.of(), InstantSource.system(), Sleeper.real());
    }

    /**
     * Also speaks plain HTTP, with whoever is in between reading along.
     *
     * @param registries host and, if it is not the usual one, port
     * @return a new access
     */
    public RegistryAccess withPlainHttp(Set<String> registries) {
        return new RegistryAccess(login, registries, clock, sleeper);
    }

    /**
     * Opens a repository. Sends nothing yet.
     *
     * @param image an image of it
     * @return the repository
     */
    public Repository repository(ImageReference image) {
        return new Repository(new RegistryHttp(this, image.registry(), image.repository()));
    }

    boolean isPlain(String registry) {
        return plainHttp.contains(registry) || isLoopback(registry);
    }

    private static boolean isLoopback(String registry) {
        String host = registry.replaceFirst(":[0-9]+$", "");
        return host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
    }
}
