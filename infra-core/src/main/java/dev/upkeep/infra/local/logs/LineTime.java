package dev.upkeep.infra.local.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a line says that it was written: at its beginning, as nginx does in its error log and most applications in theirs, or in the field
 * {@code time} or {@code timestamp} of a JSON object.
 */
final class LineTime {

    private static final Pattern TIME = Pattern.compile("(?:\\[|\\{.{0,200}?\"@?time(?:stamp)?\" ?: ?\")?"
            + "(\\d{4})[-/](\\d\\d)[-/](\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))? ?(Z|[+-]\\d\\d:?\\d\\d)?");

    private LineTime() {}

    /** Empty if it does not say it. Where it names no zone, it means that of the machine. */
    static Optional<Instant> of(String text, ZoneId zone) {
        Matcher time = TIME.matcher(text);
        try {
            return time.lookingAt() ? Optional.of(instant(time, zone)) : Optional.empty();
        } catch (DateTimeException noSuchMoment) {
            return Optional.empty();
        }
    }

    private static Instant instant(Matcher time, ZoneId zone) {
        String day = time.group(1) + "-" + time.group(2) + "-" + time.group(3);
        String fraction = time.group(5) == null ? "" : "." + time.group(5);
        LocalDateTime moment = LocalDateTime.parse(day + "T" + time.group(4) + fraction);
        String offset = time.group(6);
        return moment.atZone(offset == null ? zone : ZoneOffset.of(offset)).toInstant();
    }
}
