package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The Elastic IP that the file names, which no stack owns: whether it is there, and whether the instance may claim it. An instance claims what it is told to, also
 * from another one; so whoever would be cut off by a wrong id is looked for here.
 */
final class BroughtAddress {

    private static final String PLACE = "/aws/address";

    private final AwsAccess aws;
    private final StackSpec spec;
    private final Optional<String> named;

    BroughtAddress(AwsAccess aws, StackSpec spec) {
        this.aws = aws;
        this.spec = spec;
        this.named = AwsSettings.of(spec).access().address();
    }

    /** As EC2 has it; empty if the file names none. */
    Optional<ElasticIp> find() {
        return named.map(this::find);
    }

    private ElasticIp find(String allocation) {
        Optional<ElasticIp> found = aws.machines().address(allocation);
        unusable(allocation, found).ifPresent(problem -> {
            throw new AwsException("find the Elastic IP " + allocation, problem, whichToName(), "", null);
        });
        return found.orElseThrow();
    }

    /** Why no instance in this region could have it. */
    private Optional<String> unusable(String allocation, Optional<ElasticIp> found) {
        String region = aws.session().region();
        if (found.isEmpty()) {
            return Optional.of("this account has no " + allocation + " in " + region);
        }
        return found.filter(address ->
                        !address.zones().isEmpty() && !address.zones().equals(region))
                .map(address -> address + " is for instances in " + address.zones() + " only, and none of a stack in "
                        + region + " stands there");
    }

    private String whichToName() {
        return "name one that aws ec2 describe-addresses --region "
                + aws.session().region() + " shows in aws.address, or leave it out";
    }

    /** In one sentence each: what an apply will refuse, and by which address users come if it is another one than before. */
    List<String> notes(
            Optional<ElasticIp> found, Optional<FormedStack> standing, Supplier<Optional<Groups.Group>> group) {
        List<String> notes = new ArrayList<>();
        found.flatMap(address -> refusal(address, group))
                .ifPresent(why -> notes.add("an apply will refuse this: " + why));
        Optional<String> before = standing.flatMap(stack -> stack.output(ServerStack.ADDRESS));
        if (before.isEmpty()) {
            found.ifPresent(address -> notes.add("users come to the address " + address + ", which is brought along"));
        } else if (spec.shape() == Shape.SINGLE && !named.equals(given(standing))) {
            notes.add(another(found, before.get(), given(standing).isPresent()));
        }
        return notes;
    }

    private String another(Optional<ElasticIp> next, String before, boolean stays) {
        String follow = spec.domain()
                .map(domain -> "the record of " + domain.name() + " follows when the new instance is ready")
                .orElse("change what names the old one");
        return "users get another address, " + next.map(ElasticIp::ip).orElse("a new one") + " in the place of "
                + before + ", which is " + (stays ? "not released" : "released") + ": " + follow;
    }

    /** The allocation that a stack was given. */
    private static Optional<String> given(Optional<FormedStack> standing) {
        return standing.flatMap(stack -> stack.output(ServerStack.ALLOCATION));
    }

    /** Why an instance of the stack must not claim it. */
    private Optional<String> refusal(ElasticIp address, Supplier<Optional<Groups.Group>> group) {
        if (address.maker().isPresent()) {
            return Optional.of(
                    "stack " + address.maker().get() + " has made " + address
                            + " itself, and releases it when it needs it no more; name one that no stack has made in aws.address");
        }
        return address.use()
                .filter(use -> !isOwn(use, group))
                .map(use -> address + " is associated with "
                        + (use.isByInstance() ? "the instance " : "the network interface ") + use.holder()
                        + ", which is none of this stack's and would lose it; aws ec2 disassociate-address --region "
                        + aws.session().region() + " --association-id " + use.association() + " makes it free");
    }

    private static boolean isOwn(ElasticIp.Use use, Supplier<Optional<Groups.Group>> group) {
        return use.isByInstance()
                && group.get().stream()
                        .flatMap(each -> each.members().stream())
                        .anyMatch(member -> member.id().equals(use.holder()));
    }

    /**
     * Says it before an instance claims it.
     *
     * @throws OperationRefusedException if something else would lose it
     */
    void requireFree() {
        find().flatMap(address -> refusal(address, this::group)).ifPresent(why -> {
            throw new OperationRefusedException(spec.name().text(), why);
        });
    }

    private Optional<Groups.Group> group() {
        return aws.standingServers(spec.name())
                .flatMap(stack -> stack.output(ServerStack.GROUP))
                .flatMap(aws.groups()::find);
    }

    /** What may not be asked is unchecked, and no failure. */
    List<Finding> findings() {
        return named.map(this::finding).map(finding -> finding.at(PLACE)).stream()
                .toList();
    }

    private Finding finding(String allocation) {
        try {
            Optional<ElasticIp> found = aws.machines().address(allocation);
            return unusable(allocation, found)
                    .map(problem -> Finding.problem(problem, whichToName()))
                    .orElseGet(() -> finding(found.orElseThrow()));
        } catch (AwsException e) {
            return Finding.unknown("the Elastic IP " + allocation + " (" + e.getMessage() + ")", "");
        }
    }

    private Finding finding(ElasticIp address) {
        return refusal(address, this::group)
                .map(why -> Finding.problem("an apply will refuse this: " + why, ""))
                .orElseGet(() -> Finding.ok("address: " + address
                        + address.use()
                                .map(use -> ", which instance " + use.holder() + " of this stack has")
                                .orElse(", which is free")));
    }

    /** What a destroy leaves, in words that follow its name. */
    static Optional<String> left(Optional<FormedStack> servers) {
        return given(servers)
                .map(allocation -> servers.flatMap(stack -> stack.output(ServerStack.ADDRESS))
                                .orElseThrow()
                        + " (" + allocation + ")");
    }
}
