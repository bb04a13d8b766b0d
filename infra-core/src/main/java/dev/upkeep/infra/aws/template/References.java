package dev.upkeep.infra.aws.template;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which names a value refers to, the ways of the template language that {@link Value} knows. */
final class References {

    /** What stands for another value in {@code Fn::Sub}; {@code ${!Name}} stands for itself. */
    private static final Pattern FILLED = Pattern.compile("\\$\\{([^!.}][^.}]*)(\\.[^}]*)?}");

    private final Set<String> names = new LinkedHashSet<>();

    private References() {}

    /** In the order in which they are met; pseudo parameters such as {@code AWS::Region} too. */
    static Set<String> in(Value value) {
        References references = new References();
        references.visit(value);
        return references.names;
    }

    private void visit(Value value) {
        if (value instanceof Fields fields) {
            fields.values().values().forEach(this::visit);
        } else if (value instanceof Value.Items items) {
            items.items().forEach(this::visit);
        } else if (value instanceof Value.Joined joined) {
            joined.parts().forEach(this::visit);
        } else if (value instanceof Value.Encoded encoded) {
            visit(encoded.content());
        } else if (value instanceof Value.Reference reference) {
            names.add(reference.name());
        } else if (value instanceof Value.Attribute attribute) {
            names.add(attribute.resource());
        } else if (value instanceof Value.Filled filled) {
            Matcher found = FILLED.matcher(filled.pattern());
            while (found.find()) {
                names.add(found.group(1));
            }
        }
    }
}
