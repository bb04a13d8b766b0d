package dev.upkeep.checker.attempts;

import dev.upkeep.checker.check.TlsSettings;
import dev.upkeep.checker.check.VersionCheck;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.Evidence;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Reply;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.verdict.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From attempts to a verdict: the last one decides. */
final class Judgement {
    /** Proxies and servers stamp replies to the second, and clocks are rarely better than that. */
    private static final Duration TOLERATED_SKEW = Duration.ofMinutes(1);

    private Judgement() {}

    static Verdict of(VersionCheck check, Evidence evidence) {
        Attempt last = evidence.attempts().get(evidence.attempts().size() - 1);
        Optional<Reason> reason = last.reason();
        String version = last.version().orElse("");
        if (reason.isEmpty()) {
            return new Verdict.Up(evidence, version, warnings(check, last));
        }
        Status status = reason.get().status();
        if (status == Status.STALE) {
            return new Verdict.Stale(evidence, version, warnings(check, last));
        }
        return status == Status.UNKNOWN
                ? new Verdict.Unknown(evidence, reason.get(), last.detail())
                : new Verdict.Down(evidence, reason.get(), last.detail());
    }

    private static List<Warning> warnings(VersionCheck check, Attempt last) {
        List<Warning> warnings = new ArrayList<>();
        certificateWarning(check.tls(), last).ifPresent(warnings::add);
        last.reply()
                .flatMap(Reply::clockSkew)
                .filter(Judgement::isMuch)
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
