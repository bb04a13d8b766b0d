package dev.upkeep.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One call that an SDK made, by its action and its parameters. */
record ScriptedCall(String action, Protocol protocol, Map<String, String> parameters) {

    private static final String TARGET = "X-Amz-Target";

    /** How AWS puts answers and errors. EC2 has its own form of that of the other services with XML; where paths are called, actions are these. */
    enum Protocol {
        JSON,
        REST,
        QUERY,
        EC2
    }

    static ScriptedCall of(Request request) {
        if (request.containsHeader(TARGET)) {
            String target = request.getHeader(TARGET);
            return new ScriptedCall(
                    target.substring(target.indexOf('.') + 1), Protocol.JSON, json(request.getBodyAsString()));
        }
        Map<String, String> form = form(request.getBodyAsString());
        if (!form.containsKey("Action")) {
            return new ScriptedCall(request.getUrl().split("[?]", 2)[0], Protocol.REST, Map.of());
        }
        boolean isEc2 = String.valueOf(request.getHeader("Authorization")).contains("/ec2/aws4_request");
        return new ScriptedCall(form.getOrDefault("Action", ""), isEc2 ? Protocol.EC2 : Protocol.QUERY, form);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static Map<String, String> json(String body) {
        try {
            JsonNode tree = new ObjectMapper().readTree(body);
            Map<String, String> parameters = new TreeMap<>();
            tree.properties()
                    .forEach(field -> parameters.put(
                            field.getKey(),
                            field.getValue().isValueNode()
                                    ? field.getValue().asText()
                                    : field.getValue().toString()));
            return parameters;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(body, e);
        }
    }

    /** One of its parameters, empty if it has none of that name. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
