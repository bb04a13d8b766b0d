package dev.upkeep.infra.server;

import com.sun.net.httpserver.HttpExchange;
import java.util.Locale;
import java.util.TreeMap;

/** What an application behind nginx heard, a header a line, in the order of their names. */
public final class HeardHeaders {

    private HeardHeaders() {}

    public static String of(HttpExchange exchange) {
        StringBuilder heard = new StringBuilder();
        new TreeMap<>(exchange.getRequestHeaders())
                .forEach((name, values) -> heard.append(name.toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(String.join(", ", values))
                        .append('\n'));
        return heard.toString();
    }
}
