package dev.upkeep.infra.aws.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A CloudFormation template. Immutable.
 *
 * @param description one sentence
 * @param parameters what whoever stands it up has to say
 * @param resources in the order in which a reader should meet them
 * @param outputs what CloudFormation says when it stands
 * @param reasons why a finding of the linter cfn-lint does not hold here, by the finding's id
 */
public record StackTemplate(
        String description,
        List<Parameter> parameters,
        List<Resource> resources,
        List<Output> outputs,
        Map<String, String> reasons) {

    /** What CloudFormation takes in a request, in bytes. */
    public static final int LARGEST = 51_200;

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if two resources have one name
     */
    public StackTemplate {
        parameters = List.copyOf(parameters);
        resources = List.copyOf(resources);
        outputs = List.copyOf(outputs);
        reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
        List<String> names = new ArrayList<>();
        for (Resource resource : resources) {
            if (names.contains(resource.name())) {
                throw new IllegalArgumentException("two resources are called " + resource.name());
            }
            names.add(resource.name());
        }
    }

    /**
     * What whoever stands a stack up has to say.
     *
     * @param name letters and digits
     * @param pattern what it has to look like, a regular expression
     * @param description one sentence
     */
    public record Parameter(String name, String pattern, String description) {}

    /**
     * What CloudFormation says when a stack stands.
     *
     * @param name letters and digits
     * @param value what it says
     * @param description one sentence
     */
    public record Output(String name, Value value, String description) {}

    /**
     * What has to stand before a resource: what its properties refer to, and what it depends on beside that.
     *
     * @param resource one of the template
     * @return the names of other resources of the template, in its order
     */
    public List<String> needs(Resource resource) {
        Set<String> named = new HashSet<>(References.in(resource.properties()));
        named.addAll(References.in(resource.attributes()));
        named.addAll(resource.dependsOn());
        named.remove(resource.name());
        return resources.stream().map(Resource::name).filter(named::contains).toList();
    }

    /**
     * The template as CloudFormation reads it.
     *
     * @return JSON with line breaks; the same text for equal templates
     */
    public String json() {
        return TemplateJson.write(this);
    }
}
