package dev.upkeep.infra.aws;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.Optional;

/** What AWS answers to a call, before it is known in which protocol it was asked. */
record ScriptedAnswer(int status, String code, String text, Optional<Fault> fault, boolean isCarriedOut) {

    private static final int OK = 200;
    private static final ScriptedAnswer AS_USUAL = result("");

    /** What was asked for; the elements inside of the result. */
    static ScriptedAnswer result(String elements) {
        return new ScriptedAnswer(OK, "", elements, Optional.empty(), true);
    }

    /** What it would have answered anyway. */
    static ScriptedAnswer asUsual() {
        return AS_USUAL;
    }

    /** An error of the caller. */
    static ScriptedAnswer refused(String code, String message) {
        return error(400, code, message);
    }

    static ScriptedAnswer error(int status, String code, String message) {
        return new ScriptedAnswer(status, code, message, Optional.empty(), false);
    }

    static ScriptedAnswer throttled() {
        return refused("Throttling", "Rate exceeded");
    }

    static ScriptedAnswer denied(String action) {
        return error(
                403,
                "AccessDenied",
                "User: " + ScriptedAws.OPERATOR + " is not authorized to perform: " + action
                        + " because no identity-based policy allows the " + action + " action");
    }

    static ScriptedAnswer expired() {
        return error(403, "ExpiredToken", "The security token included in the request is expired");
    }

    /** An error in the words of a proxy or a load balancer on the way, which knows nothing of AWS's protocols. */
    static ScriptedAnswer badGateway() {
        return new ScriptedAnswer(502, "", "<html><body>Bad Gateway</body></html>", Optional.empty(), false);
    }

    /** The connection is cut before anything is done. */
    static ScriptedAnswer cut() {
        return new ScriptedAnswer(OK, "", "", Optional.of(Fault.CONNECTION_RESET_BY_PEER), false);
    }

    /** It is done, and the connection is cut before the answer has arrived. */
    static ScriptedAnswer lost() {
        return new ScriptedAnswer(OK, "", "", Optional.of(Fault.CONNECTION_RESET_BY_PEER), true);
    }

    ResponseDefinition response(ScriptedCall call) {
        ResponseDefinitionBuilder builder = new ResponseDefinitionBuilder().withStatus(status);
        return fault.map(builder::withFault)
                .orElseGet(() -> builder.withHeader(
                                "Content-Type",
                                call.protocol() == ScriptedCall.Protocol.JSON
                                        ? "application/x-amz-json-1.1"
                                        : "text/xml")
                        .withBody(body(call)))
                .build();
    }

    private String body(ScriptedCall call) {
        return switch (call.protocol()) {
            case JSON -> status == OK ? text : "{\"__type\": \"" + code + "\", \"message\": \"" + text + "\"}";
            case REST -> status == OK ? text : xmlError("ErrorResponse", "");
            case QUERY -> status == OK ? queryResult(call.action()) : xmlError("ErrorResponse", "");
            case EC2 ->
                status == OK
                        ? "<" + call.action() + "Response><requestId>1</requestId>" + text + "</" + call.action()
                                + "Response>"
                        : xmlError("Response", "Errors");
        };
    }

    private String queryResult(String action) {
        return "<" + action + "Response><" + action + "Result>" + text + "</" + action
                + "Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></" + action + "Response>";
    }

    private String xmlError(String root, String list) {
        String error = "<Error><Code>" + code + "</Code><Message>" + text + "</Message></Error>";
        String inList = list.isEmpty() ? error : "<" + list + ">" + error + "</" + list + ">";
        return code.isEmpty() ? text : "<" + root + ">" + inList + "<RequestId>1</RequestId></" + root + ">";
    }
}
