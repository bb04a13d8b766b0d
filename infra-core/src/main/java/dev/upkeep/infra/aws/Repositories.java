package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.client.AwsSession;
import dev.upkeep.infra.aws.client.LazyClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** The repositories of ECR in the account and region of a session. */
final class Repositories implements AutoCloseable {

    private final AwsSession session;
    private final LazyClient<EcrClient> client;

    Repositories(AwsSession session) {
        this.session = session;
        this.client = session.lazily(EcrClient::builder);
    }

    /** Whether there is one of that name. */
    boolean has(String name) {
        return session.ask("look for the repository " + name, "ecr:DescribeRepositories", () -> {
            try {
                return !client.get()
                        .describeRepositories(request -> request.repositoryNames(name))
                        .repositories()
                        .isEmpty();
            } catch (RepositoryNotFoundException none) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
