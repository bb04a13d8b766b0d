package dev.upkeep.checker.attempts;

import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Reply;
import dev.upkeep.checker.verdict.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the deciding attempt warns of. */
final class Warnings {
    /** Proxies and servers stamp replies to the second, and clocks are rarely better than that. */
    private static final Duration TOLERATED_SKEW = Duration.ofMinutes(1);

    private Warnings() {}

    static List<Warning> of(VersionCheck check, Attempt last) {
        List<Warning> warnings = new ArrayList<>();
        certificateWarning(check.tls(), last).ifPresent(warnings::add);
        last.reply()
                .flatMap(Reply::clockSkew)
                .filter(Warnings::isMuch)
                .ifPresent(skew -> warnings.add(new Warning(
                        Warning.Kind.CLOCK_SKEW,
                        "the server's clock is " + Math.abs(skew.toSeconds()) + " s "
                                + (skew.isNegative() ? "behind" : "ahead of") + " ours")));
        return warnings;
    }

    private static Optional<Warning> certificateWarning(TlsSettings settings, Attempt last) {
        Instant seenAt = last.startedAt();
        return last.certificate()
                .filter(certificate ->
                        certificate.remaining(seenAt).compareTo(settings.minimumRemaining(certificate.life())) < 0)
                .map(certificate -> new Warning(
                        Warning.Kind.CERTIFICATE_EXPIRES_SOON,
                        "the certificate is trusted until " + certificate.trustedUntil() + ", for "
                                + days(certificate.remaining(seenAt)) + " more; less than "
                                + days(settings.minimumRemaining(certificate.life())) + " is a warning"));
    }

    private static String days(Duration time) {
        return time.toDays() == 0 ? time.toHours() + " hours" : time.toDays() + " days";
    }

    private static boolean isMuch(Duration skew) {
        // Not Duration.abs(): it multiplies by -1 as a BigDecimal, and only loading that class takes a tenth of a
        // single check.
        return Math.abs(skew.toMillis()) > TOLERATED_SKEW.toMillis();
    }
}
