package dev.upkeep.infra.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upkeep.infra.failure.FileTrouble;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.failure.PlanFileException;
import dev.upkeep.infra.files.OwnerOnly;
import dev.upkeep.infra.json.ReleaseJson;
import dev.upkeep.infra.json.SpecJson;
import dev.upkeep.infra.spec.StackName;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A saved plan: a JSON file that another process can read and start. */
public final class PlanFile {

    /** Raised when the meaning of the file changes. */
    static final int FORMAT = 2;

    private static final String TYPE = "upkeep-plan";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlanFile() {}

    /**
     * Saves a plan. A new file can be read by its owner only; an older one of that name gets another content and keeps its rights.
     *
     * @param plan what to save
     * @param file where
     * @throws PlanFileException if the file cannot be written
     */
    public static void write(Plan plan, Path file) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("type", TYPE).put("format", FORMAT);
        root.put("stack", plan.stack().text()).put("platform", plan.platform());
        root.put("created", plan.created().toString());
        root.put("expires", plan.expires().toString());
        plan.reach().region().ifPresent(region -> root.put("region", region));
        plan.reach().url().ifPresent(url -> root.put("url", url.toString()));
        plan.goal().ifPresent(goal -> {
            SpecJson.write(goal.spec(), root.putObject("spec"));
            ReleaseJson.write(goal.release(), root.putObject("release"));
        });
        ObjectNode basis = root.putObject("basis");
        plan.basis().facts().forEach(basis::put);
        ArrayNode changes = root.putArray("changes");
        plan.changes().forEach(change -> write(change, changes.addObject()));
        plan.monthly().ifPresent(estimate -> {
            ObjectNode monthly = root.putObject("monthly");
            write(estimate.before(), monthly.putObject("before"));
            write(estimate.after(), monthly.putObject("after"));
        });
        ArrayNode kept = root.putArray("kept");
        plan.kept().forEach(kept::add);
        ArrayNode notes = root.putArray("notes");
        plan.notes().forEach(notes::add);
        ArrayNode parts = root.putArray("parts");
        plan.parts().forEach(part -> write(part, parts.addObject()));
        try {
            OwnerOnly.makeFile(file);
            Files.writeString(file, root.toPrettyString() + "\n");
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    private static PlanFileException unwritten(Path file, IOException e) {
        Path folder = file.toAbsolutePath().getParent();
        if (!(e instanceof NoSuchFileException)) {
            return new PlanFileException(
                    file, "it cannot be written: " + FileTrouble.reason(e), "name another file", e);
        }
        return folder != null && Files.isDirectory(folder)
                ? new PlanFileException(file, "no file can be made in " + folder, "name another file", e)
                : new PlanFileException(file, "there is no folder " + folder, "make it first, or name another file", e);
    }

    private static void write(Change change, ObjectNode node) {
        node.put("resource", change.resource()).put("action", change.action().name());
        ArrayNode fields = node.putArray("fields");
        change.fields()
                .forEach(field -> fields.addObject()
                        .put("field", field.field())
                        .put("from", field.from())
                        .put("to", field.to()));
        node.put("reason", change.reason())
                .put("replacement", change.replacement().name());
        node.putObject("impact")
                .put("level", change.impact().level().name())
                .put("sentence", change.impact().sentence());
        change.monthly().ifPresent(money -> write(money, node.putObject("monthly")));
    }

    private static void write(Money money, ObjectNode node) {
        node.put("amount", money.amount().toPlainString())
                .put("currency", money.currency().getCurrencyCode());
    }

    private static void write(Part part, ObjectNode node) {
        node.put("resource", part.resource()).put("kind", part.kind()).put("area", part.area());
        ArrayNode needs = node.putArray("needs");
        part.needs().forEach(needs::add);
        node.put("changesWith", part.changesWith());
    }

    /**
     * Reads a saved plan.
     *
     * @param file where it was saved
     * @return the plan; whether it is still true is found out when it is started
     * @throws PlanFileException if the file cannot be read, is no saved plan, or is of another format
     */
    public static Plan read(Path file) {
        String text = text(file);
        try {
            JsonNode root = MAPPER.readTree(text);
            if (!root.path("type").asText().equals(TYPE)) {
                throw problem(file, "it is no saved plan", null);
            }
            if (root.path("format").asInt() != FORMAT) {
                String found = "its format is " + root.path("format") + ", this Upkeep reads " + FORMAT;
                throw problem(file, found, null);
            }
            return plan(root);
        } catch (JsonProcessingException e) {
            throw problem(file, "it is no saved plan, which would be JSON", e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw problem(file, "it is damaged: " + e.getMessage(), e);
        } catch (InfraException e) {
            throw e instanceof PlanFileException said ? said : problem(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new PlanFileException(
                    file, "there is no such file", "save a plan there with upkeep plan --out " + file, e);
        } catch (IOException e) {
            String problem = "it cannot be read: " + FileTrouble.reason(e);
            throw new PlanFileException(file, problem, "name a file that can be read", e);
        }
    }

    private static PlanFileException problem(Path file, String problem, @Nullable Throwable e) {
        return new PlanFileException(file, problem, "name a file that upkeep plan --out has saved", e);
    }

    private static Plan plan(JsonNode root) {
        Map<String, String> facts = new HashMap<>();
        root.required("basis")
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
        List<Change> changes = new ArrayList<>();
        root.required("changes").forEach(node -> changes.add(change(node)));
        List<Part> parts = new ArrayList<>();
        root.path("parts").forEach(node -> parts.add(part(node)));
        return new Plan(
                StackName.of(root.required("stack").asText()),
                root.required("platform").asText(),
                Optional.ofNullable(root.get("spec"))
                        .map(spec -> new Plan.Goal(SpecJson.read(spec), ReleaseJson.read(root.required("release")))),
                Instant.parse(root.required("created").asText()),
                Instant.parse(root.required("expires").asText()),
                Basis.of(facts),
                changes,
                ReleaseJson.texts(root.path("kept")),
                Optional.ofNullable(root.get("monthly"))
                        .map(estimate ->
                                new Estimate(money(estimate.required("before")), money(estimate.required("after")))),
                ReleaseJson.texts(root.path("notes")),
                parts,
                new Plan.Reach(text(root, "region"), text(root, "url").map(URI::create)));
    }

    private static Optional<String> text(JsonNode root, String name) {
        return Optional.ofNullable(root.get(name)).map(JsonNode::asText);
    }

    private static Part part(JsonNode node) {
        return new Part(
                node.required("resource").asText(),
                node.required("kind").asText(),
                node.required("area").asText(),
                ReleaseJson.texts(node.required("needs")),
                node.required("changesWith").asText());
    }

    private static Change change(JsonNode node) {
        List<FieldChange> fields = new ArrayList<>();
        node.required("fields")
                .forEach(field -> fields.add(new FieldChange(
                        field.required("field").asText(),
                        field.required("from").asText(),
                        field.required("to").asText())));
        JsonNode impact = node.required("impact");
        return new Change(
                node.required("resource").asText(),
                Action.valueOf(node.required("action").asText()),
                fields,
                node.required("reason").asText(),
                Replacement.valueOf(node.required("replacement").asText()),
                new Impact(
                        Impact.Level.valueOf(impact.required("level").asText()),
                        impact.required("sentence").asText()),
                Optional.ofNullable(node.get("monthly")).map(PlanFile::money));
    }

    private static Money money(JsonNode node) {
        return new Money(
                new BigDecimal(node.required("amount").asText()),
                Currency.getInstance(node.required("currency").asText()));
    }
}
