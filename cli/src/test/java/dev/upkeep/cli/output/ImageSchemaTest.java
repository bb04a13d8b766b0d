package dev.upkeep.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.upkeep.cli.Run;
import dev.upkeep.infra.image.BuiltImage;
import dev.upkeep.infra.image.BuiltImage.Delivery;
import dev.upkeep.infra.image.BuiltImage.Outcome;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.image.registry.TaggedImage;
import dev.upkeep.infra.progress.EventKind;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.release.ImageRelease;
import dev.upkeep.infra.spec.StackSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImageSchemaTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:15:30.123Z");
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final ImageReference WEB = ImageReference.parse("r.example.org/shop/web:1.0.6@" + DIGEST);
    private static final StackSpec SPEC = StackSpec.builder("shop", "1.0.6").build();

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Run.in(Path.of(""), "schema", "images").out(), InputFormat.JSON);

    @Test
    void everyImageFits() {
        for (Outcome outcome : Outcome.values()) {
            for (Optional<ImageReference> reference : List.of(Optional.of(WEB), Optional.<ImageReference>empty())) {
                BuiltImage image = new BuiltImage(reference, DIGEST, 9, new Delivery(outcome, 1, 2, 3));
                fits(json -> ImageOutput.built(SPEC, Map.of("web", image), json));
            }
        }
        fits(json -> ImageOutput.tagged(SPEC, Map.of("app", List.of(new TaggedImage("1.0.6", DIGEST))), json));
        fits(json -> ImageOutput.tagged(SPEC, Map.of(), json));
    }

    @Test
    void everyReleaseFits() {
        ImageRelease release = new ImageRelease("1.0.6", new TreeMap<>(Map.of("web", WEB)), NOW, "me");
        ImageRelease older = new ImageRelease("1.0.5", new TreeMap<>(), NOW, "me");

        fits(json -> ReleaseOutput.show("shop", release, Optional.empty(), json));
        fits(json -> ReleaseOutput.show("shop", release, Optional.of(older), json));
        fits(json -> ReleaseOutput.list("shop", List.of(release, older), json));
    }

    @Test
    void everyStepFits() {
        for (EventKind kind : EventKind.values()) {
            fits(json -> StackJsonWriter.event(new ProgressEvent(7, NOW, "r/shop/web:1", kind, "sent"), json));
        }
    }

    private void fits(JsonText.Body body) {
        String text = JsonText.line(body);
        assertThat(schema.validate(text, InputFormat.JSON)).as(text).isEmpty();
    }
}
