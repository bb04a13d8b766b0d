package dev.upkeep.infra.image.dockerfile;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upkeep.infra.image.dockerfile.Variables.UnclearException;
import dev.upkeep.infra.image.recipe.ImageBase;
import dev.upkeep.infra.image.recipe.ImageLayer;
import dev.upkeep.infra.image.recipe.ImageRecipe;
import dev.upkeep.infra.image.recipe.ImageRecipeBuilder;
import dev.upkeep.infra.image.recipe.LayerFile;
import dev.upkeep.infra.image.reference.Architecture;
import dev.upkeep.infra.image.reference.ImageReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns one instruction after another into a recipe. For one file, and one thread. */
final class Translation {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/tcp)?");
    private static final Pattern HEREDOC = Pattern.compile("(?:^|\\s)(<<-?[\"']?[A-Za-z_]\\w*)");
    private static final int LAST_PORT = 65535;

    private final Refusals refusals;
    private final CopiedFiles copied;
    private final Map<String, String> beforeFrom = new HashMap<>();
    private Variables variables = new Variables();
    private final List<ImageLayer> layers = new ArrayList<>();
    private final SortedMap<String, String> labels = new TreeMap<>();
    private final List<Integer> ports = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private List<String> entrypoint = List.of();
    private List<String> command = List.of();
    private @Nullable ImageBase base;
    private @Nullable String user;
    private @Nullable String workingFolder;

    Translation(Path folder) {
        this.refusals = new Refusals(folder);
        this.copied = new CopiedFiles(folder, refusals);
    }

    void take(Instruction instruction) {
        try {
            if (base == null && !instruction.keyword().matches("FROM|ARG")) {
                throw refusals.unclear(instruction.place(), "it does not begin with FROM", "begin it with FROM");
            }
            apply(instruction);
        } catch (UnclearException e) {
            throw refusals.unclear(
                    instruction.place(e.part()), instruction.keyword() + ": " + e.getMessage(), "mend that line");
        }
    }

    private void apply(Instruction each) {
        switch (each.keyword()) {
            case "FROM" -> from(each);
            case "ARG" -> argument(each);
            case "COPY", "ADD" -> copy(each);
            case "ENV" -> variables.environment(pairs(each));
            case "LABEL" -> labels.putAll(pairs(each));
            case "WORKDIR" -> workingFolder(each);
            case "USER" -> user = single(each);
            case "EXPOSE" -> Variables.words(each.arguments()).forEach(word -> expose(each, variables.expand(word)));
            case "ENTRYPOINT" -> entrypoint = program(each);
            case "CMD" -> command = program(each);
            case "STOPSIGNAL", "HEALTHCHECK" ->
                notes.add("Dockerfile:" + each.place() + ": " + each.keyword()
                        + " is not written into the image; whoever runs it has to say that");
            case "RUN", "SHELL", "ONBUILD", "VOLUME", "MAINTAINER" ->
                throw refusals.needsEngine(each.place(), each.keyword());
            default ->
                throw refusals.unclear(
                        each.place(), each.keyword() + " is no instruction of a Dockerfile", "correct the spelling");
        }
    }

    private void from(Instruction each) {
        if (base != null) {
            throw refusals.needsEngine(each.place(), "a second FROM");
        }
        for (String flag : each.arguments().split("\\s+", -1)) {
            if (flag.startsWith("--")) {
                throw refusals.needsEngine(each.place(flag), "FROM " + flag);
            }
        }
        String name = variables.expand(each.arguments().split("\\s+", -1)[0]);
        try {
            base = name.equals(ImageBase.SCRATCH)
                    ? new ImageBase.Scratch()
                    : new ImageBase.Registry(ImageReference.parse(name));
        } catch (IllegalArgumentException e) {
            throw refusals.unclear(each.place(), String.valueOf(e.getMessage()), "name an image on a registry");
        }
        variables = new Variables();
    }

    private void argument(Instruction each) {
        for (String word : Variables.words(each.arguments())) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = equals < 0 ? beforeFrom.get(name) : variables.expand(word.substring(equals + 1));
            if (value == null) {
                throw refusals.unclear(
                        each.place(word), "ARG " + name + " has no default", "write ARG " + name + "=VALUE");
            }
            variables.argument(name, value);
            if (base == null) {
                beforeFrom.put(name, value);
            }
        }
    }

    /** {@code NAME=VALUE ...}, or {@code NAME VALUE} as in old files. All see the values of before. */
    private Map<String, String> pairs(Instruction each) {
        List<String> words = Variables.words(each.arguments());
        Map<String, String> pairs = new LinkedHashMap<>();
        if (words.size() > 1 && words.get(0).indexOf('=') < 0) {
            String value = each.arguments().substring(words.get(0).length()).strip();
            return Map.of(variables.expand(words.get(0)), variables.expand(value));
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw refusals.unclear(
                        each.place(word), word + " has no value", "write " + each.keyword() + " NAME=VALUE");
            }
            pairs.put(variables.expand(word.substring(0, equals)), variables.expand(word.substring(equals + 1)));
        }
        return pairs;
    }

    private String single(Instruction each) {
        String value = variables.expand(each.arguments());
        if (value.isEmpty()) {
            throw refusals.unclear(each.place(), each.keyword() + " names nothing", "write what it is");
        }
        return value;
    }

    private void workingFolder(Instruction each) {
        String path = ImagePaths.resolve(workingFolder, single(each));
        workingFolder = path;
        copied.folder(each, path).ifPresent(folder -> layers.add(new ImageLayer("WORKDIR " + path, List.of(folder))));
    }

    private void copy(Instruction each) {
        Matcher heredoc = HEREDOC.matcher(each.arguments());
        if (heredoc.find()) {
            throw refusals.needsEngine(
                    each.place(heredoc.group(1)), "a text within the Dockerfile (" + heredoc.group(1) + ")");
        }
        CopyArguments arguments = CopyArguments.of(each, variables, refusals);
        List<LayerFile> files = copied.files(each, arguments, ImagePaths.resolve(workingFolder, arguments.target()));
        layers.add(new ImageLayer(each.keyword() + " " + each.arguments(), files));
    }

    private void expose(Instruction each, String word) {
        Matcher range = PORTS.matcher(word);
        int first = range.matches() ? Integer.parseInt(range.group(1)) : 0;
        int last = range.matches() && range.group(2) != null ? Integer.parseInt(range.group(2)) : first;
        if (first < 1 || last < first || last > LAST_PORT) {
            throw refusals.unclear(each.place(word), word + " is no TCP port", "name TCP ports only, from 1 to 65535");
        }
        for (int port = first; port <= last; port++) {
            ports.add(port);
        }
    }

    private List<String> program(Instruction each) {
        List<String> words = list(each.arguments())
                .orElseGet(() -> each.arguments().isEmpty() ? List.of() : List.of("/bin/sh", "-c", each.arguments()));
        if (words.isEmpty()) {
            throw refusals.unclear(each.place(), each.keyword() + " names no program", "leave it out, or name one");
        }
        return words;
    }

    /** A list in JSON; empty if it is none, which Docker then takes for the words of a shell. */
    static Optional<List<String>> list(String text) {
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Arrays.asList(JSON.readValue(text, String[].class)));
        } catch (IOException e) {
            throw new UnclearException(text, "it begins like a list and is none in JSON; write [\"one\", \"two\"]");
        }
    }

    DockerfileImage image(Collection<Architecture> architectures) {
        if (base == null) {
            throw refusals.unclear("1:1", "it has no FROM", "begin it with FROM");
        }
        ImageRecipeBuilder recipe = ImageRecipe.on(base).architectures(architectures);
        layers.forEach(recipe::layer);
        labels.forEach(recipe::label);
        variables.environment().forEach(recipe::environment);
        ports.forEach(recipe::port);
        Optional.ofNullable(user).ifPresent(recipe::user);
        Optional.ofNullable(workingFolder).ifPresent(recipe::workingFolder);
        return new DockerfileImage(
                recipe.entrypoint(entrypoint).command(command).build(), notes);
    }
}
