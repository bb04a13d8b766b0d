package dev.upkeep.cli.output;

import dev.upkeep.checker.verdict.CertificateFacts;
import java.time.Instant;
import java.time.ZoneOffset;

/** A certificate in one line. */
final class CertificateText {

    private CertificateText() {}

    static String of(CertificateFacts certificate, Instant now) {
        long days = certificate.remaining(now).toDays();
        String end =
                certificate.trustedUntil().atZone(ZoneOffset.UTC).toLocalDate().toString();
        boolean past = certificate.remaining(now).isNegative();
        String until = past ? "ended " + end + " (" + -days + " days ago)" : "until " + end + " (" + days + " days)";
        String protocol = certificate.protocol().equals("NONE") ? "" : ", " + certificate.protocol();
        return certificate.subject() + ", " + until + protocol;
    }
}
