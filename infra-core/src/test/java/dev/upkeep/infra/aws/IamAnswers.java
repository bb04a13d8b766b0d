package dev.upkeep.infra.aws;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What IAM's simulator answers, in the elements of its service model. */
final class IamAnswers {

    private static final String ALLOWED = "<EvalDecision>allowed</EvalDecision>";

    private IamAnswers() {}

    /** It would allow all that it is asked about. */
    static ScriptedAnswer allowed(ScriptedCall call) {
        return allowedBut(call, Map.of());
    }

    /** It would allow all but some actions, each with the elements that say how it decides. */
    static ScriptedAnswer allowedBut(ScriptedCall call, Map<String, String> decisions) {
        return ScriptedAnswer.result(actions(call).values().stream()
                .map(action -> "<member><EvalActionName>" + action + "</EvalActionName><EvalResourceName>"
                        + call.parameter("ResourceArns.member.1") + "</EvalResourceName>"
                        + decisions.getOrDefault(action, ALLOWED) + "</member>")
                .collect(Collectors.joining("", "<EvaluationResults>", "</EvaluationResults>")));
    }

    /** The actions that a call is about. */
    static Map<String, String> actions(ScriptedCall call) {
        Map<String, String> actions = new TreeMap<>(call.parameters());
        actions.keySet().removeIf(name -> !name.startsWith("ActionNames.member."));
        return actions;
    }

    static String role(String arn) {
        return "<Role><Arn>" + arn + "</Arn></Role>";
    }
}
