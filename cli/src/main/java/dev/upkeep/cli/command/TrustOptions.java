package dev.upkeep.cli.command;

import dev.upkeep.checker.check.PemFiles;
import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.cli.config.CheckConfig;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Whose certificates are trusted, and which one the client presents. */
final class TrustOptions {

    private final Argument<Path> ca = Argument.option("--ca")
            .help("Trust the certificates in this PEM file as well.")
            .takingFile();

    private final Argument<Path> certificate = Argument.option("--cert")
            .help("The client certificate, PEM; needs --key.")
            .takingFile();

    private final Argument<Path> key = Argument.option("--key")
            .help("The client's private key, PEM (PKCS #8, not encrypted).")
            .takingFile();

    private final Argument<Boolean> insecure = Argument.option("-k", "--insecure")
            .help("Accept any certificate. The result does not prove who answered.")
            .alone();

    private final Argument<Integer> days = Argument.option("--certificate-days")
            .help(
                    "Warn when the certificate has fewer days left (a third of its life, at most 14 days). 0 never warns.")
            .taking("N", ValueConverters::integer);

    List<Argument<?>> all() {
        return List.of(ca, certificate, key, insecure, days);
    }

    TlsSettings settings(CheckConfig config, Terminal terminal) {
        if (certificate.isGiven() != key.isGiven()) {
            throw new UsageException("--cert and --key belong together; give both or none");
        }
        if (isDefault(config)) {
            return TlsSettings.DEFAULT;
        }
        try {
            TlsSettings.Builder builder = TlsSettings.builder();
            days.value()
                    .ifPresentOrElse(
                            builder::minimumDays, () -> config.certificateDays().ifPresent(builder::minimumDays));
            authorities(config, builder, terminal);
            identity(builder, terminal);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private boolean isDefault(CheckConfig config) {
        return all().stream().noneMatch(Argument::isGiven)
                && config.ca().isEmpty()
                && config.certificateDays().isEmpty();
    }

    private void authorities(CheckConfig config, TlsSettings.Builder builder, Terminal terminal) {
        if (insecure.isGiven() && ca.isGiven()) {
            throw new UsageException("--insecure believes anybody, --ca asks for a proof; choose one");
        }
        Optional<Path> file = ca.value().map(terminal::resolve).or(config::ca);
        if (insecure.isGiven()) {
            builder.insecure();
        } else if (file.isPresent()) {
            builder.extraAuthorities(certificates(ca.isGiven() ? "--ca" : "check.ca in the configuration", file.get()));
        }
    }

    private static List<X509Certificate> certificates(String source, Path file) {
        try {
            return PemFiles.certificates(file);
        } catch (IOException e) {
            throw new UsageException(source + ": cannot read " + file + "; check that it exists and may be read");
        } catch (IllegalArgumentException e) {
            throw new UsageException(source + ": " + e.getMessage());
        }
    }

    private void identity(TlsSettings.Builder builder, Terminal terminal) {
        if (certificate.isGiven()) {
            try {
                builder.clientIdentity(PemFiles.identity(
                        terminal.resolve(certificate.value().orElseThrow()),
                        terminal.resolve(key.value().orElseThrow())));
            } catch (IOException e) {
                throw new UsageException(
                        "--cert, --key: cannot read " + e.getMessage() + "; check that it exists and may be read");
            }
        }
    }
}
