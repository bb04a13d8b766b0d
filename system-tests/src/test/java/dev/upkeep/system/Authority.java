package dev.upkeep.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An authority of the test's own, run by the real {@code openssl ca}: it dates certificates as it is told. */
final class Authority {
    private static final DateTimeFormatter ASN1_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String PASSWORD = "changeit";
    private static final Duration YEAR = Duration.ofDays(365);
    private static final String CONFIGURATION = """
            [ca]
            default_ca = here
            [here]
            dir = .
            database = index.txt
            new_certs_dir = .
            rand_serial = yes
            default_md = sha256
            policy = anything
            unique_subject = no
            copy_extensions = copy
            email_in_dn = no
            [anything]
            commonName = supplied
            [authority]
            basicConstraints = critical, CA:true
            keyUsage = critical, keyCertSign, cRLSign
            subjectKeyIdentifier = hash
            [leaf]
            basicConstraints = critical, CA:false
            keyUsage = critical, digitalSignature
            extendedKeyUsage = serverAuth, clientAuth
            [req]
            distinguished_name = nobody
            [nobody]
            """;

    private final Path folder;
    private final String name;
    private int issued;

    private Authority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Makes a key and a self-signed root certificate. */
    static Authority root(Path folder, String name) {
        Authority authority = new Authority(folder, name);
        try {
            Files.writeString(folder.resolve("ca.cnf"), CONFIGURATION);
            Files.writeString(folder.resolve("index.txt"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        authority.newKey("ca");
        authority
                .openssl("req", "-x509", "-key", "ca.key", "-out", "ca.pem", "-days", "3650", "-subj", "/CN=" + name)
                .orFail();
        return authority;
    }

    /** The root certificate, to be trusted. */
    Path certificate() {
        return folder.resolve("ca.pem");
    }

    /** What a program in Java trusts that is started with {@link #javaOptions}: this authority alone. */
    void writeTrustStore(Path file) {
        try (InputStream pem = Files.newInputStream(certificate());
                OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "test", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            store.store(out, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no trust store could be made", e);
        }
    }

    /** Has Java find hosts in a file, and trust what stands in a trust store. */
    static String javaOptions(Path hosts, Path trusted) {
        return "-Djdk.net.hosts.file=" + hosts + " -Djavax.net.ssl.trustStore=" + trusted
                + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
    }

    /** A certificate for a DNS name, valid for a year. */
    Certified issue(String host) {
        return issue(host, yearFrom(Instant.now().minus(Duration.ofDays(1))));
    }

    /** A certificate for a DNS name. */
    Certified issue(String host, Validity validity) {
        String file = nextFile();
        newKey(file);
        sign(file, "/CN=" + host, "leaf", validity, List.of("-addext", "subjectAltName=DNS:" + host));
        return new Certified(folder.resolve(file + ".pem"), folder.resolve(file + ".key"));
    }

    /** A certificate for a DNS name that vouches for itself. */
    Certified selfSigned(String host) {
        String file = nextFile();
        newKey(file);
        openssl(
                        "req",
                        "-x509",
                        "-key",
                        file + ".key",
                        "-out",
                        file + ".pem",
                        "-days",
                        "30",
                        "-subj",
                        "/CN=" + host,
                        "-addext",
                        "subjectAltName=DNS:" + host)
                .orFail();
        return new Certified(folder.resolve(file + ".pem"), folder.resolve(file + ".key"));
    }

    /** A second certificate for the name and key of another authority, as when an old authority helps a new one to be known. */
    Path crossSign(Authority other, Validity validity) {
        String file = nextFile();
        try {
            Files.copy(other.folder.resolve("ca.key"), folder.resolve(file + ".key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sign(file, "/CN=" + other.name, "authority", validity, List.of());
        return folder.resolve(file + ".pem");
    }

    /** The same certificate, with another sent along. */
    Certified with(Certified certified, Path above) {
        Path both = folder.resolve(nextFile() + ".chain.pem");
        try {
            Files.writeString(both, Files.readString(certified.chain()) + Files.readString(above));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Certified(both, certified.key());
    }

    static Validity yearFrom(Instant start) {
        return new Validity(start, start.plus(YEAR));
    }

    /**
     * When a certificate begins and ends.
     *
     * @param from to the second
     * @param to to the second
     */
    record Validity(Instant from, Instant to) {}

    private void newKey(String file) {
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file + ".key")
                .orFail();
    }

    /** OpenSSL 3.0 takes free dates only here: {@code x509} has no options for them yet. */
    private void sign(String file, String subject, String extensions, Validity validity, List<String> request) {
        List<String> asking = new ArrayList<>(
                List.of("req", "-new", "-config", "ca.cnf", "-key", file + ".key", "-out", file + ".csr", "-subj"));
        asking.add(subject);
        asking.addAll(request);
        openssl(asking.toArray(String[]::new)).orFail();
        openssl(
                        "ca",
                        "-batch",
                        "-notext",
                        "-config",
                        "ca.cnf",
                        "-cert",
                        "ca.pem",
                        "-keyfile",
                        "ca.key",
                        "-extensions",
                        extensions,
                        "-in",
                        file + ".csr",
                        "-out",
                        file + ".pem",
                        "-startdate",
                        ASN1_TIME.format(validity.from()),
                        "-enddate",
                        ASN1_TIME.format(validity.to()))
                .orFail();
    }

    private String nextFile() {
        issued++;
        return "issued-" + issued;
    }

    private Command openssl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return Command.run(folder, command);
    }
}
