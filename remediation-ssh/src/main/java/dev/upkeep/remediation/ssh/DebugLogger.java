package dev.upkeep.remediation.ssh;

import net.schmizz.sshj.common.LoggerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Where SSHJ logs to. It calls errors what is an ordinary answer here, such as a host key that is not known, so all of it is for debugging. */
final class DebugLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    static final LoggerFactory FACTORY = new LoggerFactory() {
        @Override
        public Logger getLogger(String name) {
            return new DebugLogger(name);
        }

        @Override
        public Logger getLogger(Class<?> type) {
            return new DebugLogger(type.getName());
        }
    };

    private final transient Logger to;

    private DebugLogger(String name) {
        this.name = name;
        this.to = org.slf4j.LoggerFactory.getLogger(name);
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String message, Object @Nullable [] arguments, Throwable thrown) {
        if (to.isDebugEnabled()) {
            to.debug(MessageFormatter.basicArrayFormat(message, arguments), thrown);
        }
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    /** Never: it would log what is sent. */
    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return to.isDebugEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return isDebugEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return isDebugEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return isDebugEnabled();
    }
}
