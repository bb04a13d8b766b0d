package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON into text. */
public final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes one value. */
    @FunctionalInterface
    public interface Body {

        /**
         * Writes it.
         *
         * @throws IOException never, for it goes into memory
         */
        void write(JsonGenerator json) throws IOException;
    }

    private JsonText() {}

    /** Over several lines, indented. */
    public static String document(Body body) {
        return text(body, true);
    }

    /** In one line. */
    public static String line(Body body) {
        return text(body, false);
    }

    private static String text(Body body, boolean pretty) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            if (pretty) {
                json.useDefaultPrettyPrinter();
            }
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
