package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.account.PermissionCheck;
import dev.upkeep.infra.aws.account.QuotaCheck;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.formation.WaysOut;
import dev.upkeep.infra.aws.stack.OperatorPolicy;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.failure.AwsException;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.image.recipe.ImageInputException;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether a stack could stand in this account and region. */
final class Preflight {

    /** What is signed at another time, AWS refuses. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final AwsAccess aws;
    private final StackSpec spec;
    private final Instant now;

    Preflight(AwsAccess aws, StackSpec spec, Instant now) {
        this.now = now;
        this.aws = aws;
        this.spec = spec;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(images());
        try {
            Lookups.Identity identity = aws.lookups().identity();
            findings.add(Finding.ok("AWS knows these credentials: " + identity.arn() + ", in "
                    + aws.session().region()));
            identity.at().map(this::clock).ifPresent(findings::add);
            new Preflight(aws, aws.withRegistry(spec), now).look(identity, findings);
        } catch (InvalidSpecException e) {
            findings.addAll(of(e));
        } catch (AwsException e) {
            findings.add(Finding.problem(String.valueOf(e.getMessage()), ""));
            findings.add(Finding.unknown("what else would be asked, until that is put right", ""));
        }
        return findings;
    }

    /** With the registry that the images go to. */
    private void look(Lookups.Identity identity, List<Finding> findings) {
        findings.add(registry(spec.images().registry().orElseThrow()));
        findings.addAll(stacks());
        findings.addAll(permissions(identity));
        findings.addAll(choices());
    }

    private static List<Finding> of(InvalidSpecException invalid) {
        return invalid.problems().stream()
                .map(problem ->
                        Finding.problem(problem.message(), problem.hint()).at(problem.pointer()))
                .toList();
    }

    /** Whether the files are there that the images are built of. */
    private List<Finding> images() {
        try {
            ReleaseContents.of(spec);
            return List.of();
        } catch (InvalidSpecException e) {
            return of(e);
        } catch (ImageInputException e) {
            boolean ofSite = spec.site().filter(e.path()::startsWith).isPresent();
            return List.of(Finding.problem(String.valueOf(e.getMessage()), "").at(ofSite ? "/site" : "/app/image"));
        }
    }

    /** That of the account itself is there, and the stack makes the repositories in it. */
    private Finding registry(String registry) {
        return aws.imagesInStack(spec).isEmpty()
                ? Finding.unknown("the registry " + registry + ", which is not asked before images are pushed", "")
                : Finding.ok("images go to " + registry);
    }

    private Finding clock(Instant there) {
        Duration ahead = Duration.between(there, now);
        return ahead.abs().compareTo(CLOCK_TOLERANCE) < 0
                ? Finding.ok("the clock of this machine agrees with that of AWS")
                : Finding.problem(
                        "the clock of this machine is " + ahead.abs().toMinutes() + " min "
                                + (ahead.isNegative() ? "behind" : "ahead of") + " that of AWS",
                        "set it: AWS refuses what is signed at another time");
    }

    private List<Finding> stacks() {
        List<Finding> findings = new ArrayList<>();
        StandingStacks standing = aws.standing(spec.name());
        for (FormedStack formed : standing.all()) {
            findings.add(
                    formed.isUpdatable() || formed.isInProgress()
                            ? Finding.ok("stack " + formed.name() + " stands: " + formed.status())
                            : Finding.problem(
                                    "stack " + formed.name() + " cannot be changed: " + formed.status(),
                                    WaysOut.of(formed)));
        }
        findings.addAll(inTheWay(standing));
        return findings;
    }

    private List<Finding> inTheWay(StandingStacks standing) {
        try {
            return new ExistingResources(aws, spec)
                            .inTheWay(aws.contents(standing.base()))
                            .map(found -> Finding.problem(found, ExistingResources.next()))
                            .stream()
                            .toList();
        } catch (AwsException e) {
            return List.of(Finding.unknown(
                    "whether repositories and logs are there already under the names of this stack",
                    String.valueOf(e.getMessage())));
        }
    }

    private List<Finding> permissions(Lookups.Identity caller) {
        return new PermissionCheck(aws.session(), caller.arn(), caller.account())
                .findings(OperatorPolicy.permissions(spec, aws.imagesInStack(spec)));
    }

    private List<Finding> choices() {
        Resolved resolved = aws.lookups().resolve(spec, aws.standingServers(spec.name()), Optional.empty());
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                resolved.zones().isEmpty()
                        ? "zones: CloudFormation takes the first two of the region"
                        : "zones: " + String.join(", ", resolved.zones())));
        findings.add(Finding.ok("machine image: " + resolved.image().orElseThrow()));
        findings.addAll(new MachineCheck(aws, spec).findings(resolved, now));
        findings.addAll(new BroughtAddress(aws, spec).findings());
        findings.addAll(new QuotaCheck(aws.session(), spec, resolved).findings(isBalanced()));
        resolved.hostedZone().ifPresent(zone -> findings.add(Finding.ok("hosted zone: " + zone)));
        spec.domain().map(aws::names).ifPresent(names -> {
            findings.add(names.delegation());
            // A single instance has no certificate of Amazon's.
            if (spec.shape() == Shape.HIGHLY_AVAILABLE) {
                findings.add(names.authorities());
            }
        });
        return findings;
    }

    /** Whether it stands with a load balancer, so that it needs no other one. */
    private boolean isBalanced() {
        return aws.standingServers(spec.name())
                .flatMap(stack -> stack.output(ServerStack.TARGET_GROUP))
                .isPresent();
    }
}
