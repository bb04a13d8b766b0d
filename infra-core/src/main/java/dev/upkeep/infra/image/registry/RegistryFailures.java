package dev.upkeep.infra.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;

/** Words for what comes back from a registry, or does not. */
final class RegistryFailures {

    private static final int LONGEST_ANSWER = 4096;
    private static final int LONGEST_QUOTE = 200;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RegistryFailures() {}

    /** The first error of the answer's body, as the OCI distribution specification has them. */
    static String said(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            JsonNode error = MAPPER.readTree(new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8))
                    .path("errors")
                    .path(0);
            String text =
                    error.path("code").asText() + ": " + error.path("message").asText();
            String line = text.replaceAll("\\p{Cntrl}", " ");
            return error.isMissingNode() ? "" : " (" + line.substring(0, Math.min(LONGEST_QUOTE, line.length())) + ")";
        } catch (IOException notTheirForm) {
            return "";
        }
    }

    /** What to do about a status. */
    static String next(int status, String registry, boolean loggedIn) {
        return switch (status) {
            case 401 ->
                loggedIn
                        ? "check user and password: docker login " + registry
                        : "log in with docker login " + registry + ", or give a user and password";
            case 403 -> "this user may not do that; ask whoever runs the registry";
            case 404 -> "check the name of the image, and that the repository exists";
            case 405 -> "the registry does not allow that; see its configuration";
            case 413 -> "the registry takes nothing so large; see its limits, or those of a proxy before it";
            case 429 -> "it wants fewer requests; wait some minutes, or log in";
            default ->
                status >= 500
                        ? "the registry is out of order; try again, or see its log"
                        : "see the log of the registry";
        };
    }

    /** Why there was no answer. */
    static RegistryException noAnswer(String purpose, String where, String registry, IOException e) {
        String found = found(e);
        boolean broken = found.startsWith("the connection broke");
        return new RegistryException(
                registry,
                OptionalInt.empty(),
                "Tried to " + purpose + " on registry " + where + ": " + found,
                broken ? new RegistryException.BrokenConnection(e) : e);
    }

    private static String found(IOException e) {
        if (isCausedBy(e, UnresolvedAddressException.class) || isCausedBy(e, UnknownHostException.class)) {
            return "its name cannot be resolved; check the spelling and this machine's network";
        }
        if (isCausedBy(e, SSLException.class)) {
            return "TLS failed (" + e.getMessage() + "); check its certificate and the port, "
                    + "and if it speaks plain HTTP, allow that expressly";
        }
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection came about in time; check the address and the firewalls between";
        }
        if (e instanceof HttpTimeoutException) {
            return "no answer came in time; try again, or see its log";
        }
        if (isCausedBy(e, ConnectException.class)) {
            return "the connection was refused; check that it runs, and its address and port";
        }
        return "the connection broke (" + e.getMessage() + "); try again, or see its log";
    }

    private static boolean isCausedBy(Throwable e, Class<? extends Exception> type) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }
}
