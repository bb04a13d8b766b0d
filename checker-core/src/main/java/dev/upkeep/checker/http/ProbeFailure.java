package dev.upkeep.checker.http;

import dev.upkeep.checker.verdict.Reason;
import java.io.IOException;

/** An attempt that did not end well, for a known reason. */
final class ProbeFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    ProbeFailure(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    ProbeFailure(Reason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
