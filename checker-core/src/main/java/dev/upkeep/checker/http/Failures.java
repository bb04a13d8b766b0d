package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Finds the reason behind an exception. What the operating system means is told only in the words of its messages, so they are looked
 * for here and nowhere else.
 */
final class Failures {
    private static final Map<String, Reason> LOCAL = Map.of(
            "Network is unreachable", Reason.NETWORK_UNREACHABLE,
            "Cannot assign requested address", Reason.LOCAL_FAILURE,
            "Too many open files", Reason.LOCAL_FAILURE,
            "No file descriptors available", Reason.LOCAL_FAILURE,
            "Operation not permitted", Reason.LOCAL_FAILURE,
            "Permission denied", Reason.LOCAL_FAILURE,
            "No buffer space available", Reason.LOCAL_FAILURE);

    private static final Map<String, Reason> TLS_ALERTS = Map.of(
            "protocol_version", Reason.TLS_VERSION_UNSUPPORTED,
            "is not accepted by client preferences", Reason.TLS_VERSION_UNSUPPORTED,
            "certificate_required", Reason.CLIENT_CERTIFICATE_REQUIRED);

    private Failures() {}

    static ProbeFailure of(IOException exception, PhaseClock phases, Handshakes handshakes) {
        if (phases.hasTimedOut()) {
            return new ProbeFailure(phases.current().timeout(), phases.timeoutDetail(), exception);
        }
        if (exception instanceof ProbeFailure known) {
            return known;
        }
        return switch (phases.current()) {
            case RESOLVE, CONNECT -> connecting(exception);
            case TLS -> handshaking(exception, handshakes);
            case FIRST_BYTE -> waiting(exception, handshakes);
            case BODY -> reading(exception);
        };
    }

    private static ProbeFailure connecting(IOException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            String message = message(cause);
            for (Map.Entry<String, Reason> local : LOCAL.entrySet()) {
                if (message.contains(local.getKey())) {
                    return failure(local.getValue(), cause);
                }
            }
            if (message.contains("Connection refused")) {
                return failure(Reason.CONNECTION_REFUSED, cause);
            }
            // Accepted and reset before we had noticed the connection.
            if (message.contains("Connection reset") || message.contains("Broken pipe")) {
                return failure(Reason.CONNECTION_RESET, cause);
            }
            if (message.contains("timed out")) {
                return failure(Reason.CONNECT_TIMEOUT, cause);
            }
        }
        boolean fromNetwork = exception instanceof ConnectException || exception instanceof NoRouteToHostException;
        return failure(fromNetwork ? Reason.HOST_UNREACHABLE : Reason.LOCAL_FAILURE, exception);
    }

    private static ProbeFailure handshaking(IOException exception, Handshakes handshakes) {
        if (exception instanceof SSLPeerUnverifiedException) {
            String names = handshakes
                    .facts()
                    .map(facts -> facts.names().isEmpty() ? facts.subject() : String.join(", ", facts.names()))
                    .orElse("nobody");
            return new ProbeFailure(Reason.CERTIFICATE_WRONG_NAME, "the certificate names " + names, exception);
        }
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedCertificate refused) {
                return new ProbeFailure(refused.reason(), message(refused), exception);
            }
        }
        if (isCut(exception)) {
            return transport(exception);
        }
        return alert(exception, handshakes);
    }

    private static ProbeFailure alert(IOException exception, Handshakes handshakes) {
        String message = message(exception);
        for (Map.Entry<String, Reason> known : TLS_ALERTS.entrySet()) {
            if (message.contains(known.getKey())) {
                return failure(known.getValue(), exception);
            }
        }
        if (handshakes.wasAskedForClientCertificate() && message.contains("fatal alert")) {
            return failure(Reason.CLIENT_CERTIFICATE_REQUIRED, exception);
        }
        return failure(Reason.TLS_HANDSHAKE_FAILED, exception);
    }

    /** With TLS 1.3 the server's word on our certificate comes only after the handshake. */
    private static ProbeFailure waiting(IOException exception, Handshakes handshakes) {
        if (exception instanceof SSLException && message(exception).contains("fatal alert")) {
            return alert(exception, handshakes);
        }
        if (isCut(exception)) {
            return transport(exception);
        }
        return failure(Reason.MALFORMED_REPLY, exception);
    }

    private static ProbeFailure reading(IOException exception) {
        if (exception instanceof SocketException || exception instanceof SSLException) {
            return failure(Reason.CONNECTION_RESET, exception);
        }
        boolean ended = exception instanceof EOFException || message(exception).contains("unexpected end of stream");
        return failure(ended ? Reason.BODY_TRUNCATED : Reason.MALFORMED_REPLY, exception);
    }

    /**
     * Whether the connection ended, as opposed to carrying nonsense. Okio tells how many bytes it had when it looked in vain for the end
     * of a line: none means that the other side just closed.
     */
    private static boolean isCut(IOException exception) {
        boolean cut = false;
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            String message = message(cause);
            if (cause instanceof ProtocolException
                    || (message.contains("not found: limit=") && !message.contains("limit=0 "))) {
                return false;
            }
            cut |= cause instanceof EOFException
                    || cause instanceof SocketException
                    || message.contains("unexpected end of stream");
        }
        return cut;
    }

    private static ProbeFailure transport(IOException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException) {
                return failure(Reason.CONNECTION_RESET, cause);
            }
        }
        return new ProbeFailure(Reason.CONNECTION_CLOSED, "by the server, without an error", exception);
    }

    private static ProbeFailure failure(Reason reason, Throwable cause) {
        return new ProbeFailure(reason, message(cause), cause);
    }

    private static String message(Throwable cause) {
        return Objects.requireNonNullElseGet(
                cause.getMessage(), () -> cause.getClass().getSimpleName());
    }
}
