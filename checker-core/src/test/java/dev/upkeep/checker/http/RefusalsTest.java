package dev.upkeep.checker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.checker.check.StatusSet;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.port.Ticker;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.version.ExpectedVersion;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    private static final String REJECTED = "<title>400 The SSL certificate error</title>";
    private static final String PLAIN = "<title>400 The plain HTTP request was sent to HTTPS port</title>";

    private static AttemptTrace secured(String identity) {
        VersionCheck check = VersionCheck.of(URI.create("https://shop.test/"), ExpectedVersion.any());
        AttemptTrace trace = AttemptTrace.of(check, Deadline.in(Duration.ofSeconds(1), Ticker.system()));
        trace.connection().securing();
        if (!identity.equals("unasked")) {
            trace.handshakes().askedForClientCertificate(identity.equals("shown"));
        }
        return trace;
    }

    @ParameterizedTest
    @CsvSource({
        "400, shown, " + REJECTED + ", CLIENT_CERTIFICATE_REJECTED",
        "400, unasked, " + REJECTED + ", STATUS_NOT_ACCEPTED",
        "400, shown, 'another page', STATUS_NOT_ACCEPTED",
        "403, shown, '', STATUS_NOT_ACCEPTED",
        "400, missing, '', CLIENT_CERTIFICATE_REQUIRED",
        "403, missing, '', CLIENT_CERTIFICATE_REQUIRED",
        "404, missing, '', STATUS_NOT_ACCEPTED",
        "400, unasked, " + PLAIN + ", STATUS_NOT_ACCEPTED"
    })
    void tellsWhatTheStatusIsAbout(int status, String identity, String page, Reason reason) {
        assertThat(Refusals.of(status, page, StatusSet.SUCCESSFUL, secured(identity))
                        .reason())
                .isEqualTo(reason);
    }
}
