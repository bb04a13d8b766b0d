package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.verdict.Reason;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFailuresTest {
    /** Not asked for a client certificate, asked and without one, or asked and with one. */
    private static Handshakes handshakes(String identity) {
        Handshakes handshakes = new Handshakes();
        if (!identity.equals("unasked")) {
            handshakes.askedForClientCertificate(identity.equals("shown"));
        }
        return handshakes;
    }

    @ParameterizedTest
    @CsvSource({
        "handshake_failure, unasked, TLS_HANDSHAKE_FAILED",
        "handshake_failure, missing, CLIENT_CERTIFICATE_REQUIRED",
        "handshake_failure, shown, TLS_HANDSHAKE_FAILED",
        "unknown_ca, unasked, TLS_HANDSHAKE_FAILED",
        "unknown_ca, shown, CLIENT_CERTIFICATE_REJECTED",
        "certificate_expired, shown, CLIENT_CERTIFICATE_REJECTED",
        "bad_certificate, missing, CLIENT_CERTIFICATE_REQUIRED",
        "certificate_required, unasked, CLIENT_CERTIFICATE_REQUIRED",
        "internal_error, missing, TLS_HANDSHAKE_FAILED",
        "protocol_version, missing, TLS_VERSION_UNSUPPORTED"
    })
    void tellsWhatTheAlertIsAbout(String alert, String identity, Reason reason) {
        SSLException exception = new SSLException("(" + alert + ") Received fatal alert: " + alert);

        ProbeFailure failure = TlsFailures.of(exception, handshakes(identity));

        assertThat(TlsFailures.isAlert(exception)).isTrue();
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.detail()).startsWith("the server ended it with the alert " + alert);
    }

    @Test
    void saysWhatAnAlertMeans() {
        SSLException exception = new SSLException("Received fatal alert: unrecognized_name");

        assertThat(TlsFailures.of(exception, handshakes("unasked")).detail())
                .isEqualTo("the server ended it with the alert unrecognized_name: it serves no site of that name");
    }
}
