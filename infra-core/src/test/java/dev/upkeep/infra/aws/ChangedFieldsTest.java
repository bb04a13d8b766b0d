package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.plan.Action;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plan says of the fields that change, from a change set as CloudFormation describes it with the values of properties. */
class ChangedFieldsTest extends AwsStory {

    private static final String TRUNCATED = "<Name>LaunchTemplateData</Name><Path>/Properties/LaunchTemplateData</Path>"
            + "<BeforeValue>(Truncated-Signature):8892463b</BeforeValue><AfterValue>(Truncated-Signature):de795a4a</AfterValue>"
            + "<AttributeChangeType>Modify</AttributeChangeType>";

    private static final String VERSION =
            "<Name>LaunchTemplate</Name><Path>/Properties/LaunchTemplate/Version</Path><BeforeValue>1</BeforeValue>"
                    + "<AfterValue>{{changeSet:KNOWN_AFTER_APPLY}}</AfterValue>"
                    + "<AttributeChangeType>Modify</AttributeChangeType>";

    @BeforeEach
    void itStands() {
        shop.is("CREATE_COMPLETE");
    }

    private static String template() {
        return ServerStack.template(
                        AwsOperator.spec(),
                        new Resolved(
                                List.of(),
                                Optional.of("ami-0123456789abcdef0"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                .json();
    }

    private List<FieldChange> fields(Plan plan, String resource) {
        return plan.changes().stream()
                .filter(change -> change.resource().equals(resource))
                .map(Change::fields)
                .findFirst()
                .orElseThrow();
    }

    /** It is read for what was adopted. */
    private static final int OF_THE_BASE = 1;

    private void anotherLaunchTemplate() {
        shop.wouldDo(
                ScriptedStack.modified("LaunchTemplate", "AWS::EC2::LaunchTemplate", TRUNCATED),
                ScriptedStack.modified("Group", Costs.GROUP_TYPE, VERSION));
    }

    @Test
    void whatTheChangeSetOnlySignsIsReadFromTheTemplates() throws InterruptedException {
        anotherLaunchTemplate();
        shop.hasTemplate(template()
                .replace("\"t3.micro\"", "\"t3.small\"")
                .replace("\"VolumeSize\" : 8", "\"VolumeSize\" : 20")
                .replace("\"runcmd:\"", "\"runcmd: # by hand\""));

        Plan plan = operator.plan();

        assertThat(fields(plan, "LaunchTemplate"))
                .contains(
                        new FieldChange("instance type", "t3.small", "t3.micro"),
                        new FieldChange("disk size in GB", "20", "8"))
                .anySatisfy(field -> assertThat(field.field() + ": " + field.to())
                        .matches("user data: \\d+ lines, 1 of them new, 1 gone"))
                .hasSize(3);
        assertThat(fields(plan, "Group"))
                .containsExactly(new FieldChange("version of the launch template", "1", "(known when it is made)"));
        assertThat(plan.changes()).extracting(Change::action).containsExactly(Action.UPDATE, Action.REPLACE);
        assertThat(plan.monthly().orElseThrow().isChange()).isTrue();
        assertThat(aws.calls("GetTemplate")).isEqualTo(1 + OF_THE_BASE);
    }

    @Test
    void whereTheTemplateMayNotBeReadThePlanIsMadeAllTheSame() throws InterruptedException {
        anotherLaunchTemplate();
        shop.always("GetTemplate", ScriptedAnswer.denied("cloudformation:GetTemplate"));

        assertThat(fields(operator.plan(), "LaunchTemplate"))
                .containsExactly(new FieldChange("LaunchTemplateData", "", "(changes with what it refers to)"));
    }

    @Test
    void whatTheChangeSetTellsNeedsNoOtherCall() throws InterruptedException {
        shop.wouldDo(
                ScriptedStack.modified(
                        "Group",
                        Costs.GROUP_TYPE,
                        "<Name>MaxSize</Name><Path>/Properties/MaxSize</Path><BeforeValue>2</BeforeValue><AfterValue>4</AfterValue>"),
                ScriptedStack.modified(
                        "Vpc",
                        "AWS::EC2::VPC",
                        "<Path>/Properties/Tags</Path><BeforeValue>[{\"Key\":\"Name\",\"Value\":\"shop-vpc\"}]</BeforeValue>"
                                + "<AfterValue>[{\"Key\":\"owner\",\"Value\":\"web\"},{\"Key\":\"Name\",\"Value\":\"shop-vpc\"}]</AfterValue>"));

        Plan plan = operator.plan();

        assertThat(fields(plan, "Group")).containsExactly(new FieldChange("most instances", "2", "4"));
        assertThat(fields(plan, "Vpc")).containsExactly(new FieldChange("Tags/owner", "", "web"));
        assertThat(aws.calls("GetTemplate")).isEqualTo(OF_THE_BASE);
    }

    @Test
    void whatOnlyLintersReadIsLeftOut() throws InterruptedException {
        shop.wouldDo(ScriptedStack.modified(
                        "Group",
                        Costs.GROUP_TYPE,
                        "<Name>MaxSize</Name><Path>/Properties/MaxSize</Path><BeforeValue>2</BeforeValue><AfterValue>4</AfterValue>",
                        "<Path>/Metadata/checkov</Path>")
                .replace(
                        "<Attribute>Properties</Attribute><Path>/Metadata",
                        "<Attribute>Metadata</Attribute><Path>/Metadata"));

        assertThat(fields(operator.plan(), "Group")).containsExactly(new FieldChange("most instances", "2", "4"));
    }

    /** The same property is named once for itself and once for each resource that it refers to, and only one of them has the values. */
    @Test
    void ofAPropertyThatIsNamedTwiceTheValuesAreTaken() throws InterruptedException {
        shop.wouldDo(ScriptedStack.modified(
                "Group",
                Costs.GROUP_TYPE,
                "<Name>LaunchTemplate</Name><Path>" + "/Properties/LaunchTemplate/Version</Path>",
                VERSION));

        assertThat(fields(operator.plan(), "Group"))
                .containsExactly(new FieldChange("version of the launch template", "1", "(known when it is made)"));
    }
}
