package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.verdict.Attempt;
import dev.upkeep.checker.verdict.CertificateFacts;
import dev.upkeep.checker.verdict.PhaseTimes;
import dev.upkeep.checker.verdict.Readiness;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.Reply;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.checker.verdict.Verdict;
import dev.upkeep.checker.verdict.Warning;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The facts of a check as JSON. What is not known is left out; times are milliseconds. */
public final class CheckJson {

    private CheckJson() {}

    /** The fields of a report, into an object that is open. */
    public static void report(CheckReport report, JsonGenerator json) throws IOException {
        json.writeStringField("subject", report.subject());
        json.writeStringField("status", report.status().name());
        json.writeNumberField("exitCode", report.exitCode());
        json.writeStringField("summary", Summary.of(report));
        optional("note", report.note(), json);
        json.writeStringField("startedAt", report.startedAt().toString());
        millis("tookMillis", report.took(), json);
        json.writeArrayFieldStart("places");
        for (MemberVerdict member : report.places()) {
            place(member, json);
        }
        json.writeEndArray();
    }

    private static void place(MemberVerdict member, JsonGenerator json) throws IOException {
        Verdict verdict = member.verdict();
        json.writeStartObject();
        json.writeStringField("name", member.name());
        json.writeStringField("role", lower(member.role()));
        json.writeStringField("status", verdict.status().name());
        optional("way", member.way(), json);
        json.writeStringField("target", ShownUri.of(verdict.evidence().target()));
        json.writeStringField("expected", verdict.evidence().expected());
        optional("version", verdict.servedVersion(), json);
        json.writeBooleanField("unstable", verdict.isUnstable());
        json.writeStringField("startedAt", verdict.evidence().startedAt().toString());
        millis("tookMillis", verdict.evidence().took(), json);
        reason(verdict, json);
        warnings(verdict, json);
        attempts(verdict.attempts(), json);
        readiness(verdict.readiness(), json);
        json.writeEndObject();
    }

    private static void readiness(List<Readiness> paths, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("readiness");
        for (Readiness readiness : paths) {
            json.writeStartObject();
            json.writeStringField("target", ShownUri.of(readiness.target()));
            json.writeBooleanField("ready", readiness.isReady());
            attempts(readiness.attempts(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void attempts(List<Attempt> attempts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("attempts");
        for (Attempt attempt : attempts) {
            attempt(attempt, json);
        }
        json.writeEndArray();
    }

    private static void reason(Verdict verdict, JsonGenerator json) throws IOException {
        Optional<Reason> reason = verdict.reason();
        if (reason.isPresent()) {
            json.writeObjectFieldStart("reason");
            json.writeStringField("code", reason.get().name());
            json.writeStringField("layer", lower(reason.get().layer()));
            json.writeStringField("meaning", reason.get().meaning());
            json.writeStringField("advice", reason.get().advice());
            json.writeStringField("detail", detail(verdict));
            json.writeEndObject();
        }
    }

    private static String detail(Verdict verdict) {
        return verdict.match(
                up -> "",
                stale -> stale.lastAttempt().map(Attempt::detail).orElse(""),
                Verdict.Down::detail,
                Verdict.Unknown::detail);
    }

    private static void warnings(Verdict verdict, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("warnings");
        for (Warning warning : verdict.warnings()) {
            json.writeStartObject();
            json.writeStringField("kind", warning.kind().name());
            json.writeStringField("message", warning.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void attempt(Attempt attempt, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", attempt.number());
        json.writeStringField("startedAt", attempt.startedAt().toString());
        millis("tookMillis", attempt.took(), json);
        phases(attempt.phases(), json);
        optional("address", attempt.peer().map(SocketAddressText::text), json);
        json.writeArrayFieldStart("otherAddresses");
        for (InetSocketAddress other : attempt.otherAddresses()) {
            json.writeString(SocketAddressText.text(other));
        }
        json.writeEndArray();
        optional("version", attempt.version(), json);
        optional("reason", attempt.reason().map(Reason::name), json);
        json.writeStringField("detail", attempt.detail());
        json.writeArrayFieldStart("redirects");
        for (URI redirect : attempt.redirects()) {
            json.writeString(ShownUri.of(redirect));
        }
        json.writeEndArray();
        if (attempt.reply().isPresent()) {
            reply(attempt.reply().get(), json);
        }
        if (attempt.certificate().isPresent()) {
            certificate(attempt.certificate().get(), json);
        }
        json.writeEndObject();
    }

    private static void phases(PhaseTimes phases, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("phasesMillis");
        millis("resolve", phases.resolve(), json);
        millis("connect", phases.connect(), json);
        millis("tls", phases.tls(), json);
        millis("firstByte", phases.firstByte(), json);
        millis("body", phases.body(), json);
        json.writeEndObject();
    }

    private static void reply(Reply reply, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("reply");
        json.writeNumberField("status", reply.status());
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, String> header : new TreeMap<>(reply.headers()).entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void certificate(CertificateFacts certificate, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("certificate");
        json.writeStringField("subject", certificate.subject());
        json.writeStringField("issuer", certificate.issuer());
        json.writeArrayFieldStart("names");
        for (String name : certificate.names()) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeStringField("notBefore", certificate.notBefore().toString());
        json.writeStringField("notAfter", certificate.notAfter().toString());
        json.writeStringField("presentedUntil", certificate.presentedUntil().toString());
        json.writeStringField("trustedUntil", certificate.trustedUntil().toString());
        json.writeStringField("sha256", certificate.sha256());
        json.writeStringField("protocol", certificate.protocol());
        json.writeStringField("cipherSuite", certificate.cipherSuite());
        json.writeEndObject();
    }

    private static void optional(String name, Optional<String> value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    static void millis(String name, Duration duration, JsonGenerator json) throws IOException {
        json.writeNumberField(name, BigDecimal.valueOf(duration.toNanos(), 6).setScale(3, RoundingMode.HALF_UP));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
