package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.inventory.Output;
import org.junit.jupiter.api.Test;

class OutputsTest extends AwsStory {

    @Test
    void whereUsersReachItComesFirst() throws InterruptedException {
        shop.is("CREATE_COMPLETE").output("Alarms", "arn:alarm:1").output("VpcId", "vpc-1");

        assertThat(operator.status().outputs())
                .extracting(Output::name)
                .containsExactly("url", "alarms", "group", "vpc-id");
    }
}
