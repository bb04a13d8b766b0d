package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.aws.stack.ImagePolicy;
import dev.upkeep.infra.aws.stack.OperatorPolicy;
import dev.upkeep.infra.aws.stack.OwnRepositories;
import dev.upkeep.infra.spec.AwsSettings;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;

/** Prints what whoever runs Upkeep has to be allowed. */
final class PolicyCommand implements Command {

    private final Terminal terminal;

    private final FileOption file = new FileOption();

    private final Argument<Boolean> machineImage = Argument.option("--machine-image")
            .help("What upkeep ami needs besides: a policy of its own.")
            .alone();

    PolicyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("policy", this)
                .about(
                        "Prints the IAM policy that whoever stands up this stack on AWS needs.",
                        "It allows what the stack consists of, in its region, and no more. It asks nobody and changes nothing.",
                        "Whoever has it writes what the roles of the stack may do, and can give those to instances: without a"
                                + " permissions boundary (aws.permissions-boundary) that is a way to everything in the account.")
                .arguments(List.of(file.argument(), machineImage))
                .closing(
                        "Examples:",
                        "  upkeep policy > policy.json",
                        "  aws iam create-policy --policy-name upkeep-shop --policy-document file://policy.json",
                        "",
                        "Exit codes:",
                        "  0 printed   1 failed   64 wrong usage   78 bad configuration");
    }

    @Override
    public Integer call() {
        StackSpec spec = AwsSpec.of(file.read(terminal).spec(), "policy");
        terminal.out()
                .print(
                        machineImage.isGiven()
                                ? ImagePolicy.json(spec)
                                : OperatorPolicy.json(spec, OwnRepositories.of(spec)));
        if (AwsSettings.of(spec).server().permissionsBoundary().isEmpty()) {
            terminal.err()
                    .println("upkeep: whoever has this policy can give the roles of " + spec.name()
                            + " any permission; name a permissions boundary (aws.permissions-boundary) to limit that");
        }
        return ExitCode.OK;
    }
}
