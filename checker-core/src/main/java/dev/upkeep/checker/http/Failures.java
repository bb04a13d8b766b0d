package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Finds the reason behind an exception, and says in our words what it means. What the operating system means is told only in the words of
 * its messages, so they are looked for here and nowhere else.
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

    /** How Okio says that it looked in vain for the end of a line, and what OkHttp puts before the line that is no status line. */
    private static final String NO_END_OF_LINE = "not found: limit=";

    private static final String NO_STATUS_LINE = "Unexpected status line: ";

    private static final String TUNNEL_REFUSED = "Unexpected response code for CONNECT: ";

    private final IOException exception;
    private final Traces traces;
    private final Conversation conversation;

    private Failures(IOException exception, Traces traces) {
        this.exception = exception;
        this.traces = traces;
        this.conversation = traces.conversation();
    }

    static ProbeFailure of(IOException exception, Traces traces) {
        Optional<ProbeFailure> known = cause(exception, ProbeFailure.class);
        if (known.isPresent()) {
            return known.get();
        }
        PhaseClock phases = traces.phases();
        return phases.hasTimedOut()
                ? new ProbeFailure(phases.current().timeout(), phases.timeoutDetail(), exception)
                : new Failures(exception, traces).in(phases.current());
    }

    private ProbeFailure in(Phase phase) {
        return switch (phase) {
            case RESOLVE, CONNECT -> connecting();
            case TLS -> handshaking();
            case FIRST_BYTE -> waiting();
            case BODY -> reading();
        };
    }

    private ProbeFailure connecting() {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            String message = message(cause);
            for (Map.Entry<String, Reason> local : LOCAL.entrySet()) {
                if (message.contains(local.getKey())) {
                    return systemSays(local.getValue(), cause);
                }
            }
            if (message.contains("Connection refused")) {
                return failure(Reason.CONNECTION_REFUSED, "by " + conversation.peer());
            }
            // Accepted and reset before we had noticed the connection.
            if (saysReset(message)) {
                return failure(Reason.CONNECTION_RESET, "by " + conversation.peer() + ", as soon as it was open");
            }
            if (message.contains("timed out")) {
                return systemSays(Reason.CONNECT_TIMEOUT, cause);
            }
        }
        String message = message(exception);
        if (message.startsWith(TUNNEL_REFUSED)) {
            return failure(
                    Reason.PROXY_FAILED,
                    conversation.peer() + " answered CONNECT with status "
                            + message.substring(TUNNEL_REFUSED.length()));
        }
        if (message.contains("authenticate with proxy")) {
            return failure(Reason.PROXY_FAILED, conversation.peer() + " wants credentials");
        }
        boolean fromNetwork = exception instanceof ConnectException || exception instanceof NoRouteToHostException;
        return systemSays(fromNetwork ? Reason.HOST_UNREACHABLE : Reason.LOCAL_FAILURE, exception);
    }

    private ProbeFailure systemSays(Reason reason, Throwable cause) {
        return failure(reason, "connecting to " + conversation.peer() + ": " + message(cause));
    }

    private ProbeFailure handshaking() {
        Optional<RefusedCertificate> refused = cause(exception, RefusedCertificate.class);
        if (refused.isPresent()) {
            return failure(refused.get().reason(), message(refused.get()));
        }
        if (conversation.isAtCrossPurposes()) {
            return failure(Reason.TLS_NOT_SPOKEN, conversation.peer() + " answered " + answer());
        }
        return isCut() ? cut("during the handshake") : TlsFailures.of(exception, traces.handshakes());
    }

    private String answer() {
        return conversation.isHttp() ? "in plain HTTP" : "\"" + conversation.beginning() + '"';
    }

    /** With TLS 1.3 the server's word on our certificate comes only after the handshake. */
    private ProbeFailure waiting() {
        if (TlsFailures.isAlert(exception)) {
            return TlsFailures.of(exception, traces.handshakes());
        }
        if (conversation.isAtCrossPurposes()) {
            return failure(Reason.TLS_EXPECTED, conversation.peer() + " answered in TLS");
        }
        return isCut() ? cut("before it answered") : malformed();
    }

    private ProbeFailure malformed() {
        String message = message(exception);
        if (message.startsWith(NO_STATUS_LINE)) {
            return failure(
                    Reason.MALFORMED_REPLY, "it begins with \"" + message.substring(NO_STATUS_LINE.length()) + '"');
        }
        if (cause(exception, EOFException.class).isPresent()) {
            return failure(
                    Reason.MALFORMED_REPLY, "it ends, or is too long, before the end of its headers" + glimpse());
        }
        return failure(Reason.MALFORMED_REPLY, message);
    }

    private String glimpse() {
        return conversation.isSecured() ? "" : "; it begins with \"" + conversation.beginning() + '"';
    }

    private ProbeFailure reading() {
        if (isCut() || exception instanceof SSLException) {
            return cut("in the middle of the body");
        }
        return failure(Reason.MALFORMED_REPLY, "in the body: " + message(exception));
    }

    /**
     * Whether the connection ended, as opposed to carrying nonsense. Okio tells how many bytes it had when it looked in vain for the end
     * of a line: none means that the other side just closed.
     */
    private boolean isCut() {
        boolean cut = false;
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            String message = message(cause);
            if (cause instanceof ProtocolException
                    || (message.contains(NO_END_OF_LINE) && !message.contains("limit=0 "))) {
                return false;
            }
            cut |= cause instanceof EOFException
                    || isReset(cause)
                    || cause instanceof ClosedChannelException
                    || message.contains("unexpected end of stream");
        }
        return cut;
    }

    /** Channels have no exception of their own for it. */
    private static boolean isReset(Throwable cause) {
        return cause instanceof SocketException || saysReset(message(cause));
    }

    private static boolean saysReset(String message) {
        return message.contains("Connection reset") || message.contains("Broken pipe");
    }

    private ProbeFailure cut(String when) {
        boolean reset = false;
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            reset |= isReset(cause);
        }
        return failure(
                reset ? Reason.CONNECTION_RESET : Reason.CONNECTION_CLOSED,
                "by " + conversation.peer() + ", " + when + (reset ? "" : ", without an error"));
    }

    private ProbeFailure failure(Reason reason, String detail) {
        return new ProbeFailure(reason, detail, exception);
    }

    static <T extends Throwable> Optional<T> cause(Throwable exception, Class<T> type) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    static String message(Throwable cause) {
        return Objects.requireNonNullElseGet(
                cause.getMessage(), () -> cause.getClass().getSimpleName());
    }
}
