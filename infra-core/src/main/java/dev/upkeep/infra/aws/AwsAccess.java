package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.Questions;
import dev.upkeep.infra.aws.connect.InstanceConnect;
import dev.upkeep.infra.aws.ecr.EcrHost;
import dev.upkeep.infra.aws.formation.Formation;
import dev.upkeep.infra.aws.formation.FormedStack;
import dev.upkeep.infra.aws.machine.OwnImages;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.stack.ImageStack;
import dev.upkeep.infra.aws.stack.OwnRepositories;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.dns.DnsClient;
import dev.upkeep.infra.failure.InvalidSpecException;
import dev.upkeep.infra.failure.OperationRefusedException;
import dev.upkeep.infra.failure.SpecProblem;
import dev.upkeep.infra.progress.Reporter;
import dev.upkeep.infra.shell.SshDoor;
import dev.upkeep.infra.spec.DomainSpec;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import dev.upkeep.infra.time.Polling;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that is asked in one region, opened when it is needed first. */
final class AwsAccess implements AutoCloseable {

    private final AwsSession session;
    private final Supplier<DnsClient> dns;
    private final Formation formation;
    private final Lookups lookups;
    private final Groups groups;
    private final Logs logs;
    private final Repositories repositories;
    private final Machines machines;
    private final OwnImages ownImages;
    private final RunCommand shell;
    private final InstanceConnect door;
    private final ParameterStore parameters;
    private final Questions questions = new Questions();
    private final Polling polling;
    private final Leases leases;

    /**
     * What is asked.
     *
     * @param dns opens what asks name servers, where there is a domain
     */
    AwsAccess(AwsSession session, Polling polling, InstantSource clock, Supplier<DnsClient> dns) {
        this.session = session;
        this.dns = dns;
        this.formation = new Formation(session, polling);
        this.machines = new Machines(session);
        this.parameters = new ParameterStore(session);
        this.ownImages = new OwnImages(session, ServerStack.STACK_TAG);
        this.lookups = new Lookups(session, machines, parameters, ownImages);
        this.groups = new Groups(session);
        this.logs = new Logs(session);
        this.repositories = new Repositories(session);
        this.polling = polling;
        this.shell = new RunCommand(session, polling);
        this.door = new InstanceConnect(session, machines::console, clock.withZone(ZoneOffset.UTC));
        this.leases = new Leases(parameters, clock);
    }

    AwsSession session() {
        return session;
    }

    Formation formation() {
        return formation;
    }

    /** For what can be asked at once. */
    Questions questions() {
        return questions;
    }

    Lookups lookups() {
        return lookups;
    }

    Groups groups() {
        return groups;
    }

    Leases leases() {
        return leases;
    }

    Logs logs() {
        return logs;
    }

    Repositories repositories() {
        return repositories;
    }

    Machines machines() {
        return machines;
    }

    OwnImages ownImages() {
        return ownImages;
    }

    RunCommand shell() {
        return shell;
    }

    SshDoor door() {
        return door;
    }

    /** For what AWS comes to by and by. */
    Polling polling() {
        return polling;
    }

    /** Tells of the instances that CloudFormation waits for, beside its own events. */
    Follower follower(Reporter report) {
        return follower(report, (stack, happened) -> {});
    }

    Follower follower(Reporter report, Follower.Onlooker onlooker) {
        GroupWatch instances = new GroupWatch(groups, report);
        return new Follower(formation, polling, report, (stack, happened) -> {
            instances.look(stack, happened);
            onlooker.look(stack, happened);
        });
    }

    NameCheck names(DomainSpec domain) {
        return new NameCheck(lookups, dns, domain);
    }

    static String baseName(StackName stack) {
        return stack.text() + BaseStack.SUFFIX;
    }

    Optional<FormedStack> base(StackName stack) {
        return own(baseName(stack), stack);
    }

    /** What the stack before that of the servers consists of; nothing if it does not stand. */
    BaseContents contents(Optional<FormedStack> base) {
        return base.filter(FormedStack::isFormed)
                .map(formed -> BaseContents.of(formation.templateText(formed.id())))
                .orElse(BaseContents.NOTHING);
    }

    /** That in which machine images are made. */
    Optional<FormedStack> imageStack(StackName stack) {
        return own(stack.text() + ImageStack.SUFFIX, stack);
    }

    Optional<FormedStack> servers(StackName stack) {
        return own(stack.text(), stack);
    }

    /** That of the servers, unless it was planned only. */
    Optional<FormedStack> standingServers(StackName stack) {
        return servers(stack).filter(FormedStack::isFormed);
    }

    /** Both, as far as they are more than planned. */
    StandingStacks standing(StackName stack) {
        Supplier<Optional<FormedStack>> servers = questions.ask(() -> servers(stack));
        return StandingStacks.of(stack, base(stack), servers.get());
    }

    /** Somebody else's stack may have the same name; it is neither changed nor removed. */
    private Optional<FormedStack> own(String name, StackName stack) {
        Optional<FormedStack> found = formation.find(name);
        found.filter(FormedStack::isFormed)
                .filter(formed -> !isOf(stack, formed))
                .ifPresent(foreign -> {
                    throw new OperationRefusedException(
                            stack.text(),
                            "CloudFormation has a stack " + name + " that was not made by upkeep (it lacks the tag "
                                    + ServerStack.STACK_TAG + "); give yours another name");
                });
        return found;
    }

    /** Whether one of CloudFormation's was made for a stack of Upkeep's. */
    static boolean isOf(StackName stack, FormedStack formed) {
        return stack.text().equals(formed.tags().get(ServerStack.STACK_TAG));
    }

    ReleaseParameter release(StackName stack) {
        return new ReleaseParameter(parameters, stack);
    }

    /** What the parameter of the release says, empty if nobody has said yet what is to run. */
    Optional<String> standingRelease(StackName stack) {
        return release(stack).read();
    }

    /**
     * With the registry of the account, unless it names one.
     *
     * @throws InvalidSpecException if it names one of ECR that instances could not log in to
     */
    StackSpec withRegistry(StackSpec spec) {
        OwnRepositories.named(spec).filter(host -> !isOwn(host)).ifPresent(host -> {
            throw new InvalidSpecException(
                    List.of(
                            new SpecProblem(
                                    "/images/registry",
                                    "instances on AWS log in to the ECR of their own account and region only, and this one is of account "
                                            + host.account() + " in " + host.region(),
                                    "leave it out, and the stack makes repositories of its own; or name a registry that needs no login")));
        });
        return spec.images().registry().isPresent()
                ? spec
                : spec.withRegistry(lookups.caller().account() + ".dkr.ecr." + session.region() + ".amazonaws.com");
    }

    /** The names of the images that the stack has repositories for. */
    List<String> imagesInStack(StackSpec spec) {
        return OwnRepositories.of(spec, this::isOwn);
    }

    private boolean isOwn(EcrHost host) {
        return host.region().equals(session.region())
                && host.account().equals(lookups.caller().account());
    }

    @Override
    public void close() {
        questions.close();
        shell.close();
        door.close();
        formation.close();
        groups.close();
        parameters.close();
        logs.close();
        repositories.close();
        machines.close();
        ownImages.close();
    }
}
