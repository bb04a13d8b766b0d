package dev.upkeep.infra.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upkeep.infra.failure.InvalidSpecException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppPermissionsTest {

    private static final AppPermissions.Policy READ =
            new AppPermissions.Policy("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AmazonS3ReadOnlyAccess",
                "arn:aws:iam::aws:role/x",
                "arn:aws:iam::1234:policy/x",
                "arn:aws:iam::aws:policy/",
                "arn:aws:s3:::bucket"
            })
    void refusesWhatIsNoPolicy(String arn) {
        assertThatThrownBy(() -> new AppPermissions.Policy(arn))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("\"" + arn + "\" is no policy; write its ARN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3", "s3:", "S3:GetObject", "s3:Get Object", "s3:Get:Object"})
    void refusesWhatIsNoAction(String action) {
        assertThatThrownBy(() -> new AppPermissions.Statement(List.of(action), List.of("*")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("\"" + action + "\" is no action; write it like s3:GetObject");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shop-files", "arn:aws:s3", "arn:aws:s3:::", "arn:aws:s3:::a b", "arn:aws:s3:::${AWS::Region}"})
    void refusesWhatIsNoResource(String resource) {
        assertThatThrownBy(() -> new AppPermissions.Statement(List.of("s3:GetObject"), List.of(resource)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("\"" + resource + "\" is no resource; write an ARN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "arn:aws:s3:::shop-files/*",
                "arn:aws:sqs:eu-west-1:123456789012:shop-*",
                "arn:aws:iam::123456789012:role/x",
                "arn:aws-cn:dynamodb:*:*:table/t"
            })
    void acceptsResourcesThatPeopleUse(String resource) {
        assertThatCode(() -> new AppPermissions.Statement(List.of("s3:Get*", "dynamodb:*"), List.of(resource)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWhatAllowsEverythingOrNothing() {
        assertThatThrownBy(() -> new AppPermissions.Statement(List.of("*"), List.of("*")))
                .hasMessageContaining("the action * allows the application everything");
        assertThatThrownBy(() -> new AppPermissions.Statement(List.of(), List.of("*")))
                .hasMessageContaining("a statement needs both actions and resources");
        assertThatThrownBy(() -> new AppPermissions.Statement(List.of("s3:Get*"), List.of()))
                .hasMessageContaining("a statement needs both actions and resources");
        assertThatThrownBy(() -> new AppPermissions(Collections.nCopies(11, READ), List.of()))
                .hasMessageContaining("11 policies are more than a role takes; name at most 10");
    }

    @Test
    void aStackOnThisMachineHasNone() {
        AppPermissions permissions = new AppPermissions(List.of(READ), List.of());
        StackSpecBuilder builder = StackSpec.builder("shop", "1").permissions(permissions);

        assertThat(builder.aws("eu-west-1").build().permissions()).isEqualTo(permissions);
        assertThatThrownBy(() -> builder.local(0).build())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(
                        "/app/permissions: permissions are for the role of an application on AWS, and this"
                                + " stack stands on this machine; leave them out for platform: local");
    }
}
