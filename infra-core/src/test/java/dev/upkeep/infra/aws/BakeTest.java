package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.aws.stack.ImageStack;
import dev.upkeep.infra.aws.stack.MachineRecipe;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.bake.Bakery;
import dev.upkeep.infra.bake.Pruning;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a machine image that is made, where one of the steps goes wrong, and of older ones. */
class BakeTest extends AwsStory {

    private static final String BASE = "ami-0123456789abcdef0";
    private static final MachineRecipe RECIPE = MachineRecipe.of(
            AwsOperator.spec(),
            new Resolved(
                    List.of(),
                    Optional.of(BASE),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
            List.of());
    private static final String NAME = RECIPE.imageName();

    private static final String INSTANCE = "/AWS::EC2::Instance";
    private static final String MAKING = "shop-image CREATE_IN_PROGRESS User Initiated";
    private static final String NOT_SIGNALLED = "Received FAILURE signal with UniqueId i-1";
    private static final String MEND_IT = "; mend it, then run upkeep ami build";

    /** What has happened to the stack in which images are made. */
    private final List<String> happened = new ArrayList<>();

    private ScriptedImages images;

    @BeforeEach
    void allGoesWell() {
        Ec2Answers.everythingIsThere(aws);
        images = new ScriptedImages(aws);
        aws.usually("FilterLogEvents", call -> ScriptedAnswer.result("{\"events\": []}"));
        aws.usually("GetConsoleOutput", call -> ScriptedAnswer.result("<output/>"));
        machineImage.tag(ImageStack.RECIPE_TAG, RECIPE.hash());
        machineImage.whenExecuted(this::builderIsReady);
        machineImage.whenDeleted(() -> {
            happens("shop-image DELETE_IN_PROGRESS User Initiated", "shop-image DELETE_COMPLETE");
            machineImage.is("DELETE_COMPLETE").whenExecuted(this::builderIsReady);
        });
    }

    private void happens(String... events) {
        happened.addAll(List.of(events));
        machineImage.happened(happened.toArray(String[]::new));
    }

    private void builderIsReady() {
        happens(MAKING, "shop-image CREATE_COMPLETE");
        machineImage.is("CREATE_COMPLETE").whenExecuted(this::canaryServes);
    }

    private void canaryServes() {
        happens("shop-image UPDATE_IN_PROGRESS User Initiated", "shop-image UPDATE_COMPLETE");
        machineImage.is("UPDATE_COMPLETE");
    }

    private void builderFails() {
        happens(
                MAKING,
                "Builder" + INSTANCE + " CREATE_IN_PROGRESS Resource creation Initiated",
                "Builder" + INSTANCE + " CREATE_FAILED " + NOT_SIGNALLED,
                "shop-image DELETE_IN_PROGRESS The following resource(s) failed to create: [Builder].",
                "shop-image DELETE_COMPLETE");
        machineImage.is("CREATE_IN_PROGRESS", "DELETE_COMPLETE");
    }

    private void canaryFails(String reason) {
        happens(
                "shop-image UPDATE_IN_PROGRESS User Initiated",
                "Canary" + INSTANCE + " CREATE_FAILED " + reason,
                "shop-image UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Canary].",
                "shop-image UPDATE_ROLLBACK_COMPLETE");
        machineImage.is("UPDATE_ROLLBACK_COMPLETE");
    }

    private Bakery bakery() {
        return operator.platform().bakery().orElseThrow();
    }

    /** Makes one, and tells what went wrong; empty if nothing did. */
    private String bake() throws InterruptedException {
        return operator.follow(bakery().bake(AwsOperator.spec()), 0);
    }

    private void assertNothingIsLeft() {
        assertThat(images.ids()).isEmpty();
        assertThat(images.snapshots()).isEmpty();
        assertThat(aws.sent("DeleteStack", "shop-image", "StackName")).hasSizeLessThanOrEqualTo(1);
        assertThat(aws.changes()).doesNotContain("CreateKeyPair", "RunInstances");
    }

    @Test
    void anImageIsMadeOfTheBuilderAndProvenByAnInstanceOfIt() throws InterruptedException {
        assertThat(bake()).isEmpty();

        assertThat(aws.changes())
                .containsExactly(
                        "CreateChangeSet",
                        "ExecuteChangeSet",
                        "CreateImage",
                        "CreateChangeSet",
                        "ExecuteChangeSet",
                        "CreateTags",
                        "DeleteStack");
        assertThat(aws.sent("CreateImage", "InstanceId")).containsExactly("i-builder");
        assertThat(aws.sent("CreateImage", "NoReboot")).containsExactly("true");
        assertThat(aws.sent("CreateImage", "Name")).containsExactly(NAME);
        assertThat(aws.sent("CreateImage", "TagSpecification.2.ResourceType")).containsExactly("snapshot");
        assertThat(operator.told())
                .contains(
                        "image STARTED: recipe " + RECIPE.hash() + " for 1.0.6, from " + BASE,
                        "image DONE: ami-new0 has served, and is there for instances to come");
        assertThat(images.ids()).containsExactly("ami-new0");
    }

    @Test
    void theSameRecipeMakesNothing() throws InterruptedException {
        images.has("ami-1", NAME, true);

        assertThat(bake()).isEmpty();

        assertThat(aws.changes()).isEmpty();
        assertThat(operator.told())
                .contains("image DONE: ami-1 is there already, made by the same recipe of the same base and release");
    }

    @Test
    void aBuilderThatFailsIsSaidWithItsLastWordsAndNothingIsLeft() throws InterruptedException {
        machineImage.whenExecuted(this::builderFails);
        aws.usually(
                "FilterLogEvents",
                call -> ScriptedAnswer.result("{\"events\": [{\"eventId\": \"1\", \"logStreamName\": \"boot/i-1\","
                        + " \"timestamp\": 1, \"message\": \"no space left\"}]}"));

        assertThat(bake())
                .isEqualTo("Builder failed: " + NOT_SIGNALLED + MEND_IT + "; its log ends with:\nno space left");
        assertThat(aws.sent("FilterLogEvents", "logGroupName")).contains("/upkeep/shop");
        assertNothingIsLeft();
    }

    @Test
    void aBuilderThatCouldSendNothingIsKnownByItsConsole() throws InterruptedException {
        machineImage.whenExecuted(this::builderFails);
        aws.usually(
                "GetConsoleOutput",
                call -> ScriptedAnswer.result("<instanceId>" + call.parameter("InstanceId")
                        + "</instanceId><output>a2VybmVsIHBhbmlj</output>"));

        assertThat(bake()).endsWith("; its log ends with:\nconsole of physical-Builder:\nkernel panic");
    }

    @Test
    void anImageThatEc2CannotMakeGoesWithItsSnapshotAndTheStack() throws InterruptedException {
        images.becomes("pending", "pending", "failed");

        assertThat(bake()).isEqualTo("image failed: EC2 could not make ami-new0: it is failed");
        assertNothingIsLeft();
        assertThat(aws.changes()).endsWith("DeleteStack", "DeregisterImage", "DeleteSnapshot");
    }

    @Test
    void anImageThatStaysPendingIsGivenUp() throws InterruptedException {
        images.becomes("pending");

        assertThat(bake()).isEqualTo("image failed: ami-new0 is still pending after 60 min");
        assertThat(operator.waited()).isGreaterThan(Duration.ofMinutes(59));
        assertNothingIsLeft();
    }

    @Test
    void anImageWhoseInstanceDoesNotServeGoes() throws InterruptedException {
        machineImage.whenExecuted(() -> {
            builderIsReady();
            machineImage.whenExecuted(() -> canaryFails(NOT_SIGNALLED));
        });

        assertThat(bake()).isEqualTo("Canary failed: " + NOT_SIGNALLED + MEND_IT);
        assertNothingIsLeft();
        assertThat(aws.changes()).doesNotContain("CreateTags");
    }

    @Test
    void anImageOfWhichNoInstanceCouldBeStartedIsKeptForTheNextTime() throws InterruptedException {
        machineImage.whenExecuted(() -> {
            builderIsReady();
            machineImage.whenExecuted(() -> canaryFails("We currently do not have sufficient t3.micro capacity"));
        });

        assertThat(bake()).isEqualTo("Canary failed: We currently do not have sufficient t3.micro capacity" + MEND_IT);
        assertThat(operator.told())
                .contains(
                        "image NOTICE: ami-new0 is kept, since no instance of it was started: the next upkeep ami build"
                                + " goes on with it, and upkeep ami prune removes it");
        assertThat(images.ids()).containsExactly("ami-new0");
        assertThat(aws.changes()).endsWith("DeleteStack");
    }

    @Test
    void anImageThatSomebodyUsesIsNotRemovedAfterAFailure() throws InterruptedException {
        machineImage.whenExecuted(() -> {
            builderIsReady();
            machineImage.whenExecuted(() -> canaryFails(NOT_SIGNALLED));
        });
        images.isUsed("ami-new0", "i-7");

        assertThat(bake()).startsWith("Canary failed: ");

        assertThat(images.ids()).containsExactly("ami-new0");
        assertThat(operator.told()).contains("image ami-new0 NOTICE: is kept: used by instance i-7");
    }

    @Test
    void whatWasMadeAndNeverProvenGoesOnceAnotherImageHasServed() throws InterruptedException {
        images.has("ami-1", "upkeep-shop-another", false);
        images.has("ami-2", "upkeep-shop-used", false);
        images.isUsed("ami-2", "i-7");
        images.hasSnapshot("snap-orphan");

        assertThat(bake()).isEmpty();

        assertThat(images.ids()).containsExactly("ami-2", "ami-new2");
        assertThat(images.snapshots()).containsExactly("snap-of-ami-2", "snap-of-ami-new2");
    }

    @Test
    void theImageOfARecipeThatComesBackIsTheNewestAgain() throws InterruptedException {
        images.has("ami-1", NAME, true);
        images.has("ami-2", "upkeep-shop-another", true);
        images.isDeprecated("ami-1");

        assertThat(bake()).isEmpty();

        assertThat(aws.changes()).containsExactly("CreateTags", "DisableImageDeprecation", "EnableImageDeprecation");
        assertThat(operator.told())
                .contains("image ami-1 STEP: is not deprecated any more", "image ami-2 STEP: is deprecated");
        assertThat(bakery().list(AwsOperator.SHOP))
                .extracting(image -> image.id())
                .containsExactly("ami-1", "ami-2");
        assertThat(bakery().planPrune(AwsOperator.SHOP, 1).going())
                .extracting(image -> image.id())
                .containsExactly("ami-2");
        assertThat(operator.platform().plan(baked()).notes())
                .contains("instances are made of ami-1, the newest machine image of the stack's own that has served");
    }

    @Test
    void anOldImageThatIsMadeNoMoreIsSaid() throws InterruptedException {
        images.has("ami-1", NAME, true);
        operator.isLater(Duration.ofDays(45));

        assertThat(bake()).isEmpty();

        assertThat(operator.told())
                .anyMatch(line -> line.matches("image NOTICE: ami-1 was made \\d+ days ago, and no updates since then"
                        + " are in it; a newer aws.base-image makes another one"));
    }

    @Test
    void aProvenImageStaysWhereItsStackCannotBeDeleted() throws InterruptedException {
        machineImage.whenDeleted(() -> {
            happens(
                    "shop-image DELETE_IN_PROGRESS User Initiated",
                    "Vpc DELETE_FAILED it has dependencies",
                    "shop-image DELETE_FAILED");
            machineImage.is("DELETE_FAILED");
        });

        assertThat(bake()).startsWith("Vpc failed: it has dependencies");

        assertThat(images.ids()).containsExactly("ami-new0");
        assertThat(aws.changes()).doesNotContain("DeregisterImage", "DeleteSnapshot");
    }

    @Test
    void whatCannotBeRemovedAfterAFailureIsNamed() throws InterruptedException {
        images.becomes("failed");
        aws.usually("DeregisterImage", call -> ScriptedAnswer.denied("ec2:DeregisterImage"));

        assertThat(bake())
                .startsWith(
                        "image failed: EC2 could not make ami-new0: it is failed; and then what was left could not be"
                                + " removed: Tried to deregister the machine image ami-new0 in eu-west-1")
                .endsWith("; upkeep ami prune removes it");
    }

    @Test
    void anAnswerThatWasLostIsLookedUp() throws InterruptedException {
        aws.next("CreateImage", ScriptedAnswer.lost());
        images.has("ami-new0", NAME, false);

        assertThat(bake()).isEmpty();

        assertThat(images.ids()).containsExactly("ami-new0");
    }

    @Test
    void whoMayNotMakeImagesLearnsItAndGoesOnLater() throws InterruptedException {
        aws.next("CreateImage", ScriptedAnswer.denied("ec2:CreateImage"));

        assertThat(bake()).contains("; allow ec2:CreateImage to this user or role");
        assertThat(operator.told())
                .contains("image NOTICE: what was begun is kept, and the next upkeep ami build goes on with it;"
                        + " instances end themselves after 90 min, an image does not, and upkeep ami prune removes both"
                        + " at once");

        assertThat(bake()).isEmpty();
        assertThat(images.ids()).containsExactly("ami-new0");
        assertThat(aws.sent("ExecuteChangeSet", "shop-image", "ChangeSetName")).hasSize(2);
    }

    @Test
    void aProcessThatWasEndedMayJustHaveOrderedTheImage() throws InterruptedException {
        aws.next("CreateImage", ScriptedAnswer.refused("InvalidAMIName.Duplicate", "AMI name " + NAME + " is in use"));
        images.isListedLate("ami-1", NAME);

        assertThat(bake()).isEmpty();

        assertThat(images.ids()).containsExactly("ami-1");
    }

    @Test
    void aNameThatSomebodyElseHasIsSaid() throws InterruptedException {
        aws.usually(
                "CreateImage",
                call -> ScriptedAnswer.refused("InvalidAMIName.Duplicate", "AMI name " + NAME + " is in use"));

        assertThat(bake()).contains("InvalidAMIName.Duplicate: AMI name " + NAME + " is in use");
        assertThat(operator.waited()).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aSnapshotThatEc2StillCountsAsUsedIsTriedAgain() throws InterruptedException {
        images.has("ami-1", "upkeep-shop-1", true);
        aws.next("DeleteSnapshot", ScriptedAnswer.refused("InvalidSnapshot.InUse", "is currently in use by ami-1"));

        assertThat(follow(bakery().prune(bakery().planPrune(AwsOperator.SHOP, 0))))
                .isEmpty();

        assertThat(images.snapshots()).isEmpty();
    }

    @Test
    void aSnapshotThatAnImageOfOthersIsMadeOfStays() throws InterruptedException {
        images.has("ami-1", "upkeep-shop-1", true);
        aws.usually(
                "DeleteSnapshot",
                call -> ScriptedAnswer.refused("InvalidSnapshot.InUse", "is currently in use by ami-of-others"));

        assertThat(follow(bakery().prune(bakery().planPrune(AwsOperator.SHOP, 0))))
                .isEmpty();

        assertThat(images.ids()).isEmpty();
        assertThat(operator.told())
                .contains("snapshot snap-of-ami-1 NOTICE: is kept: EC2 says that an image of others is made of it");
    }

    @Test
    void noImageGoesWhileCloudFormationChangesTheServers() throws InterruptedException {
        shop.is("UPDATE_IN_PROGRESS");
        images.has("ami-1", "upkeep-shop-1", true);

        Pruning pruning = bakery().planPrune(AwsOperator.SHOP, 0);

        assertThat(pruning.going()).isEmpty();
        assertThat(pruning.staying())
                .extracting(Pruning.Staying::reason)
                .containsExactly("used by stack shop, which CloudFormation is changing");
    }

    @Test
    void aDestroyThatMayNotRemoveTheImagesRemovesNothing() throws InterruptedException {
        shop.is("CREATE_COMPLETE");
        images.has("ami-1", "upkeep-shop-1", true);
        aws.usually("DeregisterImage", call -> ScriptedAnswer.denied("ec2:DeregisterImage"));

        assertThat(operator.destroy())
                .contains("its machine images would be left: Tried to deregister the machine image ami-1")
                .endsWith("; upkeep policy --machine-image prints all that it takes to remove them");

        assertThat(aws.sent("DeleteStack", "StackName")).isEmpty();
        assertThat(images.ids()).containsExactly("ami-1");
    }

    @Test
    void aBuilderThatSomebodyHasLeftIsUsed() throws InterruptedException {
        builderIsReady();

        assertThat(bake()).isEmpty();

        assertThat(aws.changes())
                .containsExactly("CreateImage", "CreateChangeSet", "ExecuteChangeSet", "CreateTags", "DeleteStack");
    }

    @Test
    void aBuilderThatIsStillAtWorkIsWaitedFor() throws InterruptedException {
        builderIsReady();
        machineImage.is("CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE");

        assertThat(bake()).isEmpty();

        assertThat(operator.told()).contains("shop-image NOTICE: was begun before; going on with it");
        assertThat(aws.calls("CreateImage")).isEqualTo(1);
    }

    @Test
    void aBuilderThatHasEndedItselfIsMadeAnew() throws InterruptedException {
        builderIsReady();
        images.builderIsGone();

        bake();

        assertThat(aws.changes()).startsWith("DeleteStack", "CreateChangeSet", "ExecuteChangeSet");
    }

    @Test
    void aBuilderOfAnotherRecipeIsMadeAnew() throws InterruptedException {
        builderIsReady();
        machineImage.tag(ImageStack.RECIPE_TAG, "another");

        bake();

        assertThat(aws.changes()).startsWith("DeleteStack", "CreateChangeSet", "ExecuteChangeSet", "CreateImage");
    }

    @Test
    void anImageThatNobodyHasProvenYetIsProven() throws InterruptedException {
        builderIsReady();
        images.has("ami-1", NAME, false);

        assertThat(bake()).isEmpty();

        assertThat(aws.changes()).containsExactly("CreateChangeSet", "ExecuteChangeSet", "CreateTags", "DeleteStack");
    }

    @Test
    void theImageBeforeIsDeprecated() throws InterruptedException {
        images.has("ami-1", "upkeep-shop-another", true);

        assertThat(bake()).isEmpty();
        assertThat(operator.told()).contains("image ami-1 STEP: is deprecated");
    }

    @Test
    void anImageThatCannotBeDeprecatedIsNoReasonToFail() throws InterruptedException {
        images.has("ami-1", "upkeep-shop-another", true);
        aws.usually("EnableImageDeprecation", call -> ScriptedAnswer.denied("ec2:EnableImageDeprecation"));

        assertThat(bake()).isEmpty();

        assertThat(operator.told())
                .anyMatch(line -> line.startsWith("image ami-1 NOTICE: could not be marked as deprecated: ")
                        && line.contains("allow ec2:EnableImageDeprecation"));
    }

    @Test
    void aPruneKeepsTheNewestAndAllThatAreUsed() throws InterruptedException {
        images.has("ami-1", "upkeep-shop-1", true);
        images.has("ami-2", "upkeep-shop-2", false);
        images.has("ami-3", "upkeep-shop-3", true);
        images.has("ami-4", "upkeep-shop-4", true);
        images.hasSnapshot("snap-orphan");
        images.isUsed("ami-1", "i-7");

        Pruning pruning = bakery().planPrune(AwsOperator.SHOP, 1);

        assertThat(pruning.going()).extracting(image -> image.id()).containsExactly("ami-3", "ami-2");
        assertThat(pruning.staying())
                .extracting(staying -> staying.image().id() + " " + staying.reason())
                .containsExactly("ami-4 one of the newest 1", "ami-1 used by instance i-7");
        assertThat(pruning.leftovers()).containsExactly("snapshot snap-orphan, whose image is gone");
        assertThat(aws.changes()).isEmpty();

        images.isUsed("ami-3", "i-8");
        assertThat(follow(bakery().prune(pruning))).isEmpty();

        assertThat(images.ids()).containsExactly("ami-1", "ami-3", "ami-4");
        assertThat(images.snapshots()).containsExactly("snap-of-ami-1", "snap-of-ami-3", "snap-of-ami-4");
        assertThat(operator.told()).contains("image ami-3 NOTICE: is kept: used by instance i-8");
    }

    private String follow(Operation operation) throws InterruptedException {
        return operator.follow(operation, 0);
    }

    @Test
    void aPruneRemovesWhatABuildHasLeft() throws InterruptedException {
        builderIsReady();

        Pruning pruning = bakery().planPrune(AwsOperator.SHOP, 2);
        assertThat(pruning.leftovers()).containsExactly("stack shop-image, in which an image was to be made");
        assertThat(follow(bakery().prune(pruning))).isEmpty();

        assertThat(aws.changes()).containsExactly("DeleteStack");
    }

    @Test
    void aDestroyTakesTheImagesWithIt() throws InterruptedException {
        shop.is("CREATE_COMPLETE");
        images.has("ami-1", "upkeep-shop-1", true);
        shop.whenDeleted(() ->
                shop.is("DELETE_COMPLETE").happened("shop DELETE_IN_PROGRESS User Initiated", "shop DELETE_COMPLETE"));
        base.whenDeleted(() -> base.is("DELETE_COMPLETE")
                .happened("shop-base DELETE_IN_PROGRESS User Initiated", "shop-base DELETE_COMPLETE"));

        assertThat(operator.platform().planDestroy(AwsOperator.SHOP).changes())
                .extracting(change -> change.resource())
                .containsExactly("stack shop", "release", "machine image ami-1", "stack shop-base");
        assertThat(operator.destroy()).isEmpty();

        assertThat(images.ids()).isEmpty();
        assertThat(images.snapshots()).isEmpty();
    }

    @Test
    void aPlanTakesTheNewestImageThatHasServed() throws InterruptedException {
        StackSpec baked = baked();

        assertThatThrownBy(() -> operator.platform().plan(baked))
                .isInstanceOf(AwsException.class)
                .hasMessage("Tried to find the machine image of the stack shop: there is none for linux/amd64 that has"
                        + " served; make one with upkeep ami build, or name another one in aws.image");

        images.has("ami-1", "upkeep-shop-1", true);
        images.has("ami-2", "upkeep-shop-2", true);
        images.has("ami-3", "upkeep-shop-3", false);
        operator.platform().plan(baked);

        assertThat(aws.sent("CreateChangeSet", "shop", "TemplateBody"))
                .singleElement()
                .asString()
                .contains("\"ImageId\" : \"ami-2\"");
    }

    private static StackSpec baked() {
        AwsSettings settings = AwsSettings.standard(Optional.of("eu-west-1"));
        return AwsOperator.specOn(settings.with(new AwsSettings.Server(
                Optional.empty(),
                AwsSettings.Server.BAKED,
                AwsSettings.Server.AMAZON_LINUX,
                AwsSettings.Server.SMALLEST_DISK,
                0,
                Optional.empty(),
                false)));
    }
}
