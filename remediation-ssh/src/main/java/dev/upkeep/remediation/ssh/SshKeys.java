package dev.upkeep.remediation.ssh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of ours that a host is offered, in the order of OpenSSH: those that the agent holds, then those of files and texts as they were named. A key
 * that is in both comes first. At most {@link #MOST} are offered, because hosts hang up after six tries.
 *
 * <p>Read are OpenSSH's own form, PKCS #1 and PKCS #8, of Ed25519, ECDSA and RSA; RSA signs with SHA-2, and Ed25519 is not read as PKCS #8. A key that cannot be read or opened is left out,
 * and named if the host takes none of the others. Immutable.
 */
public final class SshKeys {

    /** So many keys are offered at most. */
    public static final int MOST = 5;

    private static final String SOCKET = "SSH_AUTH_SOCK";
    private static final List<String> USUAL = List.of("id_rsa", "id_ecdsa", "id_ed25519");

    private final @Nullable Path agent;
    private final boolean onlyNamed;
    private final String unlocking;
    private final List<KeySource> sources;

    private SshKeys(@Nullable Path agent, boolean onlyNamed, String unlocking, List<KeySource> sources) {
        this.agent = agent;
        this.onlyNamed = onlyNamed;
        this.unlocking = unlocking;
        this.sources = List.copyOf(sources);
    }

    /**
     * No key.
     *
     * @return where others are added
     */
    public static SshKeys none() {
        return new SshKeys(null, false, "", List.of());
    }

    /**
     * What OpenSSH offers by itself: the keys of the agent, if there is one, and of {@code id_rsa}, {@code id_ecdsa} and {@code id_ed25519} in
     * {@code ~/.ssh}, as far as they are there.
     *
     * @return these keys
     */
    public static SshKeys usual() {
        SshKeys keys = none().withAgent();
        for (String name : USUAL) {
            Path file = Path.of(System.getProperty("user.home"), ".ssh", name);
            keys = Files.exists(file) ? keys.withFile(file) : keys;
        }
        return keys;
    }

    /**
     * The same with the agent of the environment variable {@code SSH_AUTH_SOCK}.
     *
     * @return the same if it is not set
     */
    public SshKeys withAgent() {
        String socket = System.getenv(SOCKET);
        return socket == null || socket.isEmpty() ? this : withAgent(Path.of(socket));
    }

    /**
     * The same with an agent.
     *
     * @param socket the Unix socket where it listens
     * @return new keys
     */
    public SshKeys withAgent(Path socket) {
        return new SshKeys(socket, onlyNamed, unlocking, sources);
    }

    /**
     * The same without an agent.
     *
     * @return new keys
     */
    public SshKeys withoutAgent() {
        return new SshKeys(null, onlyNamed, unlocking, sources);
    }

    /**
     * The same with a file.
     *
     * @param file a private key that is not encrypted; one that is encrypted is left out
     * @return new keys
     */
    public SshKeys withFile(Path file) {
        return with(KeySource.file(file, null));
    }

    /**
     * The same with an encrypted file.
     *
     * @param file a private key
     * @param passphrase asked once, when a connection is first made and on its caller's thread; its array is wiped after use
     * @return new keys
     */
    public SshKeys withFile(Path file, Supplier<char[]> passphrase) {
        return with(KeySource.file(file, passphrase));
    }

    /**
     * The same with a key that is in no file.
     *
     * @param name what it is called in messages
     * @param pem a private key that is not encrypted, as a file would hold it
     * @return new keys
     */
    public SshKeys withText(String name, String pem) {
        return with(KeySource.text(name, pem, null));
    }

    /**
     * The same with an encrypted key that is in no file.
     *
     * @param name what it is called in messages
     * @param pem a private key as a file would hold it
     * @param passphrase asked once, when a connection is first made and on its caller's thread; its array is wiped after use
     * @return new keys
     */
    public SshKeys withText(String name, String pem, Supplier<char[]> passphrase) {
        return with(KeySource.text(name, pem, passphrase));
    }

    /**
     * The same with a key that was made here.
     *
     * @param key that the host is told of before it is gone into
     * @return new keys
     */
    public SshKeys withMade(FreshKey key) {
        return with(KeySource.made(key));
    }

    /**
     * The same, but of the agent's keys only those that are named by a file as well: as with {@code IdentitiesOnly yes}. A file that is encrypted is
     * recognised by its {@code .pub}.
     *
     * @return new keys
     */
    public SshKeys onlyNamed() {
        return new SshKeys(agent, true, unlocking, sources);
    }

    /**
     * The same with what people do to give a passphrase, which the message about an encrypted key then says.
     *
     * @param advice such as {@code set SHOP_PASSPHRASE in the environment}
     * @return the same keys
     */
    public SshKeys unlockedBy(String advice) {
        return new SshKeys(agent, onlyNamed, advice, sources);
    }

    /** The same after files, which are not offered a second time. */
    SshKeys after(List<Path> files) {
        List<KeySource> all = new ArrayList<>();
        for (Path file : files) {
            all.add(sources.stream()
                    .filter(source -> source.name().equals(file.toString()))
                    .findFirst()
                    .orElseGet(() -> KeySource.file(file, null)));
        }
        sources.stream().filter(source -> !all.contains(source)).forEach(all::add);
        return new SshKeys(agent, onlyNamed, unlocking, all);
    }

    private SshKeys with(KeySource source) {
        List<KeySource> all = new ArrayList<>(sources);
        all.add(source);
        return new SshKeys(agent, onlyNamed, unlocking, all);
    }

    Optional<Path> agent() {
        return Optional.ofNullable(agent);
    }

    /** What people do to give a passphrase; empty if nobody said. */
    String unlocking() {
        return unlocking;
    }

    boolean isOnlyNamed() {
        return onlyNamed;
    }

    List<KeySource> sources() {
        return sources;
    }

    /** Where they are from; no secret. */
    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        agent().ifPresent(socket -> shown.add("the agent at " + socket));
        sources.forEach(source -> shown.add(source.name()));
        return shown.isEmpty() ? "no keys" : String.join(", ", shown);
    }
}
