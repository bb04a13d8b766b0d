package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Finds the reason behind an exception, and says in our words what it means. It goes by the types of exceptions, by what the connection's
 * trace holds, and by time; never by what the operating system says, which is in the language of the machine. The texts of OkHttp, Okio
 * and Java itself are looked at where nothing else tells: they are English everywhere.
 */
final class Failures {
    /**
     * No system gives a connection request up before it has sent it twice, at least a second apart (RFC 6298, section 2), and has waited
     * as long again. A refusal and giving up have one type of exception.
     */
    private static final Duration EARLIEST_GIVING_UP = Duration.ofSeconds(2);

    /** How Okio says that it looked in vain for the end of a line, and what OkHttp puts before the line that is no status line. */
    private static final String NO_END_OF_LINE = "not found: limit=";

    private static final String NO_STATUS_LINE = "Unexpected status line: ";

    private static final String TUNNEL_REFUSED = "Unexpected response code for CONNECT: ";

    private final IOException exception;
    private final AttemptTrace trace;
    private final ConnectionTrace connection;

    private Failures(IOException exception, AttemptTrace trace) {
        this.exception = exception;
        this.trace = trace;
        this.connection = trace.connection();
    }

    static ProbeFailure of(IOException exception, AttemptTrace trace) {
        Optional<ProbeFailure> known = cause(exception, ProbeFailure.class);
        if (known.isPresent()) {
            return known.get();
        }
        PhaseClock phases = trace.phases();
        return phases.hasTimedOut()
                ? new ProbeFailure(phases.current().timeout(), phases.timeoutDetail(), exception)
                : new Failures(exception, trace).in(phases.current());
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
        String message = message(exception);
        if (message.startsWith(TUNNEL_REFUSED)) {
            return failure(
                    Reason.PROXY_FAILED,
                    connection.peer() + " answered CONNECT with status " + message.substring(TUNNEL_REFUSED.length()));
        }
        if (message.contains("authenticate with proxy")) {
            return failure(Reason.PROXY_FAILED, connection.peer() + " wants credentials");
        }
        if (connection.isBroken() || SystemReset.isMeantBy(innermost())) {
            return failure(Reason.CONNECTION_RESET, "by " + connection.peer() + ", as soon as it was open");
        }
        if (exception instanceof ConnectException) {
            return refused();
        }
        boolean routed = connection.address().filter(Routes::hasOne).isPresent();
        if (!routed) {
            return systemSays(Reason.NETWORK_UNREACHABLE);
        }
        return systemSays(exception instanceof NoRouteToHostException ? Reason.HOST_UNREACHABLE : Reason.LOCAL_FAILURE);
    }

    private ProbeFailure refused() {
        return trace.phases().inCurrent().compareTo(EARLIEST_GIVING_UP) < 0
                ? failure(Reason.CONNECTION_REFUSED, "by " + connection.peer())
                : systemSays(Reason.CONNECT_TIMEOUT);
    }

    private ProbeFailure systemSays(Reason reason) {
        return failure(reason, "connecting to " + connection.peer() + ": " + message(innermost()));
    }

    /** OkHttp puts words of its own around what the system said. */
    private Throwable innermost() {
        Throwable innermost = exception;
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        return innermost;
    }

    private ProbeFailure handshaking() {
        Optional<RefusedCertificate> refused = cause(exception, RefusedCertificate.class);
        if (refused.isPresent()) {
            return failure(refused.get().reason(), message(refused.get()));
        }
        if (connection.isAtCrossPurposes()) {
            return failure(Reason.TLS_NOT_SPOKEN, connection.peer() + " answered " + answer());
        }
        return isCut() ? cut("during the handshake") : TlsFailures.of(exception, trace.handshakes());
    }

    private String answer() {
        return connection.isHttp() ? "in plain HTTP" : "\"" + connection.beginning() + '"';
    }

    /** With TLS 1.3 the server's word on our certificate comes only after the handshake. */
    private ProbeFailure waiting() {
        if (TlsFailures.isAlert(exception)) {
            return TlsFailures.of(exception, trace.handshakes());
        }
        if (connection.isAtCrossPurposes()) {
            return failure(Reason.TLS_EXPECTED, connection.peer() + " answered in TLS");
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
        return connection.isSecured() ? "" : "; it begins with \"" + connection.beginning() + '"';
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
        boolean closed = false;
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            String message = message(cause);
            if (cause instanceof ProtocolException
                    || (message.contains(NO_END_OF_LINE) && !message.contains("limit=0 "))) {
                return false;
            }
            closed |= cause instanceof EOFException
                    || cause instanceof ClosedChannelException
                    || message.contains("unexpected end of stream");
        }
        return closed || connection.isBroken();
    }

    private ProbeFailure cut(String when) {
        boolean reset = connection.isBroken();
        return failure(
                reset ? Reason.CONNECTION_RESET : Reason.CONNECTION_CLOSED,
                "by " + connection.peer() + ", " + when + (reset ? "" : ", without an error"));
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
