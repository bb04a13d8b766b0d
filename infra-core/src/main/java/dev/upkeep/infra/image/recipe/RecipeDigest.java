package dev.upkeep.infra.image.recipe;

import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.server.Sha256;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/** The digest of everything that an image is made of. The same digest means the same image. */
public final class RecipeDigest {

    /** Has to change when the same recipe is made into another image than before. */
    private static final String FORMAT = "1";

    private final DataOutputStream out;

    private RecipeDigest(DataOutputStream out) {
        this.out = out;
    }

    /**
     * Computes the digest, from contents and never from times on the disk.
     *
     * @param recipe what the image is made of
     * @param base the digest of the base's content; empty for {@link ImageBase.Scratch}
     * @return 64 hexadecimal digits
     * @throws IOException if a file cannot be read
     */
    public static String of(ImageRecipe recipe, String base) throws IOException {
        MessageDigest digest = Sha256.begin();
        RecipeDigest all =
                new RecipeDigest(new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest)));
        all.texts(List.of(FORMAT, base));
        all.settings(recipe);
        all.out.writeInt(recipe.layers().size());
        for (ImageLayer layer : recipe.layers()) {
            all.layer(layer);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Computes the digest of one layer.
     *
     * @param layer some files of an image
     * @return 64 hexadecimal digits
     * @throws IOException if a file cannot be read
     */
    public static String of(ImageLayer layer) throws IOException {
        MessageDigest digest = Sha256.begin();
        new RecipeDigest(new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest)))
                .layer(layer);
        return HexFormat.of().formatHex(digest.digest());
    }

    private void settings(ImageRecipe recipe) throws IOException {
        texts(recipe.user().stream().toList());
        texts(recipe.workingFolder().stream().toList());
        texts(recipe.entrypoint());
        texts(recipe.command());
        texts(new TreeSet<>(recipe.ports()).stream().map(String::valueOf).toList());
        pairs(recipe.environment());
        pairs(recipe.labels());
        texts(recipe.architectures().stream().map(Architecture::platform).toList());
    }

    private void layer(ImageLayer layer) throws IOException {
        text(layer.name());
        out.writeInt(layer.files().size());
        for (LayerFile file : layer.files()) {
            text(file.path());
            text(file.content().digest());
            out.writeInt(file.mode());
            text(file.owner());
            out.writeLong(file.time().getEpochSecond());
        }
    }

    private void pairs(SortedMap<String, String> pairs) throws IOException {
        out.writeInt(pairs.size());
        for (Map.Entry<String, String> each : pairs.entrySet()) {
            text(each.getKey());
            text(each.getValue());
        }
    }

    private void texts(Collection<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String each : texts) {
            text(each);
        }
    }

    /** With its length before it, so that no two lists look the same. */
    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
