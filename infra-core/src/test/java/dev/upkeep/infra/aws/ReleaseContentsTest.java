package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.ImageSettings;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.spec.StackSpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseContentsTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeSite() throws IOException {
        Files.createDirectories(folder.resolve("site"));
        Files.writeString(folder.resolve("site/index.html"), "hello");
    }

    private StackSpecBuilder described() {
        return StackSpec.builder("shop", "1.0.6")
                .baseFolder(folder)
                .site(folder.resolve("site"))
                .aws(AwsSettings.standard(Optional.of("eu-west-1")))
                .images(new ImageSettings(
                        Optional.of("registry.example.org"),
                        "nginx:1.29",
                        ImageSettings.standard().platforms()));
    }

    private static String release(StackSpec spec) {
        return ReleaseText.of(spec, Map.of(), ReleaseContents.of(spec));
    }

    @Test
    void ofTheSameFilesThereIsNothingToSay() throws IOException {
        StackSpec spec = described().build();
        String release = release(spec);
        Files.setLastModifiedTime(folder.resolve("site/index.html"), FileTime.fromMillis(5000));

        assertThat(ReleaseContents.note(release, spec)).isEmpty();
        assertThat(ReleaseText.changes(Optional.of(release), spec)).isEmpty();
    }

    @Test
    void aSiteThatWasChangedUnderItsVersionIsNamed() throws IOException {
        StackSpec spec = described().build();
        String release = release(spec);
        Files.writeString(folder.resolve("site/index.html"), "hullo");

        assertThat(ReleaseContents.note(release, spec))
                .contains(
                        "not shipped: the site is not what version 1.0.6 was made of; an apply leaves that as it is, because a"
                                + " version never changes, and this Upkeep cannot bring standing instances on AWS to another one yet");
    }

    /** As where only the network is looked after, and the site is built elsewhere. */
    @Test
    void filesThatAreNotHereAreNotCompared() throws IOException {
        StackSpec spec = described().build();
        String release = release(spec);
        Files.delete(folder.resolve("site/index.html"));
        Files.delete(folder.resolve("site"));

        assertThat(ReleaseContents.note(release, spec))
                .hasValueSatisfying(
                        note -> assertThat(note).startsWith("whether the files here are those that version 1.0.6 was"));
    }

    @Test
    void otherLimitsOfNginxAreNamedAndNotTakenForTheSite() {
        String release = release(described().build());
        StackSpec other = described()
                .nginx(new NginxLimits(99, NginxLimits.standard().answerWithin()))
                .build();

        assertThat(ReleaseContents.note(release, other).orElseThrow())
                .startsWith("not shipped: the nginx of the image web (")
                .contains(" and the nginx in front (", " are not what version 1.0.6 was made of")
                .doesNotContain("the site");
    }

    @Test
    void aReleaseThatDoesNotSayWhatItWasMadeOfIsNotJudged() {
        assertThat(ReleaseContents.note("{\"version\":\"1.0.6\"}", described().build()))
                .isEmpty();
    }

    @Test
    void theDigestOfAllFilesIsAnotherForAnotherSiteOrApplication() throws IOException {
        Path program =
                Files.writeString(Files.createDirectory(folder.resolve("app")).resolve("server"), "one");
        StackSpec spec = described()
                .app("./app", 8080)
                .appBase("scratch")
                .command(List.of("/server"))
                .build();

        String first = ReleaseContents.digest(spec);
        assertThat(ReleaseContents.digest(spec)).isEqualTo(first).matches("[0-9a-f]{64}");
        Files.writeString(folder.resolve("site/index.html"), "two");
        String second = ReleaseContents.digest(spec);
        Files.writeString(program, "two");

        assertThat(Set.of(first, second, ReleaseContents.digest(spec))).hasSize(3);
    }

    @Test
    void noDigestTakesMoreThanWasReckonedWith() {
        assertThat(ReleaseContents.of(described().build()))
                .allSatisfy((name, digest) -> assertThat(digest)
                        .hasSameSizeAs(ReleaseContents.largest().get(name)));
    }
}
