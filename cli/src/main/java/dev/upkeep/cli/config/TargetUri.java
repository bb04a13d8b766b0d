package dev.upkeep.cli.config;

import dev.upkeep.checker.verdict.ShownUri;
import java.net.URI;
import java.net.URISyntaxException;

/** Reads the URL that somebody wants to have checked. A refusal shows nothing of it that may be a secret. */
public final class TargetUri {

    private static final String EXAMPLE = "https://www.example.org/version.txt";

    private final String text;
    private final String shown;

    private TargetUri(String text) {
        this.text = text;
        this.shown = ShownUri.of(text);
    }

    /**
     * Reads it.
     *
     * @param text as it was typed
     * @throws IllegalArgumentException if it is not a URL, or Java would take it for something else
     */
    public static URI parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the URL is empty; expected is one such as " + EXAMPLE);
        }
        return new TargetUri(text).uri();
    }

    private URI uri() {
        if (hasUser()) {
            throw new IllegalArgumentException(
                    "the address " + shown + " carries a user or password, which would end up in logs; "
                            + "send an Authorization header instead");
        }
        if (!text.contains("://")) {
            throw new IllegalArgumentException("\"" + shown + "\" is not a URL; did you mean https://" + shown + " ?");
        }
        try {
            return suspect(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + shown + "\" is not a URL: " + e.getReason() + " at character "
                    + (e.getIndex() + 1) + "; expected is one such as " + EXAMPLE);
        }
    }

    /** Something was hidden before the host. */
    private boolean hasUser() {
        return shown.contains(ShownUri.HIDDEN + "@");
    }

    /** Java accepts these as addresses of something, but finds no host in them, and does not say why. */
    private URI suspect(URI uri) {
        if (uri.getHost() == null && String.valueOf(uri.getRawAuthority()).contains("_")) {
            throw new IllegalArgumentException(
                    "\"" + uri.getRawAuthority() + "\" cannot be the name of a host: it holds an "
                            + "underscore. Ask it by address: --connect-to, with another name in the URL");
        }
        return uri;
    }
}
