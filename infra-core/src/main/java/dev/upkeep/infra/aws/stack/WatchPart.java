package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Resource;
import dev.upkeep.infra.aws.template.Value;
import java.util.ArrayList;
import java.util.List;

/** Alarms on what the load balancer sees, and who is told. An update that sets one off is taken back. */
final class WatchPart {

    /** The logical ids of all alarms. */
    static final List<String> ALARMS = List.of("ErrorAlarm", "UnhealthyAlarm", "SlowAlarm");

    private static final String TOPIC = "AlarmTopic";
    private static final int MINUTE = 60;

    /** Seconds, for the slowest of twenty requests. */
    private static final int SLOW = 2;

    private final Design design;

    WatchPart(Design design) {
        this.design = design;
    }

    List<Resource> resources() {
        List<Resource> resources = new ArrayList<>();
        design.aws()
                .operation()
                .mail()
                .filter(mail -> design.isBalanced())
                .ifPresent(mail -> resources.add(topic(mail)));
        if (design.isBalanced()) {
            resources.add(alarm(
                    ALARMS.get(0),
                    "More than ten answers a minute with 5xx",
                    Fields.of("MetricName", "HTTPCode_Target_5XX_Count")
                            .with("Statistic", "Sum")
                            .with("Threshold", 10)
                            .with("EvaluationPeriods", 2)
                            .with("Dimensions", Value.list(balancer()))));
            resources.add(alarm(
                    ALARMS.get(1),
                    "An instance has not been ready for three minutes",
                    Fields.of("MetricName", "UnHealthyHostCount")
                            .with("Statistic", "Maximum")
                            .with("Threshold", 0)
                            .with("EvaluationPeriods", 3)
                            .with("Dimensions", Value.list(balancer(), targets()))));
            resources.add(alarm(
                    ALARMS.get(2),
                    "One request in twenty takes longer than " + SLOW + " seconds",
                    Fields.of("MetricName", "TargetResponseTime")
                            .with("ExtendedStatistic", "p95")
                            .with("Threshold", SLOW)
                            .with("EvaluationPeriods", 5)
                            .with("Dimensions", Value.list(balancer()))));
        }
        return List.copyOf(resources);
    }

    private Resource topic(String mail) {
        Fields subscription = Fields.of("Protocol", "email").with("Endpoint", mail);
        return Resource.of(
                        TOPIC,
                        "AWS::SNS::Topic",
                        Fields.of("DisplayName", design.name() + " alarms")
                                .with("Subscription", Value.list(subscription)))
                .although(
                        "CKV_AWS_26",
                        "CloudWatch may not use the key that AWS keeps for SNS; an alarm holds no secret.");
    }

    private Resource alarm(String name, String description, Fields what) {
        Fields properties = Fields.of("AlarmDescription", design.name() + ": " + description)
                .with("Namespace", "AWS/ApplicationELB");
        for (var field : what.values().entrySet()) {
            properties = properties.with(field.getKey(), field.getValue());
        }
        properties = properties
                .with("Period", MINUTE)
                .with("ComparisonOperator", "GreaterThanThreshold")
                // Without requests there is nothing to count.
                .with("TreatMissingData", "notBreaching");
        if (design.aws().operation().mail().isPresent()) {
            properties = properties
                    .with("AlarmActions", Value.list(Value.ref(TOPIC)))
                    .with("OKActions", Value.list(Value.ref(TOPIC)));
        }
        return Resource.of(name, "AWS::CloudWatch::Alarm", properties);
    }

    private static Fields balancer() {
        return Fields.of("Name", "LoadBalancer")
                .with("Value", Value.attribute(BalancerPart.BALANCER, "LoadBalancerFullName"));
    }

    private static Fields targets() {
        return Fields.of("Name", "TargetGroup")
                .with("Value", Value.attribute(BalancerPart.TARGETS, "TargetGroupFullName"));
    }
}
