package dev.upkeep.infra.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.stack.BaseStack;
import dev.upkeep.infra.image.StackImages;
import dev.upkeep.infra.image.reference.ImageReference;
import dev.upkeep.infra.inventory.Application;
import dev.upkeep.infra.inventory.Release;
import dev.upkeep.infra.spec.AppHealth;
import dev.upkeep.infra.spec.NginxLimits;
import dev.upkeep.infra.spec.StackName;
import dev.upkeep.infra.spec.StackSpec;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * The release that the instances of a stack run, as a parameter of Systems Manager: every instance reads it when it boots. It stands in no
 * template, so that another release is no change of the stack.
 */
final class ReleaseParameter implements AutoCloseable {

    /** Of Docker on an instance, where nothing else runs. */
    private static final String NETWORK = "bridge";

    private final AwsSession session;
    private final SsmClient client;
    private final String name;

    ReleaseParameter(AwsSession session, StackName stack) {
        this.session = session;
        this.client = session.client(SsmClient.builder());
        this.name = BaseStack.parameters(stack.text()) + "release";
    }

    /** What it says, empty if there is none yet. */
    Optional<String> read() {
        return session.ask("read the parameter " + name, "ssm:GetParameter", () -> {
            try {
                return Optional.of(client.getParameter(request -> request.name(name))
                        .parameter()
                        .value());
            } catch (ParameterNotFoundException none) {
                return Optional.empty();
            }
        });
    }

    /** The release that it says, as far as it can be read. */
    static Release release(String value) {
        JsonNode tree = ReleaseText.tree(value);
        Optional<Release.Containers> containers =
                image(tree, StackImages.WEB).map(web -> new Release.Containers(web, NETWORK));
        Application application = image(tree, StackImages.APP)
                .<Application>map(app -> new Application.Image(app, AppHealth.standard()))
                .orElseGet(Application.None::new);
        return new Release(
                ReleaseText.version(value).orElse(""),
                Optional.empty(),
                application,
                ReleaseText.environment(value),
                NginxLimits.standard(),
                containers);
    }

    private static Optional<ImageReference> image(JsonNode tree, String name) {
        return Optional.ofNullable(tree.get(name))
                .map(node -> ImageReference.parse(node.asText()))
                .filter(image -> image.digest().isPresent());
    }

    /** The release of a spec whose images are not built yet. */
    static Release planned(StackSpec spec) {
        return new Release(
                spec.version(),
                Optional.empty(),
                new Application.None(),
                spec.environment(),
                spec.nginx(),
                Optional.empty());
    }

    /** Where nobody has said yet what is to run. */
    static Release nothing() {
        return new Release("", Optional.empty(), new Application.None());
    }

    void write(String value) {
        session.ask(
                "write the parameter " + name,
                "ssm:PutParameter",
                () -> client.putParameter(request -> request.name(name)
                        .value(value)
                        .type(ParameterType.STRING)
                        .overwrite(true)));
    }

    void remove() {
        session.ask("remove the parameter " + name, "ssm:DeleteParameter", () -> {
            try {
                client.deleteParameter(request -> request.name(name));
            } catch (ParameterNotFoundException gone) {
                return false;
            }
            return true;
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
