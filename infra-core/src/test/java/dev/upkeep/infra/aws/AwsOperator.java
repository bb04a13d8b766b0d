package dev.upkeep.infra.aws;

import dev.upkeep.infra.dns.DnsClient;
import dev.upkeep.infra.failure.InfraException;
import dev.upkeep.infra.inventory.StackStatus;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.progress.Operation;
import dev.upkeep.infra.progress.Outcome;
import dev.upkeep.infra.progress.ProgressEvent;
import dev.upkeep.infra.rollout.OutsideCheck;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.ImageSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.time.Polling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Somebody who works with a stack on AWS and keeps what is said. Time passes only while something is waited for, and in no time. */
final class AwsOperator implements AutoCloseable {

    static final StackName SHOP = StackName.of("shop");
    static final Duration PAUSE = Duration.ofSeconds(10);
    static final Instant MORNING = Instant.parse("2026-11-27T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(MORNING);
    private final List<String> told = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final Deque<String> missing = new ArrayDeque<>(List.of(""));
    private final AwsPlatform platform;

    AwsOperator(Supplier<DnsClient> dns) {
        Polling polling = new Polling(now::get, pause -> now.updateAndGet(at -> at.plus(pause))).every(PAUSE);
        OutsideCheck outside = (edge, version) -> missing.size() > 1 ? missing.remove() : missing.element();
        ImagePublisher publisher = (spec, report) -> {
            throw new IllegalStateException("no image is missing");
        };
        this.platform = AwsPlatform.in(
                Optional.of("eu-west-1"), new AwsPlatform.Ports(publisher, outside, polling), now::get, dns);
    }

    static StackSpec spec() {
        return specOn(AwsSettings.standard(Optional.of("eu-west-1")));
    }

    static StackSpec specOn(AwsSettings settings) {
        return StackSpec.builder("shop", "1.0.6")
                .shape(Shape.HIGHLY_AVAILABLE)
                .appBase("registry.example.org/java")
                .aws(settings)
                .images(new ImageSettings(
                        Optional.of("123456789012.dkr.ecr.eu-west-1.amazonaws.com"),
                        ImageSettings.DEFAULT_NGINX,
                        ImageSettings.standard().platforms()))
                .build();
    }

    /** What users miss from now on, at one look from outside after the other; the last one stays. */
    void usersMiss(String... looks) {
        missing.clear();
        missing.addAll(List.of(looks));
    }

    AwsPlatform platform() {
        return platform;
    }

    Plan plan() throws InterruptedException {
        return platform.plan(spec());
    }

    StackStatus status() throws InterruptedException {
        return platform.status(SHOP);
    }

    /** Plans, does it, and tells what went wrong; empty if nothing did. */
    String apply() throws InterruptedException {
        return finish(plan());
    }

    String destroy() throws InterruptedException {
        return finish(platform.planDestroy(SHOP));
    }

    String finish(Plan plan) throws InterruptedException {
        return follow(platform.start(plan), 0);
    }

    String follow(Operation operation, long cursor) throws InterruptedException {
        Outcome outcome = platform.follow(operation, cursor, this::note);
        return outcome.failure()
                .map(InfraException::getMessage)
                .map(String::valueOf)
                .orElse(
                        outcome.ending() == Outcome.Ending.SUCCEEDED
                                ? ""
                                : outcome.ending().name());
    }

    private void note(ProgressEvent event) {
        told.add(event.resource() + " " + event.kind() + ": " + event.message());
        numbers.add(event.id());
    }

    /** What was said while following, in order. */
    List<String> told() {
        return List.copyOf(told);
    }

    List<Long> numbers() {
        return List.copyOf(numbers);
    }

    /** Some time later. */
    void isLater(Duration by) {
        now.updateAndGet(at -> at.plus(by));
    }

    Duration waited() {
        return Duration.between(MORNING, now.get());
    }

    @Override
    public void close() {
        platform.close();
    }
}
