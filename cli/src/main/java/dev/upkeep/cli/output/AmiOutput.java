package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.upkeep.cli.terminal.Table;
import dev.upkeep.infra.bake.BakedImage;
import dev.upkeep.infra.bake.Pruning;
import dev.upkeep.infra.image.reference.Architecture;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Machine images for people, and as JSON. */
public final class AmiOutput {

    private AmiOutput() {}

    /** A line for each. */
    public static void list(List<BakedImage> images, PrintStream out) {
        Table table = new Table();
        images.forEach(image -> table.row(
                image.id(),
                StackText.lower(image.state()),
                image.contents().version(),
                image.contents().architecture().map(Architecture::platform).orElse(""),
                image.gigabytes() + " GB",
                image.madeAt().toString(),
                "from " + image.contents().base(),
                "recipe " + image.contents().recipe(),
                uses(image)));
        table.lines("").forEach(out::println);
    }

    private static String uses(BakedImage image) {
        String deprecated = image.deprecatedAt().map(at -> "deprecated, ").orElse("");
        return deprecated + (image.usedBy().isEmpty() ? "not used" : "used by " + String.join(", ", image.usedBy()));
    }

    /** The same as JSON. */
    public static void list(String stack, List<BakedImage> images, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "machineImages");
        json.writeStringField("stack", stack);
        all("images", images, json);
        json.writeEndObject();
    }

    private static void all(String name, List<BakedImage> images, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (BakedImage image : images) {
            json.writeStartObject();
            fields(image, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** One as JSON. */
    public static void image(String stack, BakedImage image, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "machineImage");
        json.writeStringField("stack", stack);
        fields(image, json);
        json.writeEndObject();
    }

    private static void fields(BakedImage image, JsonGenerator json) throws IOException {
        json.writeStringField("id", image.id());
        json.writeStringField("name", image.name());
        json.writeStringField("state", StackText.lower(image.state()));
        json.writeStringField("version", image.contents().version());
        if (image.contents().architecture().isPresent()) {
            json.writeStringField(
                    "platform", image.contents().architecture().get().platform());
        }
        json.writeNumberField("gigabytes", image.gigabytes());
        json.writeStringField("madeAt", image.madeAt().toString());
        json.writeStringField("base", image.contents().base());
        json.writeStringField("recipe", image.contents().recipe());
        if (image.deprecatedAt().isPresent()) {
            json.writeStringField("deprecatedAt", image.deprecatedAt().get().toString());
        }
        StackJsonWriter.texts("usedBy", image.usedBy(), json);
    }

    /** What goes, and what stays and why. */
    public static void pruning(Pruning pruning, PrintStream out) {
        Table table = new Table();
        pruning.going()
                .forEach(image -> table.row(
                        "-",
                        image.id(),
                        image.contents().version(),
                        image.madeAt().toString(),
                        StackText.lower(image.state())));
        pruning.staying()
                .forEach(staying -> table.row(
                        " ",
                        staying.image().id(),
                        staying.image().contents().version(),
                        staying.image().madeAt().toString(),
                        "stays, " + staying.reason()));
        table.lines("").forEach(out::println);
        pruning.leftovers().forEach(left -> out.println("-  " + left));
        if (pruning.isEmpty()) {
            out.println("nothing to remove");
        }
    }

    /** The same as JSON. */
    public static void pruning(Pruning pruning, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "pruning");
        json.writeStringField("stack", pruning.stack().text());
        all("going", pruning.going(), json);
        json.writeArrayFieldStart("staying");
        for (Pruning.Staying staying : pruning.staying()) {
            json.writeStartObject();
            fields(staying.image(), json);
            json.writeStringField("reason", staying.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        StackJsonWriter.texts("leftovers", pruning.leftovers(), json);
        json.writeEndObject();
    }
}
