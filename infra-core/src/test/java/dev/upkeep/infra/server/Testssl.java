package dev.upkeep.infra.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** testssl.sh from Debian's backports, kept in the user's cache folder and not installed. */
final class Testssl {

    private static final String VERSION = "3.2.1";

    private static final String DIGEST = "a4b0ecb712d5364e9445131aec0cd3593ae3f4e059bbec093c98234bc34638f9";

    /** With a package list of its own, from the mirror that the machine uses anyway. */
    private static final String DOWNLOAD = """
            set -eu
            mkdir -p lists/partial cache/archives/partial
            mirror=$(grep -rhoE 'https?://[^ ]*/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d | head -1)
            echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bookworm-backports main" > sources.list
            apt() {
              apt-get -qq -o Dir::Etc::sourcelist="$PWD/sources.list" -o Dir::Etc::sourceparts=/dev/null \\
                -o Dir::State::lists="$PWD/lists" -o Dir::Cache="$PWD/cache" -o Dir::State::status=/dev/null "$@"
            }
            apt update
            apt download testssl.sh
            echo "$0  $(echo testssl.sh_*.deb)" | sha256sum -c -
            dpkg-deb -x testssl.sh_*.deb unpacked
            rm -rf lists cache sources.list testssl.sh_*.deb
            """;

    private final Path home;

    private Testssl(Path home) {
        this.home = home;
    }

    static Testssl installed() throws IOException, InterruptedException {
        Path cache = Files.createDirectories(Path.of(System.getProperty("user.home"), ".cache/upkeep/system-tests"));
        Path home = cache.resolve("testssl-" + VERSION);
        if (!Files.exists(home)) {
            Path work = Files.createTempDirectory(cache, "testssl-");
            run(work, work.resolve("download.log"), List.of("bash", "-c", DOWNLOAD, DIGEST), true);
            Files.move(work.resolve("unpacked"), home, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(work.resolve("download.log"));
            Files.delete(work);
        }
        return new Testssl(home);
    }

    /**
     * Asks a server of this machine everything, under the name shop.example, and writes what is found as JSON.
     *
     * @param authority the certificate of who is trusted
     */
    void run(int port, Path authority, Path results) throws IOException, InterruptedException {
        List<String> command = List.of(
                "env",
                "TESTSSL_INSTALL_DIR=" + home.resolve("etc/testssl"),
                home.resolve("usr/bin/testssl").toString(),
                "--quiet",
                "--warnings=off",
                "--color=0",
                "--ip=127.0.0.1",
                "--add-ca=" + authority,
                "--jsonfile=" + results,
                "shop.example:" + port);
        // Its code is a number of what it found; the file tells more.
        run(home, results.resolveSibling("testssl.log"), command, false);
        if (!Files.exists(results)) {
            throw new IOException(
                    "testssl found nothing to say: " + Files.readString(results.resolveSibling("testssl.log")));
        }
    }

    static void run(Path folder, Path log, List<String> command, boolean mustSucceed)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0 && mustSucceed) {
            throw new IOException("Tried to run " + command.get(0) + ", found: " + Files.readString(log));
        }
    }
}
