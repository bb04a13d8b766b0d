package dev.upkeep.infra.image.jib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.image.registry.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaggedDestinationTest {

    private final List<String> steps = new ArrayList<>();
    private Manifest manifest;

    private final Destination registry = new Destination() {

        @Override
        public boolean has(Manifest.Part part, boolean ofBase) {
            return false;
        }

        @Override
        public Begun begin(InputStream content) {
            return digest -> {};
        }

        @Override
        public void manifest(String identifier, Manifest sent) {
            steps.add("write " + identifier);
        }
    };

    @BeforeEach
    void makeManifest() throws IOException {
        manifest = Manifest.parse(
                "application/vnd.docker.distribution.manifest.v2+json",
                "{\"schemaVersion\":2,\"layers\":[]}".getBytes(StandardCharsets.UTF_8));
    }

    private TaggedDestination destination(int failingLook) {
        return new TaggedDestination(registry, "1.0.6", digest -> {
            steps.add("look");
            if (steps.stream().filter("look"::equals).count() == failingLook) {
                throw new IllegalStateException("taken");
            }
        });
    }

    @Test
    void looksAtTheTagBeforeAndAfterItIsWritten() throws Exception {
        destination(0).manifest("image", manifest);

        assertThat(steps).containsExactly("look", "write 1.0.6", "look");
    }

    @Test
    void aTagThatWasTakenMeanwhileIsNotWritten() {
        assertThatThrownBy(() -> destination(1).manifest("image", manifest)).hasMessage("taken");

        assertThat(steps).containsExactly("look");
    }

    @Test
    void aTagThatSomebodyElseWroteInTheSameMomentIsNoSuccess() {
        assertThatThrownBy(() -> destination(2).manifest("image", manifest)).hasMessage("taken");
    }

    @Test
    void whatIsNamedByItsDigestNeedsNoTag() throws Exception {
        destination(1).manifest(manifest.digest(), manifest);

        assertThat(steps).containsExactly("write " + manifest.digest());
    }

    @Test
    void remembersWhatTheImageIs() throws Exception {
        TaggedDestination destination = destination(0);

        destination.manifest("image", manifest);

        assertThat(destination.record().digest()).isEqualTo(manifest.digest());
    }
}
