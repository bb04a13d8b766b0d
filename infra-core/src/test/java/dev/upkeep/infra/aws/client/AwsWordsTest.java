package dev.upkeep.infra.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Resource creation Initiated | Resource creation Initiated
            Received 1 FAILURE signal(s) out of 2. (see $1) | Received 1 FAILURE signal(s) out of 2. (see $1)
            Resource handler returned message: "No more VPCs for $5. (Service: Ec2, Status Code: 400, Request ID: 7f-1) (SDK Attempt Count: 1)" (RequestToken: 0d-2, HandlerErrorCode: ServiceLimitExceeded) | No more VPCs for $5. (request 7f-1)
            Resource handler returned message: "null" (RequestToken: 0d-2, HandlerErrorCode: InternalFailure) | InternalFailure
            It is in use (Service: AmazonEC2; Status Code: 400; Error Code: InUse; Request ID: 7f-1; Proxy: null) | It is in use (request 7f-1)
            No (Service: Ecr, Status Code: 400, Request ID: 7f-1) (Service: Ecr, Status Code: 400, Request ID: 7f-1) | No (request 7f-1)
            Unable to execute HTTP request: Connection refused (SDK Attempt Count: 4) | Unable to execute HTTP request: Connection refused
            Rate exceeded (Service: Sts, Status Code: 400, Request ID: 7f-1) (SDK Diagnostics: numAttempts = 4) | Rate exceeded (request 7f-1)
            """)
    void onlyAwsItselfIsQuotedAndTheRequestOnce(String text, String said) {
        assertThat(AwsWords.of(text)).isEqualTo(said);
    }
}
