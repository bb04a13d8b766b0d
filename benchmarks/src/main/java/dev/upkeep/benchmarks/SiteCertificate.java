package dev.upkeep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A certificate made by openssl for the occasion, signed directly by an authority with the same kind of key: the shortest path there is. */
final class SiteCertificate {
    private final Path folder;
    private final String name;
    private final String key;

    SiteCertificate(Path folder, String name, String key) {
        this.folder = folder;
        this.name = name;
        this.key = key;
    }

    /**
     * Makes {@code NAME.pem} and {@code NAME.key}.
     *
     * @param addresses what the certificate names
     * @return the authority's certificate, as PEM
     */
    String make(String addresses) throws IOException, InterruptedException {
        Files.writeString(file(".ext"), "subjectAltName=" + addresses + "\nextendedKeyUsage=serverAuth\n");
        openssl(
                "req -x509 -days 90 -subj",
                "/CN=Benchmark Authority " + name,
                "-out",
                path("-ca.pem"),
                path("-ca.key"));
        openssl("req -subj", "/CN=Benchmark Site", "-out", path(".csr"), path(".key"));
        ChildProcess.run(List.of(
                "openssl",
                "x509",
                "-req",
                "-days",
                "60",
                "-in",
                path(".csr"),
                "-extfile",
                path(".ext"),
                "-CA",
                path("-ca.pem"),
                "-CAkey",
                path("-ca.key"),
                "-CAcreateserial",
                "-out",
                path(".pem")));
        return Files.readString(file("-ca.pem"));
    }

    private void openssl(String words, String subject, String out, String outFile, String keyFile)
            throws IOException, InterruptedException {
        ChildProcess.run(Stream.of(
                        Stream.of("openssl"),
                        Arrays.stream(words.split(" ", -1)),
                        Stream.of(subject, out, outFile, "-newkey"),
                        Arrays.stream(key.split(" ", -1)),
                        Stream.of("-nodes", "-keyout", keyFile))
                .flatMap(part -> part)
                .toList());
    }

    private String path(String ending) {
        return file(ending).toString();
    }

    private Path file(String ending) {
        return folder.resolve(name + ending);
    }
}
