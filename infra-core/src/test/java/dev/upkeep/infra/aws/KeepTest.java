package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.plan.Change;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.AwsSettings.Keep;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file asks a destroy to keep images, or logs, or both. */
class KeepTest extends AwsStory {

    private static StackSpec keeping(Keep... keep) {
        AwsSettings standard = AwsSettings.standard(Optional.of("eu-west-1"));
        return AwsOperator.specOn(standard.with(new AwsSettings.Operation(
                Optional.empty(), AwsSettings.Operation.DEFAULT_LOG_DAYS, Optional.empty(), Set.of(keep))));
    }

    private static StackTemplate template(StackSpec spec, String... adopted) {
        return BaseStack.template(spec, StackImages.names(spec), new BaseStack.Adopted(Set.of(adopted), Set.of()));
    }

    @BeforeEach
    void canBeDestroyed() {
        base.whenDeleted(() -> base.is("DELETE_IN_PROGRESS", "DELETE_COMPLETE")
                .happened(
                        "shop-base DELETE_IN_PROGRESS User Initiated",
                        "Logs DELETE_SKIPPED",
                        "shop-base DELETE_COMPLETE"));
    }

    @Test
    void aPlanTellsCloudFormationWhatToKeepAndDoesNotTakeItForAdopted() throws InterruptedException {
        StackSpec spec = keeping(Keep.IMAGES);
        base.standsWith(template(keeping(Keep.LOGS)));

        operator.platform().plan(spec);

        assertThat(aws.sent("CreateChangeSet", "shop-base", "TemplateBody"))
                .containsExactly(template(spec).json());
        assertThat(BaseContents.of(template(spec).json()).kept())
                .extracting(BaseContents.Item::describe)
                .containsExactly("repository shop/edge", "repository shop/web", "repository shop/app");
    }

    @Test
    void aDestroyKeepsWhatTheFileAsksForAndSaysHowToGoOn() throws InterruptedException {
        StackSpec spec = keeping(Keep.LOGS);
        base.standsWith(template(spec, "WebRepository"));

        Plan plan = operator.platform().planDestroy(spec);

        assertThat(plan.changes())
                .extracting(Change::reason)
                .contains(
                        "CloudFormation; the images and logs in it are lost with it, but for what was adopted and is kept:"
                                + " repository shop/web, but for what is kept as aws.keep asked: log group /upkeep/shop");
        assertThat(operator.finish(plan)).isEmpty();
        assertThat(operator.told())
                .contains(
                        "repository shop/web DONE: is kept, as it was adopted",
                        "log group /upkeep/shop DONE: is kept, as aws.keep asked; upkeep adopt takes it into a new stack, and"
                                + " aws logs delete-log-group --log-group-name /upkeep/shop removes it");
    }

    @Test
    void aDestroySpeaksOfNoImagesWhereTheyAreElsewhere() throws InterruptedException {
        base.standsWith(BaseStack.template(keeping(), List.of()));

        assertThat(operator.platform().planDestroy(keeping()).changes())
                .extracting(Change::reason)
                .contains("CloudFormation; the logs in it are lost with it");
    }

    @Test
    void whatNoApplyHasToldCloudFormationYetIsNotLost() throws InterruptedException {
        StackSpec spec = keeping(Keep.IMAGES, Keep.LOGS);
        base.standsWith(template(keeping(Keep.LOGS), "WebRepository"));

        assertThatThrownBy(() -> operator.platform().planDestroy(spec))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage(
                        "Refused on stack shop: aws.keep asks to keep repository shop/edge, repository shop/app, and no"
                                + " apply has told CloudFormation so yet; run upkeep apply first, or take it out of the file");
        assertThat(operator.platform().planDestroy(keeping(Keep.LOGS)).isEmpty())
                .isFalse();
        base.is(ScriptedStack.NONE);
        assertThat(operator.platform().planDestroy(spec).isEmpty()).isFalse();
    }
}
