package dev.upkeep.infra.local;

import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.plan.FieldChange;
import dev.upkeep.infra.plan.Impact;
import dev.upkeep.infra.spec.LocalSettings;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** In which fields two releases differ, as a plan shows it, and what users notice of changing one for the other. */
final class ReleaseDifference {

    private static final String MAX_BODY = "max-body";
    private static final String ANSWER_WITHIN = "answer-within";

    private ReleaseDifference() {}

    /** Of what does not exist yet only those limits are shown that somebody set. */
    static List<FieldChange> fromNothing(String version, Release next) {
        List<FieldChange> fields = new ArrayList<>();
        differ("version", version, next.version()).ifPresent(fields::add);
        differ("site", "", site(next)).ifPresent(fields::add);
        differ("web", "", web(next)).ifPresent(fields::add);
        differ("app", "", next.application().describe()).ifPresent(fields::add);
        NginxLimits standard = NginxLimits.standard();
        differ(MAX_BODY, body(standard), body(next.nginx()))
                .map(change -> new FieldChange(MAX_BODY, "", change.to()))
                .ifPresent(fields::add);
        differ(
                        ANSWER_WITHIN,
                        seconds(standard.answerWithin()),
                        seconds(next.nginx().answerWithin()))
                .map(change -> new FieldChange(ANSWER_WITHIN, "", change.to()))
                .ifPresent(fields::add);
        return fields;
    }

    static List<FieldChange> between(Release present, Release next) {
        List<FieldChange> fields = new ArrayList<>();
        differ("version", present.version(), next.version()).ifPresent(fields::add);
        differ("site", site(present), site(next)).ifPresent(fields::add);
        differ("web", web(present), web(next)).ifPresent(fields::add);
        differ("app", present.application().describe(), next.application().describe())
                .ifPresent(fields::add);
        differ(MAX_BODY, body(present.nginx()), body(next.nginx())).ifPresent(fields::add);
        differ(
                        ANSWER_WITHIN,
                        seconds(present.nginx().answerWithin()),
                        seconds(next.nginx().answerWithin()))
                .ifPresent(fields::add);
        return fields;
    }

    static Optional<FieldChange> differ(String field, String from, String to) {
        return from.equals(to) ? Optional.empty() : Optional.of(new FieldChange(field, from, to));
    }

    /** With images the site is a part of the web image. */
    private static String site(Release release) {
        return release.containers().isPresent() ? "" : release.site().orElse("none");
    }

    static String web(Release release) {
        return release.containers()
                .map(containers -> "image " + containers.web().briefDigest().orElseThrow() + network(containers))
                .orElse("");
    }

    private static String network(Release.Containers containers) {
        return containers.network().equals(LocalSettings.DEFAULT_NETWORK)
                ? ""
                : " in the network " + containers.network();
    }

    private static String body(NginxLimits limits) {
        return limits.maxBodyMegabytes() + "MB";
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }

    /** What users notice while an instance goes from one release to another. */
    static Impact rolling(Shape shape, Release present, Release next) {
        Impact impact = shape == Shape.SINGLE ? swapping(present, next) : draining(present, next);
        List<String> refused = new ArrayList<>();
        if (next.nginx().maxBodyMegabytes() < present.nginx().maxBodyMegabytes()) {
            refused.add("bodies of more than " + body(next.nginx()) + " are refused then");
        }
        if (next.nginx().answerWithin().compareTo(present.nginx().answerWithin()) < 0) {
            refused.add("answers that take more than " + seconds(next.nginx().answerWithin()) + " are given up then");
        }
        return refused.isEmpty()
                ? impact
                : Impact.possibleErrors(impact.sentence() + "; " + String.join(", and ", refused));
    }

    private static Impact swapping(Release present, Release next) {
        boolean reloads = present.containers().isEmpty()
                || next.containers().isEmpty()
                || !present.nginx().equals(next.nginx());
        return reloads
                ? Impact.possibleErrors(
                        "it is swapped by a reload of nginx, which cuts what takes longer than 5 s; before nginx"
                                + " 1.27.4 a connection that was kept may lose a request")
                : Impact.none("it is swapped while it serves");
    }

    private static Impact draining(Release present, Release next) {
        return present.nginx().answerWithin().equals(next.nginx().answerWithin())
                ? Impact.none("it is drained first, and the others serve")
                : Impact.possibleErrors(
                        "the load balancer takes over the new time, and cuts what takes longer than 5 s then");
    }
}
