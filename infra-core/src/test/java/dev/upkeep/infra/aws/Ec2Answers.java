package dev.upkeep.infra.aws;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What EC2 answers, in the elements of its service model. */
final class Ec2Answers {

    private Ec2Answers() {}

    /** The type, its zones and the machine image that a spec has unless it says otherwise. */
    static void everythingIsThere(ScriptedAws aws) {
        aws.usually("DescribeInstanceTypeOfferings", call -> offerings("eu-west-1a", "eu-west-1b"));
        aws.usually("DescribeInstanceTypes", call -> types("x86_64"));
        aws.usually(
                "DescribeImages",
                call -> call.parameter("Owner.1").isEmpty()
                        ? image("ami-0123456789abcdef0", "<architecture>x86_64</architecture>")
                        : ScriptedAnswer.result("<imagesSet/>"));
    }

    static ScriptedAnswer offerings(String... zones) {
        return ScriptedAnswer.result(Arrays.stream(zones)
                .map(zone ->
                        "<item><instanceType>t3.micro</instanceType><locationType>availability-zone</locationType><location>"
                                + zone + "</location></item>")
                .collect(Collectors.joining("", "<instanceTypeOfferingSet>", "</instanceTypeOfferingSet>")));
    }

    /** A t3.micro that the free plan allows. */
    static ScriptedAnswer types(String architecture) {
        return ScriptedAnswer.result("<instanceTypeSet><item><instanceType>t3.micro</instanceType>"
                + "<freeTierEligible>true</freeTierEligible><vCpuInfo><defaultVCpus>2</defaultVCpus></vCpuInfo><processorInfo><supportedArchitectures><item>"
                + architecture
                + "</item></supportedArchitectures></processorInfo></item></instanceTypeSet>");
    }

    /** With its root disk where it usually is, unless the elements say otherwise. */
    static ScriptedAnswer image(String id, String elements) {
        String device = elements.contains("rootDeviceName") ? "" : "<rootDeviceName>/dev/xvda</rootDeviceName>";
        return ScriptedAnswer.result("<imagesSet><item><imageId>" + id + "</imageId><imageState>available</imageState>"
                + elements + device + "</item></imagesSet>");
    }

    /** Running instances, each in its elements. */
    static ScriptedAnswer instances(String... elements) {
        return ScriptedAnswer.result(Arrays.stream(elements)
                .map(instance -> "<item><instancesSet><item>" + instance + "</item></instancesSet></item>")
                .collect(Collectors.joining("", "<reservationSet>", "</reservationSet>")));
    }
}
