package dev.upkeep.checker.version;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;
import java.util.Optional;

/** A version in a field of a JSON document. */
record JsonVersion(String field, ExpectedVersion expected) implements ExpectedVersion {
    private static final JsonFactory JSON = new JsonFactory();

    JsonVersion {
        if (field.isBlank()) {
            throw new IllegalArgumentException(
                    "the JSON field has no name; expected is one such as version or /build/version");
        }
        if (expected instanceof JsonVersion) {
            throw new IllegalArgumentException(
                    "a JSON field within a JSON field; write one pointer, such as /build/version");
        }
    }

    @Override
    public Reading read(String body) {
        return value(VersionText.strip(body)).map(expected::read).orElseGet(Reading.Unreadable::new);
    }

    /** Reads on to the end of the document, so that a truncated one is not taken for whole. */
    private Optional<String> value(String document) {
        try (JsonParser whole = JSON.createParser(document);
                JsonParser field = new FilteringParserDelegate(
                        whole, new JsonPointerBasedFilter(pointer()), Inclusion.ONLY_INCLUDE_ALL, false)) {
            JsonToken token = field.nextToken();
            boolean scalar = token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL;
            Optional<String> value = scalar ? Optional.of(field.getText()) : Optional.empty();
            while (token != null) {
                token = whole.nextToken();
            }
            return value;
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private JsonPointer pointer() {
        return JsonPointer.compile(
                field.startsWith("/") ? field : "/" + field.replace("~", "~0").replace("/", "~1"));
    }

    @Override
    public String description() {
        return expected.description() + " in JSON field " + field;
    }
}
