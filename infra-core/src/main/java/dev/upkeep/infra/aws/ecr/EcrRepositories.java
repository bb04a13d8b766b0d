package dev.upkeep.infra.aws.ecr;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;

/** Creates repositories in ECR, which does not do so when an image arrives. Finds its way as {@link EcrLogin} does. */
public final class EcrRepositories {

    private final EcrClients clients;

    /** Asks nobody yet. */
    public EcrRepositories() {
        this(EcrClients.standard());
    }

    EcrRepositories(EcrClients clients) {
        this.clients = clients;
    }

    /**
     * Creates a repository whose tags cannot be moved. Leaves one that exists as it is.
     *
     * @param host the registry
     * @param repository the path there, such as {@code shop/web}
     * @return false if it existed
     * @throws dev.upkeep.infra.image.registry.RegistryException if it could not be created
     */
    public boolean create(EcrHost host, String repository) {
        try (EcrClient client = clients.open(host)) {
            client.createRepository(request -> request.registryId(host.account())
                    .repositoryName(repository)
                    .imageTagMutability(ImageTagMutability.IMMUTABLE));
            return true;
        } catch (RepositoryAlreadyExistsException there) {
            return false;
        } catch (SdkException e) {
            throw EcrFailures.of("create the repository " + repository, "ecr:CreateRepository", host, e);
        }
    }
}
