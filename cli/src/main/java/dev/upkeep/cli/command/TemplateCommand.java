package dev.upkeep.cli.command;

import dev.upkeep.cli.exit.ExitCode;
import dev.upkeep.cli.exit.UsageException;
import dev.upkeep.cli.terminal.Terminal;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.aws.stack.ImageStack;
import dev.upkeep.infra.aws.stack.OwnRepositories;
import dev.upkeep.infra.aws.stack.Resolved;
import dev.upkeep.infra.aws.stack.ServerStack;
import dev.upkeep.infra.aws.template.StackTemplate;
import dev.upkeep.infra.spec.StackSpec;
import java.util.List;

/** Prints the CloudFormation templates of a stack. */
final class TemplateCommand implements Command {

    private final Terminal terminal;

    private final FileOption file = new FileOption();

    private final Argument<Boolean> base = Argument.option("--base")
            .help("The template of what stands before the servers: repositories for images, and logs.")
            .alone();

    private final Argument<Boolean> machineImage = Argument.option("--machine-image")
            .help("The template of what stands while upkeep ami makes a machine image.")
            .alone();

    TemplateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("template", this)
                .about(
                        "Prints the CloudFormation template of the servers of a stack on AWS.",
                        "It asks nobody and changes nothing. What the file leaves to AWS, such as the zones and the newest",
                        "machine image, the template leaves to CloudFormation; the public address of aws.address is a parameter.")
                .arguments(List.of(file.argument(), base, machineImage))
                .closing(
                        "Examples:",
                        "  upkeep template > servers.json",
                        "  upkeep template --base > base.json",
                        "",
                        "Exit codes:",
                        "  0 printed   1 failed   64 wrong usage   78 bad configuration");
    }

    @Override
    public Integer call() {
        if (base.isGiven() && machineImage.isGiven()) {
            throw new UsageException("--base and --machine-image are two templates; leave one of them out");
        }
        terminal.out()
                .print(template(AwsSpec.of(file.read(terminal).spec(), "template"))
                        .json());
        return ExitCode.OK;
    }

    private StackTemplate template(StackSpec spec) {
        if (machineImage.isGiven()) {
            return ImageStack.builder(spec, Resolved.nothing());
        }
        return base.isGiven()
                ? BaseStack.template(spec, OwnRepositories.of(spec))
                : ServerStack.template(spec, Resolved.nothing());
    }
}
