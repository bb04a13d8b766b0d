package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.aws.template.StackTemplate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stack of CloudFormation as a test tells its story: the states that it will be found in, what has happened to it, and what a change set for it
 * comes to.
 */
final class ScriptedStack {

    static final String NONE = "";
    static final String STUB = "REVIEW_IN_PROGRESS";
    static final String NO_CHANGES =
            "The submitted information didn't contain changes. Submit different information to create a change set.";

    private static final String BEGUN = "EXECUTE_IN_PROGRESS";
    private static final String ARN = "arn:aws:cloudformation:eu-west-1:123456789012:";

    private final String name;
    private final Map<String, String> outputs = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<String, Deque<ScriptedAnswer>> next = new HashMap<>();
    private final Map<String, ScriptedAnswer> always = new HashMap<>();
    private final List<String> changeSets = new ArrayList<>();
    private final Deque<String> states = new ArrayDeque<>(List.of(NONE));
    private final Deque<List<String>> histories = new ArrayDeque<>(List.of(List.of()));
    private List<String> looked = List.of();
    private List<String> changes = List.of();
    private List<String> imports = List.of();
    private String template = "{}";
    private String refusal = "";
    private String executionStatus = "AVAILABLE";
    private int pageSize = 100;
    private Runnable onPropose = () -> {};
    private Runnable onExecute = () -> {};
    private Runnable onDelete = () -> {};

    ScriptedStack(String name) {
        this.name = name;
        tags.put(ServerStack.STACK_TAG, name.replaceFirst("-(base|image)$", ""));
    }

    /** What it is marked with besides, once it is more than a stub. */
    ScriptedStack tag(String key, String value) {
        tags.put(key, value);
        return this;
    }

    String name() {
        return name;
    }

    String id() {
        return ARN + "stack/" + name + "/5f1e";
    }

    /** The states that it is found in from now on, one at each look; the last one stays. */
    ScriptedStack is(String... statesInTurn) {
        states.clear();
        states.addAll(Arrays.asList(statesInTurn));
        return this;
    }

    /** What has happened to it, oldest first: each {@code RESOURCE STATUS reason} or {@code RESOURCE/TYPE STATUS reason}, where the stack itself goes by its name. */
    ScriptedStack happened(String... events) {
        return happenedInTurn(List.of(List.of(events)));
    }

    /** What is known of what has happened, at one look after the other; the last one stays. */
    ScriptedStack happenedInTurn(List<List<String>> looks) {
        histories.clear();
        histories.addAll(looks);
        return this;
    }

    ScriptedStack output(String key, String value) {
        outputs.put(key, value);
        return this;
    }

    /** So many events or changes stand on a page. */
    ScriptedStack pagesOf(int size) {
        pageSize = size;
        return this;
    }

    /** The resources that a change set adds. */
    ScriptedStack wouldAdd(String... resources) {
        changes = Arrays.stream(resources)
                .map(resource -> "<Action>Add</Action><LogicalResourceId>" + resource
                        + "</LogicalResourceId><ResourceType>AWS::Some::Resource</ResourceType>")
                .toList();
        return this;
    }

    /** What a change set does, each in the elements of a ResourceChange. */
    ScriptedStack wouldDo(String... resourceChanges) {
        changes = List.of(resourceChanges);
        return this;
    }

    /** A resource that a change set modifies, with the elements of its details. */
    static String modified(String resource, String type, String... targets) {
        return "<Action>Modify</Action><LogicalResourceId>" + resource + "</LogicalResourceId><ResourceType>" + type
                + "</ResourceType><Replacement>False</Replacement><Scope><member>Properties</member></Scope><Details>"
                + Arrays.stream(targets)
                        .map(target -> "<member><Target><Attribute>Properties</Attribute>" + target
                                + "</Target><Evaluation>Static</Evaluation></member>")
                        .collect(Collectors.joining())
                + "</Details>";
    }

    /** The resources that a change set takes in as they are. */
    ScriptedStack wouldImport(String... resources) {
        imports = List.of(resources);
        return this;
    }

    /** The template that it was made of. */
    ScriptedStack standsWith(StackTemplate made) {
        return hasTemplate(made.json());
    }

    /** The same, as text. */
    ScriptedStack hasTemplate(String json) {
        template = json;
        return this;
    }

    /** A change set for it fails. */
    ScriptedStack wouldRefuse(String reason) {
        refusal = reason;
        return this;
    }

    /** Somebody else has changed the stack since its change set was computed. */
    void changeSetIs(String status) {
        executionStatus = status;
    }

    /** What becomes of it when its change set is begun. */
    void whenExecuted(Runnable becomes) {
        onExecute = becomes;
    }

    /** What happens while CloudFormation takes a change set for it. */
    void whenProposed(Runnable happens) {
        onPropose = happens;
    }

    void whenDeleted(Runnable becomes) {
        onDelete = becomes;
    }

    /** What an action on it answers in turn, before it answers as usual again. */
    ScriptedStack next(String action, ScriptedAnswer... answers) {
        next.computeIfAbsent(action, any -> new ArrayDeque<>()).addAll(Arrays.asList(answers));
        return this;
    }

    ScriptedStack always(String action, ScriptedAnswer answer) {
        always.put(action, answer);
        return this;
    }

    void asUsual(String action) {
        always.remove(action);
    }

    /** How many change sets there are for it. */
    synchronized int changeSets() {
        return changeSets.size() / 2;
    }

    boolean isAbout(ScriptedCall call) {
        String stack = call.parameter("StackName");
        return stack.equals(name) || stack.equals(id()) || changeSets.contains(call.parameter("ChangeSetName"));
    }

    synchronized ScriptedAnswer answer(ScriptedCall call) {
        ScriptedAnswer scripted =
                next.getOrDefault(call.action(), new ArrayDeque<>()).poll();
        if (scripted == null) {
            scripted = always.get(call.action());
        }
        if (scripted == null || scripted.equals(ScriptedAnswer.asUsual())) {
            return usual(call);
        }
        if (scripted.isCarriedOut()) {
            usual(call);
        }
        return scripted;
    }

    private ScriptedAnswer usual(ScriptedCall call) {
        return switch (call.action()) {
            case "DescribeStacks" -> described(call);
            case "DescribeStackEvents" -> history(call);
            case "CreateChangeSet" -> changeSet(call);
            case "DescribeChangeSet" -> computed(call);
            case "DeleteChangeSet" -> dropped(call);
            case "ListChangeSets" -> listed();
            case "ExecuteChangeSet" -> executed();
            case "GetTemplate" ->
                ScriptedAnswer.result("<TemplateBody>"
                        + template.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</TemplateBody>");
            case "DeleteStack" -> deleted();
            case "UpdateTerminationProtection", "CancelUpdateStack" -> ScriptedAnswer.result("");
            default -> ScriptedAnswer.refused("NotScripted", "no answer to " + call);
        };
    }

    private ScriptedAnswer listed() {
        return ScriptedAnswer.result(changeSets.stream()
                .filter(each -> each.startsWith(ARN))
                .map(each -> "<member><StackId>" + id() + "</StackId><ChangeSetId>" + each + "</ChangeSetId></member>")
                .collect(Collectors.joining("", "<Summaries>", "</Summaries>")));
    }

    private static <T> T turn(Deque<T> turns) {
        return turns.size() > 1 ? turns.remove() : turns.element();
    }

    private ScriptedAnswer described(ScriptedCall call) {
        boolean byName = call.parameter("StackName").equals(name);
        String state = turn(states);
        if (state.equals(NONE) || (byName && state.equals("DELETE_COMPLETE"))) {
            return ScriptedAnswer.refused("ValidationError", "Stack with id " + name + " does not exist");
        }
        return ScriptedAnswer.result("<Stacks><member><StackId>" + id() + "</StackId><StackName>" + name
                + "</StackName><CreationTime>2026-11-20T10:00:00Z</CreationTime><StackStatus>" + state
                + "</StackStatus><Outputs>" + members(outputs, "Output") + "</Outputs><Tags>"
                + (state.equals(STUB) ? "" : members(tags, ""))
                + "</Tags></member></Stacks>");
    }

    private static String members(Map<String, String> pairs, String prefix) {
        return pairs.entrySet().stream()
                .map(pair -> "<member><" + prefix + "Key>" + pair.getKey() + "</" + prefix + "Key><" + prefix + "Value>"
                        + pair.getValue() + "</" + prefix + "Value></member>")
                .collect(Collectors.joining());
    }

    private ScriptedAnswer history(ScriptedCall call) {
        // The pages of one answer come from one look.
        if (call.parameter("NextToken").isEmpty()) {
            looked = turn(histories);
        }
        List<String> events = looked;
        List<String> newestFirst = new ArrayList<>();
        for (int index = events.size() - 1; index >= 0; index--) {
            newestFirst.add(event(index, events.get(index)));
        }
        return page(call, newestFirst, "StackEvents");
    }

    private String event(int index, String words) {
        String[] parts = words.split(" ", 3);
        boolean own = parts[0].equals(name);
        String[] resource = parts[0].split("/", 2);
        String type = own ? "AWS::CloudFormation::Stack" : "AWS::Some::Resource";
        return "<member><StackId>" + id() + "</StackId><EventId>" + name + "-event-" + index + "</EventId><StackName>"
                + name + "</StackName><LogicalResourceId>" + resource[0] + "</LogicalResourceId><PhysicalResourceId>"
                + (own ? id() : "physical-" + resource[0]) + "</PhysicalResourceId><ResourceType>"
                + (resource.length > 1 ? resource[1] : type) + "</ResourceType><Timestamp>2026-11-27T10:00:"
                + String.format("%02d", index) + "Z</Timestamp><ResourceStatus>" + parts[1] + "</ResourceStatus>"
                + (parts.length > 2 ? "<ResourceStatusReason>" + parts[2] + "</ResourceStatusReason>" : "")
                + "</member>";
    }

    private ScriptedAnswer page(ScriptedCall call, List<String> members, String element) {
        String token = call.parameter("NextToken");
        int from = token.isEmpty() ? 0 : Integer.parseInt(token);
        int to = Math.min(from + pageSize, members.size());
        return ScriptedAnswer.result("<" + element + ">" + String.join("", members.subList(from, to)) + "</" + element
                + ">" + (to < members.size() ? "<NextToken>" + to + "</NextToken>" : ""));
    }

    private ScriptedAnswer changeSet(ScriptedCall call) {
        onPropose.run();
        String unique = call.parameter("ChangeSetName");
        if (changeSets.contains(unique)) {
            return ScriptedAnswer.refused("AlreadyExistsException", "ChangeSet " + unique + " already exists");
        }
        String changeSet = ARN + "changeSet/" + unique + "/" + name + "-c" + changeSets.size();
        changeSets.add(unique);
        changeSets.add(changeSet);
        if (executionStatus.equals(BEGUN)) {
            executionStatus = "AVAILABLE";
        }
        if (states.element().equals(NONE) || states.element().equals("DELETE_COMPLETE")) {
            is(STUB);
        }
        return ScriptedAnswer.result("<Id>" + changeSet + "</Id><StackId>" + id() + "</StackId>");
    }

    private ScriptedAnswer computed(ScriptedCall call) {
        if (!changeSets.contains(call.parameter("ChangeSetName"))) {
            return notFound(call);
        }
        List<String> members = Stream.concat(
                        imports.stream()
                                .map(resource -> "<Action>Import</Action><LogicalResourceId>" + resource
                                        + "</LogicalResourceId><ResourceType>AWS::Some::Resource</ResourceType>"),
                        changes.stream())
                .map(change -> "<member><Type>Resource</Type><ResourceChange>" + change + "</ResourceChange></member>")
                .toList();
        boolean failed = !refusal.isEmpty();
        ScriptedAnswer page = page(call, members, "Changes");
        return ScriptedAnswer.result(
                "<ChangeSetId>" + changeSets.get(changeSets.size() - 1) + "</ChangeSetId><StackId>" + id()
                        + "</StackId><Status>" + (failed ? "FAILED" : "CREATE_COMPLETE") + "</Status><ExecutionStatus>"
                        + (failed ? "UNAVAILABLE" : executionStatus) + "</ExecutionStatus>"
                        + (failed ? "<StatusReason>" + refusal + "</StatusReason>" : "") + page.text());
    }

    private static ScriptedAnswer notFound(ScriptedCall call) {
        return ScriptedAnswer.error(
                404, "ChangeSetNotFound", "ChangeSet [" + call.parameter("ChangeSetName") + "] does not exist");
    }

    private ScriptedAnswer dropped(ScriptedCall call) {
        String asked = call.parameter("ChangeSetName");
        int at = changeSets.indexOf(asked);
        int first = at - at % 2;
        changeSets.subList(first, first + 2).clear();
        return ScriptedAnswer.result("");
    }

    private ScriptedAnswer executed() {
        if (!executionStatus.equals("AVAILABLE")) {
            return ScriptedAnswer.refused(
                    "InvalidChangeSetStatus",
                    "ChangeSet [" + changeSets.get(changeSets.size() - 1)
                            + "] cannot be executed in its current execution status of [" + executionStatus + "]");
        }
        executionStatus = BEGUN;
        onExecute.run();
        return ScriptedAnswer.result("");
    }

    private ScriptedAnswer deleted() {
        if (states.element().equals(STUB)) {
            is("DELETE_COMPLETE");
        }
        onDelete.run();
        return ScriptedAnswer.result("");
    }
}
