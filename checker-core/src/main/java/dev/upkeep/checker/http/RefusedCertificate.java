package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.security.cert.CertificateException;

/** A certificate that is not accepted, for a known reason. */
final class RefusedCertificate extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RefusedCertificate(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    RefusedCertificate(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
