package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.upkeep.cli.terminal.Table;
import dev.upkeep.infra.image.BuiltImage;
import dev.upkeep.infra.image.BuiltImage.Outcome;
import dev.upkeep.infra.image.registry.TaggedImage;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Images for people, and as JSON. */
public final class ImageOutput {

    private static final long KIBI = 1024;

    private ImageOutput() {}

    /** What was built, by the image's name. */
    public static void built(Map<String, BuiltImage> images, PrintStream out) {
        Table table = new Table();
        images.forEach((name, image) ->
                table.row(name, image.digest(), words(image), image.size() == 0 ? "" : size(image.size())));
        table.lines("").forEach(out::println);
    }

    private static String words(BuiltImage image) {
        BuiltImage.Delivery delivery = image.delivery();
        if (delivery.outcome() == Outcome.SENT) {
            int layers = delivery.layersSent() + delivery.layersThere();
            return "sent " + delivery.layersSent() + " of " + layers + " layers, " + size(delivery.bytesSent());
        }
        return delivery.outcome().name().toLowerCase(Locale.ROOT);
    }

    private static String size(long bytes) {
        if (bytes < KIBI) {
            return bytes + " bytes";
        }
        return bytes < KIBI * KIBI
                ? bytes / KIBI + " KiB"
                : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / (KIBI * KIBI));
    }

    /** The same as JSON. */
    public static void built(StackSpec spec, Map<String, BuiltImage> images, JsonGenerator json) throws IOException {
        begin(spec, json);
        for (Map.Entry<String, BuiltImage> each : images.entrySet()) {
            BuiltImage image = each.getValue();
            json.writeStartObject();
            json.writeStringField("name", each.getKey());
            json.writeStringField("digest", image.digest());
            if (image.reference().isPresent()) {
                json.writeStringField("reference", image.reference().get().toString());
            }
            json.writeStringField("outcome", image.delivery().outcome().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("size", image.size());
            json.writeNumberField("layersSent", image.delivery().layersSent());
            json.writeNumberField("layersThere", image.delivery().layersThere());
            json.writeNumberField("bytesSent", image.delivery().bytesSent());
            json.writeEndObject();
        }
        end(json);
    }

    private static void begin(StackSpec spec, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "images");
        json.writeStringField("stack", spec.name().text());
        json.writeStringField("version", spec.version());
        json.writeArrayFieldStart("images");
    }

    private static void end(JsonGenerator json) throws IOException {
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What a registry has or had, by the image's name. */
    public static void tagged(Map<String, List<TaggedImage>> images, PrintStream out) {
        Table table = new Table();
        images.forEach((name, all) -> all.forEach(image -> table.row(name, image.tag(), image.digest())));
        table.lines("").forEach(out::println);
    }

    /** The same as JSON. */
    public static void tagged(StackSpec spec, Map<String, List<TaggedImage>> images, JsonGenerator json)
            throws IOException {
        begin(spec, json);
        for (Map.Entry<String, List<TaggedImage>> each : images.entrySet()) {
            for (TaggedImage image : each.getValue()) {
                json.writeStartObject();
                json.writeStringField("name", each.getKey());
                json.writeStringField("tag", image.tag());
                json.writeStringField("digest", image.digest());
                json.writeEndObject();
            }
        }
        end(json);
    }
}
