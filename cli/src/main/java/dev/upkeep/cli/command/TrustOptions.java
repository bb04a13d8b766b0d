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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom to trust, and who we are. */
final class TrustOptions {

    @Option(names = "--ca", paramLabel = "FILE", description = "Trust the certificates in this PEM file as well.")
    @Nullable
    Path ca;

    @Option(names = "--cert", paramLabel = "FILE", description = "Our certificate, PEM; needs --key.")
    @Nullable
    Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Our private key, PEM (PKCS #8, not encrypted).")
    @Nullable
    Path key;

    @Option(
            names = {"-k", "--insecure"},
            description = "Believe any certificate. Says nothing about who answered.")
    boolean insecure;

    @Option(
            names = "--certificate-days",
            paramLabel = "N",
            description = "Warn when the certificate has fewer days left (14); 0 never warns.")
    @Nullable
    Integer days;

    TlsSettings settings(CheckConfig config, Terminal terminal) {
        if ((certificate == null) != (key == null)) {
            throw new UsageException("--cert and --key belong together; give both or none");
        }
        if (isDefault(config)) {
            return TlsSettings.DEFAULT;
        }
        try {
            TlsSettings.Builder builder = TlsSettings.builder();
            builder.minimumDays(days == null ? config.certificateDays() : days);
            authorities(config, builder, terminal);
            identity(builder, terminal);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private boolean isDefault(CheckConfig config) {
        return ca == null
                && certificate == null
                && !insecure
                && days == null
                && config.ca().isEmpty()
                && config.certificateDays() == TlsSettings.DEFAULT_MINIMUM_DAYS;
    }

    private void authorities(CheckConfig config, TlsSettings.Builder builder, Terminal terminal) {
        if (insecure && ca != null) {
            throw new UsageException("--insecure believes anybody, --ca asks for a proof; choose one");
        }
        Optional<Path> file = Optional.ofNullable(ca).map(terminal::resolve).or(config::ca);
        if (insecure) {
            builder.insecure();
        } else if (file.isPresent()) {
            builder.extraAuthorities(certificates(ca == null ? "check.ca in the configuration" : "--ca", file.get()));
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
        if (certificate != null && key != null) {
            try {
                builder.clientIdentity(PemFiles.identity(terminal.resolve(certificate), terminal.resolve(key)));
            } catch (IOException e) {
                throw new UsageException(
                        "--cert, --key: cannot read " + e.getMessage() + "; check that it exists and may be read");
            }
        }
    }
}
