package dev.upkeep.infra.aws.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.plan.FieldChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonDifferenceTest {

    private static List<FieldChange> between(String from, String to) {
        return JsonDifference.between("", DeployedTemplate.tree(from), DeployedTemplate.tree(to));
    }

    @Test
    void namesEveryPartThatDiffersByItsPath() {
        assertThat(between(
                        "{\"A\": {\"B\": 1, \"C\": \"x\"}, \"Gone\": true}",
                        "{\"A\": {\"B\": 2, \"C\": \"x\"}, \"New\": \"n\"}"))
                .containsExactly(
                        new FieldChange("A/B", "1", "2"),
                        new FieldChange("New", "", "n"),
                        new FieldChange("Gone", "true", ""));
        assertThat(between("{\"A\": [1, 2]}", "{\"A\": [1, 2]}")).isEmpty();
    }

    @Test
    void tellsPartsOfAListApartByTheirNamesSoThatTheirOrderDoesNotMatter() {
        assertThat(between(
                        "{\"Tags\": [{\"Key\": \"a\", \"Value\": \"1\"}, {\"Key\": \"b\", \"Value\": \"2\"}]}",
                        "{\"Tags\": [{\"Key\": \"b\", \"Value\": \"3\"}, {\"Key\": \"a\", \"Value\": \"1\"}]}"))
                .containsExactly(new FieldChange("Tags/b", "2", "3"));
        assertThat(between("{\"L\": [{\"P\": 1}, {\"P\": 2}]}", "{\"L\": [{\"P\": 1}, {\"P\": 3}]}"))
                .containsExactly(new FieldChange("L/1/P", "2", "3"));
    }

    @Test
    void takesAListOfValuesAndAFunctionAsOneValue() {
        assertThat(between("{\"A\": [\"x\", {\"Ref\": \"Y\"}]}", "{\"A\": [\"x\", {\"Ref\": \"Z\"}]}"))
                .containsExactly(new FieldChange("A", "x, Y", "x, Z"));
        assertThat(between("{\"A\": {\"Fn::GetAtt\": [\"R\", \"Arn\"]}}", "{\"A\": \"arn\"}"))
                .containsExactly(new FieldChange("A", "R.Arn", "arn"));
    }
}
