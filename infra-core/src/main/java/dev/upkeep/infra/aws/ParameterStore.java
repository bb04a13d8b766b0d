package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.LazyClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/** The parameter store of Systems Manager. Where a phrase is taken, it follows "Tried to" in messages. */
final class ParameterStore implements AutoCloseable {

    /** The error code where a name is to be created that is there already. */
    static final String TAKEN = "ParameterAlreadyExists";

    private final AwsSession session;
    private final LazyClient<SsmClient> client;

    ParameterStore(AwsSession session) {
        this.session = session;
        this.client = session.lazily(SsmClient::builder);
    }

    /** What a parameter says, empty if there is none of that name. */
    Optional<String> read(String name) {
        return session.ask("read the parameter " + name, "ssm:GetParameter", () -> {
            try {
                return Optional.of(value(name));
            } catch (ParameterNotFoundException none) {
                return Optional.empty();
            }
        });
    }

    /** What a parameter says that has to be there. */
    String require(String tried, String name) {
        return session.ask(tried, "ssm:GetParameter", () -> value(name));
    }

    private String value(String name) {
        return client.get()
                .getParameter(request -> request.name(name))
                .parameter()
                .value();
    }

    /** The parameters right below a path. */
    List<Parameter> below(String tried, String path) {
        return session.ask(tried, "ssm:GetParametersByPath", () -> {
            List<Parameter> all = new ArrayList<>();
            client.get()
                    .getParametersByPathPaginator(request -> request.path(path))
                    .forEach(page -> all.addAll(page.parameters()));
            return List.copyOf(all);
        });
    }

    /** Creates a parameter, of which one caller can do so: others fail with {@link #TAKEN}. */
    void create(String tried, String name, String value) {
        put(tried, PutParameterRequest.builder().name(name).value(value).overwrite(false));
    }

    /** Gives a parameter another value, whether it is there or not. */
    void write(String tried, String name, String value) {
        put(tried, PutParameterRequest.builder().name(name).value(value).overwrite(true));
    }

    private void put(String tried, PutParameterRequest.Builder request) {
        session.ask(
                tried,
                "ssm:PutParameter",
                () -> client.get()
                        .putParameter(request.type(ParameterType.STRING).build()));
    }

    /** Says whether it was there. */
    boolean remove(String name) {
        return session.ask("remove the parameter " + name, "ssm:DeleteParameter", () -> {
            try {
                client.get().deleteParameter(request -> request.name(name));
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
