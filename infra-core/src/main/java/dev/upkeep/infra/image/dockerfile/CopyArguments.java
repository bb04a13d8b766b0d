package dev.upkeep.infra.image.dockerfile;

import dev.upkeep.infra.image.recipe.LayerFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What COPY or ADD is told.
 *
 * @param sources paths of the folder, with wildcards
 * @param target where they go
 * @param owner user and group by number
 * @param mode their permissions, if they are said
 */
record CopyArguments(List<String> sources, String target, String owner, OptionalInt mode) {

    static CopyArguments of(Instruction each, Variables variables, Refusals refusals) {
        String rest = each.arguments();
        String owner = LayerFile.ROOT;
        OptionalInt mode = OptionalInt.empty();
        while (rest.startsWith("--")) {
            String[] parts = rest.split("\\s+", 2);
            String flag = variables.expand(parts[0]);
            rest = parts.length > 1 ? parts[1] : "";
            if (flag.matches("--chown=[0-9]+(:[0-9]+)?")) {
                String number = flag.substring("--chown=".length());
                owner = number.contains(":") ? number : number + ":" + number;
            } else if (flag.matches("--chmod=0?[0-7]{3}")) {
                mode = OptionalInt.of(Integer.parseInt(flag.substring("--chmod=".length()), 8));
            } else if (flag.startsWith("--chown=") || flag.startsWith("--chmod=")) {
                throw refusals.unclear(
                        each.place(parts[0]),
                        flag + " is not in numbers, and the users of the base are not read",
                        "write it like --chown=10001:10001 or --chmod=755");
            } else if (!flag.equals("--link")) {
                throw refusals.needsEngine(each.place(parts[0]), each.keyword() + " " + parts[0]);
            }
        }
        return words(each, rest, variables, refusals).with(owner, mode);
    }

    private static CopyArguments words(Instruction each, String rest, Variables variables, Refusals refusals) {
        List<String> words = new ArrayList<>();
        Optional<List<String>> list = Translation.list(rest);
        list.orElseGet(() -> List.of(rest.split("\\s+", -1))).forEach(word -> words.add(variables.expand(word)));
        if (words.size() < 2) {
            throw refusals.unclear(
                    each.place(),
                    each.keyword() + " needs a source and a target",
                    "write " + each.keyword() + " FILE /FOLDER/");
        }
        return new CopyArguments(
                List.copyOf(words.subList(0, words.size() - 1)),
                words.get(words.size() - 1),
                LayerFile.ROOT,
                OptionalInt.empty());
    }

    private CopyArguments with(String newOwner, OptionalInt newMode) {
        return new CopyArguments(sources, target, newOwner, newMode);
    }

    boolean isOwnerSaid() {
        return !owner.equals(LayerFile.ROOT);
    }
}
