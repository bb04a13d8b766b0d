package dev.upkeep.infra.aws.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One resource of a template. Immutable; every {@code with} returns a copy.
 *
 * @param name its logical id: letters and digits
 * @param type such as {@code AWS::EC2::VPC}
 * @param properties what the type has
 * @param dependsOn the logical ids of what has to stand first beside what the properties name
 * @param attributes what CloudFormation itself is told of it, such as {@code DeletionPolicy}
 * @param reasons why a finding of a linter does not hold here, by the finding's id
 */
public record Resource(
        String name,
        String type,
        Fields properties,
        List<String> dependsOn,
        Fields attributes,
        Map<String, String> reasons) {

    /** Copies lists and maps. */
    public Resource {
        dependsOn = List.copyOf(dependsOn);
        reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    }

    /**
     * A resource of which CloudFormation is told nothing else.
     *
     * @param name its logical id
     * @param type such as {@code AWS::EC2::VPC}
     * @param properties what the type has
     * @return the resource
     */
    public static Resource of(String name, String type, Fields properties) {
        return new Resource(name, type, properties, List.of(), Fields.none(), Map.of());
    }

    /**
     * What has to stand first.
     *
     * @param names logical ids
     * @return a new resource
     */
    public Resource after(List<String> names) {
        List<String> all = new ArrayList<>(dependsOn);
        all.addAll(names);
        return new Resource(name, type, properties, all, attributes, reasons);
    }

    /**
     * What CloudFormation itself is told of it.
     *
     * @param attribute such as {@code DeletionPolicy}
     * @param value its value
     * @return a new resource
     */
    public Resource with(String attribute, Value value) {
        return new Resource(name, type, properties, dependsOn, attributes.with(attribute, value), reasons);
    }

    /**
     * Says why a finding of the linter checkov does not hold here.
     *
     * @param finding its id, such as {@code CKV_AWS_91}
     * @param reason one sentence
     * @return a new resource
     */
    public Resource although(String finding, String reason) {
        Map<String, String> more = new LinkedHashMap<>(reasons);
        more.put(finding, reason);
        return new Resource(name, type, properties, dependsOn, attributes, more);
    }

    /**
     * What {@code Ref} gives of it.
     *
     * @return such as its id
     */
    public Value ref() {
        return Value.ref(name);
    }

    /**
     * What {@code Fn::GetAtt} gives of it.
     *
     * @param attribute such as {@code Arn}
     * @return the value
     */
    public Value attribute(String attribute) {
        return Value.attribute(name, attribute);
    }
}
