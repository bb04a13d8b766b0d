package dev.upkeep.infra.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class AwsAdviceTest {

    private static AwsServiceException answer(AwsErrorDetails details) {
        return AwsServiceException.builder()
                .statusCode(400)
                .awsErrorDetails(details)
                .build();
    }

    private static AwsServiceException answer(String code, String message) {
        return answer(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build());
    }

    @Test
    void anAnswerWithoutAReasonIsSaidToHaveNone() {
        AwsServiceException bare = answer(AwsErrorDetails.builder().build());

        assertThat(AwsAdvice.found(bare)).isEqualTo("AWS answered 400 without a reason");
        assertThat(AwsAdvice.next(bare, "ecr:GetAuthorizationToken", "eu-west-1"))
                .isEqualTo("look whether it is AWS that answers: see AWS_ENDPOINT_URL and the proxy, if they are set");
        assertThat(AwsAdvice.code(bare)).isEmpty();
    }

    @Test
    void whatAwsSaysIsQuoted() {
        assertThat(AwsAdvice.found(answer("ValidationError", "no\nname")))
                .isEqualTo("AWS answered 400 (ValidationError: no name)");
        assertThat(AwsAdvice.found(
                        answer(AwsErrorDetails.builder().errorCode("Teapot").build())))
                .isEqualTo("AWS answered 400 (Teapot)");
    }
}
