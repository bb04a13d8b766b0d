package dev.upkeep.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.remediation.shell.CommandLimits;
import dev.upkeep.remediation.shell.CommandLine;
import dev.upkeep.remediation.shell.CommandResult;
import dev.upkeep.remediation.shell.CommandResult.Ended;
import dev.upkeep.remediation.shell.CommandResult.Failed;
import dev.upkeep.remediation.shell.ShellFailure;
import dev.upkeep.remediation.ssh.HostKeys;
import dev.upkeep.remediation.ssh.SshAccess;
import dev.upkeep.remediation.ssh.SshKeys;
import dev.upkeep.remediation.ssh.SshSettings;
import dev.upkeep.remediation.ssh.SshShell;
import dev.upkeep.remediation.ssh.SshTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell over SSH against a real sshd, the real agent and keys of the real ssh-keygen. */
class SshShellSystemTest {
    private static final String USER = System.getProperty("user.name");
    private static final CommandLimits SOON = CommandLimits.DEFAULT.within(Duration.ofSeconds(10));
    private static final CommandLine TRUE = CommandLine.of("true");
    private static final int BIG = 100_000_000;

    /** The sshd of OpenSSH 9 passes signals on only for users whose sessions it keeps apart from itself, and that is not root. */
    private static final boolean TAKES_SIGNALS = !USER.equals("root");

    private static Peers shared;
    private static OpenSshServer server;
    private static Path key;

    private Peers peers;

    @BeforeAll
    static void startServer() {
        shared = new Peers();
        server = shared.closing(OpenSshServer.start(shared.folder("sshd"), List.of("ed25519", "ecdsa", "rsa")));
        key = SshTool.generateKey(shared.folder("key").resolve("id"), "ed25519", "");
        server.allow(key);
    }

    @AfterAll
    static void stopServer() {
        shared.close();
    }

    @BeforeEach
    void begin() {
        peers = new Peers();
    }

    @AfterEach
    void end() {
        peers.close();
    }

    @Test
    void aCommandGivesItsOutputsAndItsExitCode() throws InterruptedException {
        SshShell shell = shell(server);

        assertThat(run(shell, "sh", "-c", "echo out; echo err >&2; exit 7"))
                .isEqualTo(new Ended(7, "out\n", "err\n", false));
        assertThat(run(shell, "cat")).isEqualTo(new Ended(0, "", "", false));
        assertThat(((Ended) run(shell, "no-such-program")).exitCode()).isEqualTo(127);
        assertThat(shell.host()).isEqualTo(USER + "@127.0.0.1:" + server.port());
    }

    @Test
    void aCommandThatASignalEndedHasItsNumber() throws InterruptedException {
        assertThat(run(shell(server), "sh", "-c", "kill -TERM $$"))
                .isInstanceOfSatisfying(
                        Ended.class, ended -> assertThat(ended.exitCode()).isEqualTo(143));
    }

    @Test
    void hostileArgumentsArriveAsTheyAre() throws InterruptedException {
        String hostile = " \t\n'\"\\$HOME`id`!*?[]{}()<>|&;#~=%äé€";

        assertThat(run(shell(server), "printf", "%s", hostile)).isEqualTo(new Ended(0, hostile, "", false));
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void hugeOutputIsCutAndBlocksNothing(int stream) throws InterruptedException {
        Ended ended = (Ended) run(
                shell(server), "sh", "-c", "head -c " + BIG + " /dev/zero | tr '\\0' x >&" + stream + "; echo end >&2");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.isCut()).isTrue();
        assertThat(stream == 1 ? ended.stdout() : ended.stderr()).hasSize(CommandLimits.DEFAULT.output());
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519,,",
        "ecdsa,256,",
        "ecdsa,384,PEM",
        "ecdsa,521,PKCS8",
        "rsa,2048,",
        "rsa,2048,PEM",
        "rsa,2048,PKCS8"
    })
    void everyKindOfKeyOpens(String type, String bits, String form) throws InterruptedException {
        Path file = peers.folder("key").resolve("id");
        List<String> options = new ArrayList<>();
        if (bits != null) {
            options.addAll(List.of("-b", bits));
        }
        if (form != null) {
            options.addAll(List.of("-m", form));
        }
        SshTool.generateKey(file, type, "", options.toArray(String[]::new));
        server.allow(file);

        assertThat(run(shell(server, SshKeys.none().withFile(file)), "true")).isInstanceOf(Ended.class);
    }

    @ParameterizedTest
    @CsvSource({"ed25519,", "rsa,PEM", "ecdsa,PKCS8"})
    void anEncryptedKeyOpensWithItsPassphraseOnly(String type, String form) throws InterruptedException {
        Path file = peers.folder("key").resolve("id");
        String[] options = form == null ? new String[0] : new String[] {"-m", form};
        SshTool.generateKey(file, type, "correct horse", options);
        server.allow(file);
        char[] right = "correct horse".toCharArray();

        assertThat(run(shell(server, SshKeys.none().withFile(file, () -> right)), "true"))
                .isInstanceOf(Ended.class);
        assertThat(right).containsOnly('\0');
        assertDenied(
                run(shell(server, SshKeys.none().withFile(file, "battery"::toCharArray)), "true"),
                file + ": the passphrase does not open it");
        assertDenied(
                run(shell(server, SshKeys.none().withFile(file)), "true"),
                file + ": it is encrypted, and no passphrase was given; it accepts");
        assertDenied(
                run(shell(server, SshKeys.none().withFile(file).unlockedBy("set SHOP_PASSPHRASE")), "true"),
                file + ": it is encrypted, and no passphrase was given: set SHOP_PASSPHRASE; it accepts");
    }

    @Test
    void theAgentSignsForKeysThatItDoesNotGiveAway() throws InterruptedException {
        Path folder = peers.folder("agent");
        Path socket = folder.resolve("socket");
        peers.closing(Daemon.start(folder, List.of("ssh-agent", "-D", "-a", socket.toString()))
                .awaitReady(() -> Files.exists(socket)));
        for (String type : List.of("rsa", "ecdsa", "ed25519")) {
            Path file = SshTool.generateKey(folder.resolve(type), type, "");
            SshTool.run(List.of("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", "-t", "60", file.toString()));
            server.allow(file);

            assertThat(run(shell(server, SshKeys.none().withAgent(socket)), "true"))
                    .isInstanceOf(Ended.class);
            assertDenied(
                    run(shell(server, SshKeys.none().withAgent(socket).onlyNamed()), "true"),
                    "there was no key to offer");
            assertThat(run(
                            shell(
                                    server,
                                    SshKeys.none()
                                            .withAgent(socket)
                                            .withFile(file)
                                            .onlyNamed()),
                            "true"))
                    .isInstanceOf(Ended.class);
        }
    }

    @Test
    void aKeyThatIsRefusedIsNamedAndSoIsWhatIsAccepted() throws InterruptedException {
        Path other = SshTool.generateKey(peers.folder("key").resolve("other"), "ed25519", "");
        Path missing = Path.of(other + ".missing");

        Failed failed =
                (Failed) run(shell(server, SshKeys.none().withFile(missing).withFile(other)), "true");

        assertThat(failed)
                .isEqualTo(new Failed(
                        ShellFailure.DENIED,
                        USER + "@127.0.0.1:" + server.port() + " does not let us in; it refused " + other + " ("
                                + SshTool.fingerprint(Path.of(other + ".pub")) + "); left out: " + missing
                                + ": there is no such file; it accepts: publickey. Check the user, and that a key of ours"
                                + " is in ~/.ssh/authorized_keys of " + USER + " there"));
    }

    @Test
    void anUnknownHostIsRefusedBeforeAnyKeyIsOffered() throws InterruptedException, IOException {
        Path none = peers.folder("known").resolve("known_hosts");
        OpenSshServer fresh = fresh();

        Failed failed = (Failed) run(shell(fresh, HostKeys.in(none)), "true");

        assertThat(failed.failure()).isEqualTo(ShellFailure.HOST_KEY);
        assertThat(failed.message())
                .contains(
                        fresh.fingerprint("ed25519"), "which is not known; looked in " + none + " (which is not there)")
                .endsWith("If it is the same, pin it, or take it into " + none
                        + " with: ssh -o 'UserKnownHostsFile=" + none + "' -p " + fresh.port() + " " + USER
                        + "@127.0.0.1");
        assertThat(fresh.log()).doesNotContain("publickey").doesNotContain("userauth");
    }

    @Test
    void aChangedHostKeyWarnsOfSomebodyBetween() throws InterruptedException, IOException {
        Path known = known(fresh().knownAs("ed25519").replaceFirst(":[0-9]+ ", ":" + server.port() + " "));

        Failed failed = (Failed) run(shell(server, HostKeys.in(known)), "true");

        assertThat(failed.failure()).isEqualTo(ShellFailure.HOST_KEY);
        assertThat(failed.message())
                .contains(server.fingerprint("ed25519"), "but line 1 of " + known + " has another one for it")
                .contains(
                        "somebody stands between",
                        "ssh-keygen -f " + known + " -R '[127.0.0.1]:" + server.port() + "'");
    }

    @ParameterizedTest
    @CsvSource({"ed25519", "ecdsa", "rsa"})
    void aHostIsKnownByAnyOfItsKeysAlsoHashed(String type) throws InterruptedException, IOException {
        Path known = known(server.knownAs(type));
        assertThat(run(shell(server, HostKeys.in(known)), "true")).isInstanceOf(Ended.class);

        SshTool.run(List.of("ssh-keygen", "-q", "-H", "-f", known.toString()));

        assertThat(Files.readString(known)).startsWith("|1|");
        assertThat(run(shell(server, HostKeys.in(known)), "true")).isInstanceOf(Ended.class);
    }

    @Test
    void aRevokedKeyIsRefusedEvenIfItIsKnownAndPinned() throws InterruptedException, IOException {
        String line = server.knownAs("ed25519");
        Path known = known(line + "@revoked * " + line.substring(line.indexOf(' ') + 1));

        Failed failed = (Failed) run(shell(server, HostKeys.in(known).orPinned(server.fingerprint("ed25519"))), "true");

        assertThat(failed.failure()).isEqualTo(ShellFailure.HOST_KEY);
        assertThat(failed.message()).contains("which line 2 of " + known + " revokes");
    }

    @Test
    void aPinnedKeyIsBelievedAndAnotherIsNot() throws InterruptedException {
        assertThat(run(shell(server, HostKeys.pinned(server.fingerprint("ed25519"))), "true"))
                .isInstanceOf(Ended.class);
        assertThat(run(shell(server, HostKeys.pinned(server.fingerprint("rsa"))), "true"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(ShellFailure.HOST_KEY));
    }

    @Test
    void whoAsksToBelieveAnyoneIsToldWhom() throws InterruptedException {
        List<String> taken = new ArrayList<>();
        SshShell shell = shell(server, HostKeys.acceptingAnyAsAskedFor(it -> taken.add(it.fingerprint())));

        assertThat(run(shell, "true")).isInstanceOf(Ended.class);
        assertThat(taken).containsExactly(server.fingerprint("ed25519"));
    }

    @Test
    void aPortWhereNobodyListensIsUnreachable() throws InterruptedException {
        assertUnreachable(run(shell(Ports.free()), "true"), "refused the connection: no sshd listens there");
    }

    @Test
    void anUnknownNameIsUnreachable() throws InterruptedException {
        SshSettings settings = SshSettings.of(HostKeys.known(), SshKeys.none());
        SshShell shell = open(SshAccess.to(new SshTarget(USER, "no-such-host.invalid", 22), settings));

        assertUnreachable(run(shell, "true"), "no address is known for no-such-host.invalid");
    }

    @Test
    void aBlackHoleIsGivenUpInTime() throws InterruptedException, IOException {
        ServerSocket full = peers.closing(new ServerSocket(0, 1, Loopback.four(1)));
        peers.fill(full);

        assertUnreachable(run(shell(full.getLocalPort()), "true"), "1000 ms");
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() throws InterruptedException, IOException {
        ServerSocket silent = peers.closing(new ServerSocket(0, 5, Loopback.four(1)));

        assertUnreachable(
                run(shell(silent.getLocalPort()), "true"),
                "gave up to connect to " + USER + "@127.0.0.1:" + silent.getLocalPort()
                        + " after 1000 ms, while waiting for the first words and the host key");
    }

    @Test
    void aCommandThatHangsIsEndedOnTheHost() throws Exception {
        SshShell shell = shell(server);
        Path pid = peers.folder("pid").resolve("pid");

        CommandResult result = shell.run(
                CommandLine.of(
                        "sh", "-c", "trap '' TERM; echo begun; echo $$ > " + pid + "; while :; do sleep 1; done"),
                SOON.within(Duration.ofMillis(500)));

        String end = TAKES_SIGNALS ? "it did" : "the host has not said that it did (sshd takes no signals for root";
        assertFailed(result, ShellFailure.TIMED_OUT, "for longer than 500 ms and was told to end; " + end);
        assertThat(((Failed) result).stdout()).isEqualTo("begun\n");
        assertEnded(pid);
        assertThat(run(shell, "true")).isInstanceOf(Ended.class);
    }

    @Test
    void anAgentThatAnswersNonsenseIsLeftOut() throws Exception {
        Path socket = peers.folder("agent").resolve("socket");
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(socket));
            Thread thread = new Thread(() -> answerNonsense(agent));
            thread.start();

            assertDenied(
                    run(shell(server, SshKeys.none().withAgent(socket)), "true"),
                    "left out: the agent at " + socket + ": it does not answer");
            thread.join();
        }
        assertThat(run(shell(server, SshKeys.none().withAgent(socket).withFile(key)), "true"))
                .isInstanceOf(Ended.class);
    }

    /** Announces two gigabytes. */
    private static void answerNonsense(ServerSocketChannel agent) {
        try (SocketChannel client = agent.accept()) {
            client.read(ByteBuffer.allocate(5));
            client.write(ByteBuffer.wrap(new byte[] {127, -1, -1, -1, 12}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An interrupt, while nothing is answered yet. */
    @Test
    void whoeverConnectsCanBeInterrupted() throws Exception {
        ServerSocket silent = peers.closing(new ServerSocket(0, 5, Loopback.four(1)));
        SshShell shell = open(SshAccess.to(
                new SshTarget(USER, "127.0.0.1", silent.getLocalPort()),
                SshSettings.of(HostKeys.known(), SshKeys.none())));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<CommandResult> running = threads.submit(() -> run(shell, "true"));
        peers.closing(silent.accept());

        running.cancel(true);
        threads.shutdown();

        assertThat(threads.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptEndsTheCommandAndNotTheConnection() throws Exception {
        SshShell shell = shell(server);
        Path pid = peers.folder("pid").resolve("pid");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<CommandResult> running =
                threads.submit(() -> run(shell, "sh", "-c", "echo $$ > " + pid + "; exec sleep 60"));
        await(() -> Files.exists(pid) && Files.size(pid) > 0);

        running.cancel(true);
        threads.shutdown();

        assertThat(threads.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
        assertEnded(pid);
        assertThat(run(shell, "true")).isInstanceOf(Ended.class);
    }

    private static void assertEnded(Path pid) throws Exception {
        long number = Long.parseLong(Files.readString(pid).strip());
        if (TAKES_SIGNALS) {
            await(() -> ProcessHandle.of(number).isEmpty());
        } else {
            ProcessHandle.of(number).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aConnectionThatIsCutLosesTheCommandAndTheNextConnectsAnew() throws Exception {
        OpenSshServer fresh = fresh();
        SshShell shell = shell(fresh);
        Path begun = peers.folder("begun").resolve("begun");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<CommandResult> running =
                threads.submit(() -> run(shell, "sh", "-c", "echo x >> " + begun + "; exec sleep 60"));
        await(() -> Files.exists(begun));

        fresh.cutConnections();

        assertThat(running.get(5, TimeUnit.SECONDS)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(ShellFailure.LOST);
            assertThat(failed.message()).contains("nobody knows how it ended");
        });
        threads.shutdown();
        assertThat(run(shell, "true")).isInstanceOf(Ended.class);
        fresh.restart();
        assertThat(run(shell, "cat", begun.toString())).isEqualTo(new Ended(0, "x\n", "", false));
    }

    @ParameterizedTest
    @CsvSource({"MaxSessions 10,20", "MaxSessions 1,8"})
    void manyThreadsShareOneConnection(String limit, int count) throws Exception {
        OpenSshServer fresh = peers.closing(OpenSshServer.start(peers.folder("sshd"), List.of("ed25519"), limit));
        fresh.allow(key);
        SshShell shell = shell(fresh);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<CommandResult>> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String number = String.valueOf(i);
            commands.add(() -> run(shell, "echo", number));
        }

        List<Future<CommandResult>> results = threads.invokeAll(commands);

        for (int i = 0; i < count; i++) {
            // What the login shell of this machine says on stderr when several begin at once is not ours.
            String expected = i + "\n";
            assertThat(results.get(i).get())
                    .isInstanceOfSatisfying(
                            Ended.class, ended -> assertThat(ended.stdout()).isEqualTo(expected));
        }
        threads.shutdown();
        assertThat(fresh.log().split("Accepted publickey", -1)).hasSize(2);
    }

    @Test
    void aHostWithoutSessionsIsDenied() throws InterruptedException {
        OpenSshServer fresh =
                peers.closing(OpenSshServer.start(peers.folder("sshd"), List.of("ed25519"), "MaxSessions 0"));
        fresh.allow(key);

        assertDenied(run(shell(fresh), "true"), "opens no session for a command");
    }

    @Test
    void aJumpHostIsCheckedAndEnteredWithItsOwnKeys() throws InterruptedException, IOException {
        OpenSshServer inner = peers.closing(OpenSshServer.start(peers.folder("sshd"), List.of("ed25519")));
        Path innerKey = SshTool.generateKey(peers.folder("key").resolve("inner"), "ed25519", "");
        inner.allow(innerKey);
        SshAccess jump = access(server, settings(server, SshKeys.none().withFile(key)));
        SshAccess stranger = access(server, settings(server, SshKeys.none().withFile(innerKey)));
        SshAccess target = access(inner, settings(inner, SshKeys.none().withFile(innerKey)));

        assertThat(run(open(target.through(jump)), "echo", "in")).isEqualTo(new Ended(0, "in\n", "", false));
        assertDenied(
                run(open(target.through(stranger)), "true"),
                USER + "@127.0.0.1:" + server.port() + " does not let us in");
        int closed = Ports.free();
        SshAccess nobody = SshAccess.to(new SshTarget(USER, "127.0.0.1", closed), target.settings());
        assertUnreachable(
                run(open(nobody.through(jump)), "true"),
                "jump host " + jump.target() + " could not connect to " + nobody.target());
    }

    @Test
    void noThreadIsLeftWhenItIsClosed() throws Exception {
        OpenSshServer fresh = fresh();
        for (int i = 0; i < 2; i++) {
            try (SshShell shell =
                    SshShell.over(access(fresh, settings(fresh, SshKeys.none().withFile(key))))) {
                assertThat(run(shell, "true")).isInstanceOf(Ended.class);
            }
        }
        await(() -> threadsFor(fresh.port()).isEmpty());
        SshShell closed = shell(fresh);
        closed.close();
        assertThatThrownBy(() -> closed.run(TRUE, SOON)).isInstanceOf(IllegalStateException.class);
    }

    private static List<String> threadsFor(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sshj") && name.contains(":" + port))
                .toList();
    }

    private OpenSshServer fresh() {
        OpenSshServer fresh = peers.closing(OpenSshServer.start(peers.folder("sshd"), List.of("ed25519")));
        fresh.allow(key);
        return fresh;
    }

    private Path known(String lines) throws IOException {
        return Files.writeString(peers.folder("known").resolve("known_hosts"), lines);
    }

    private static SshSettings settings(OpenSshServer peer, SshKeys keys) {
        return SshSettings.of(HostKeys.pinned(peer.fingerprint("ed25519")), keys);
    }

    private static SshAccess access(OpenSshServer peer, SshSettings settings) {
        return SshAccess.to(new SshTarget(USER, "127.0.0.1", peer.port()), settings);
    }

    private SshShell shell(OpenSshServer peer) {
        return shell(peer, SshKeys.none().withFile(key));
    }

    private SshShell shell(OpenSshServer peer, SshKeys keys) {
        return open(access(peer, settings(peer, keys)));
    }

    private SshShell shell(OpenSshServer peer, HostKeys hostKeys) {
        return open(access(peer, SshSettings.of(hostKeys, SshKeys.none().withFile(key))));
    }

    private SshShell shell(int port) {
        SshSettings settings = SshSettings.of(HostKeys.known(), SshKeys.none()).connectingWithin(Duration.ofSeconds(1));
        return open(SshAccess.to(new SshTarget(USER, "127.0.0.1", port), settings));
    }

    private SshShell open(SshAccess access) {
        return peers.closing(SshShell.over(access));
    }

    private static CommandResult run(SshShell shell, String... argv) throws InterruptedException {
        return shell.run(CommandLine.of(argv), SOON);
    }

    private static void assertDenied(CommandResult result, String part) {
        assertFailed(result, ShellFailure.DENIED, part);
    }

    private static void assertUnreachable(CommandResult result, String part) {
        assertFailed(result, ShellFailure.UNREACHABLE, part);
    }

    private static void assertFailed(CommandResult result, ShellFailure failure, String part) {
        assertThat(result).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(failure);
            assertThat(failed.message()).contains(part);
        });
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 500 && !condition.call(); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(condition.call()).isTrue();
    }
}
