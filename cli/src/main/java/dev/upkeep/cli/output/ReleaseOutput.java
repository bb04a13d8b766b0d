package dev.upkeep.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.upkeep.cli.terminal.Table;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.release.Deployment;
import dev.upkeep.infra.release.ImageRelease;
import java.io.IOException;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Releases for people, and as JSON. */
public final class ReleaseOutput {

    private ReleaseOutput() {}

    /** One release, and what changed against another one if there is one. */
    public static void show(ImageRelease release, Optional<ImageRelease> other, PrintStream out) {
        out.println("release " + release.version() + ", made " + release.created() + " by " + release.createdBy());
        Table table = new Table();
        release.images().forEach((name, image) -> table.row(name, image.toString()));
        table.lines("  ").forEach(out::println);
        other.ifPresent(older -> {
            List<String> differences = release.differences(older);
            out.println("  against " + older.version() + (differences.isEmpty() ? ": the same images" : ":"));
            differences.forEach(line -> out.println("    " + line));
        });
    }

    /** The same as JSON. */
    public static void show(String stack, ImageRelease release, Optional<ImageRelease> other, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "release");
        json.writeStringField("stack", stack);
        fields(release, json);
        if (other.isPresent()) {
            json.writeStringField("against", other.get().version());
            StackJsonWriter.texts("differences", release.differences(other.get()), json);
        }
        json.writeEndObject();
    }

    private static void fields(ImageRelease release, JsonGenerator json) throws IOException {
        json.writeStringField("version", release.version());
        json.writeStringField("created", release.created().toString());
        json.writeStringField("createdBy", release.createdBy());
        json.writeArrayFieldStart("images");
        for (Map.Entry<String, ImageReference> each : release.images().entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", each.getKey());
            json.writeStringField("reference", each.getValue().toString());
            json.writeStringField("digest", each.getValue().digest().orElseThrow());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What a stack served. */
    public static void history(List<Deployment> deployments, PrintStream out) {
        Table table = new Table();
        deployments.forEach(deployment -> table.row(
                deployment.version(),
                deployment.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                deployment.by(),
                deployment
                        .problem()
                        .map(problem -> "failed: " + problem.lines().findFirst().orElse(""))
                        .orElseGet(() -> deployment
                                .before()
                                .map(before -> "in the place of " + before)
                                .orElse("the first"))));
        table.lines("").forEach(out::println);
    }

    /** The same as JSON. */
    public static void history(String stack, List<Deployment> deployments, JsonGenerator json) throws IOException {
        listing(
                "deployments",
                stack,
                deployments.stream()
                        .<JsonText.Body>map(each -> out -> fields(each, out))
                        .toList(),
                json);
    }

    private static void fields(Deployment deployment, JsonGenerator json) throws IOException {
        json.writeStringField("version", deployment.version());
        json.writeStringField("at", deployment.at().toString());
        json.writeStringField("by", deployment.by());
        json.writeStringField("before", deployment.before().orElse(null));
        json.writeStringField("site", deployment.site().orElse(null));
        json.writeBooleanField("done", deployment.isDone());
        json.writeStringField("problem", deployment.problem().orElse(null));
    }

    /** The array is called as the document is. */
    private static void listing(String type, String stack, List<JsonText.Body> entries, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeStringField("stack", stack);
        json.writeArrayFieldStart(type);
        for (JsonText.Body entry : entries) {
            json.writeStartObject();
            entry.write(json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** All releases. */
    public static void list(List<ImageRelease> releases, PrintStream out) {
        Table table = new Table();
        releases.forEach(release -> table.row(
                release.version(),
                release.created().toString(),
                release.createdBy(),
                String.join(", ", release.images().keySet())));
        table.lines("").forEach(out::println);
    }

    /** The same as JSON. */
    public static void list(String stack, List<ImageRelease> releases, JsonGenerator json) throws IOException {
        listing(
                "releases",
                stack,
                releases.stream()
                        .<JsonText.Body>map(each -> out -> fields(each, out))
                        .toList(),
                json);
    }
}
