package dev.upkeep.infra.aws.stack;

import dev.upkeep.infra.aws.template.Fields;
import dev.upkeep.infra.aws.template.Value;
import dev.upkeep.infra.spec.SecretReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the role of an instance may do to read the secrets of the application, and no others. */
final class SecretsPart {

    /** Secrets Manager ends every ARN with a hyphen and six characters of its own. */
    private static final String SUFFIX = "-??????";

    private final Design design;

    SecretsPart(Design design) {
        this.design = design;
    }

    List<Fields> statements() {
        List<Value> parameters =
                arns(SecretReference.Store.PARAMETER, name -> IamPolicy.here("ssm", "parameter" + name));
        List<Value> secrets = arns(
                SecretReference.Store.SECRETS_MANAGER,
                name -> IamPolicy.here("secretsmanager", "secret:" + name + SUFFIX));
        List<Fields> statements = new ArrayList<>();
        List<Value> services = new ArrayList<>();
        if (!parameters.isEmpty()) {
            statements.add(allow("ReadParametersOfTheApplication", "ssm:GetParameter", Value.list(parameters)));
            services.add(Value.filled("ssm.${AWS::Region}.amazonaws.com"));
        }
        if (!secrets.isEmpty()) {
            statements.add(allow("ReadSecretsOfTheApplication", "secretsmanager:GetSecretValue", Value.list(secrets)));
            services.add(Value.filled("secretsmanager.${AWS::Region}.amazonaws.com"));
        }
        if (!services.isEmpty()) {
            statements.add(decrypt(services));
        }
        return statements;
    }

    /**
     * The keys that AWS keeps for both services need no permission, a key of the user's own does. Only what is read through the services
     * can be decrypted, which are the secrets above.
     */
    private static Fields decrypt(List<Value> services) {
        Value keys = IamPolicy.here("kms", "key/*");
        return allow("DecryptThemUnderOtherKeys", "kms:Decrypt", keys)
                .with("Condition", Fields.of("StringEquals", Fields.of("kms:ViaService", Value.list(services))));
    }

    private List<Value> arns(SecretReference.Store store, Function<String, Value> arn) {
        return design.spec().environment().secrets().values().stream()
                .filter(secret -> secret.store() == store)
                .map(SecretReference::name)
                .distinct()
                .sorted()
                .map(arn)
                .toList();
    }

    private static Fields allow(String purpose, String action, Value resource) {
        return IamPolicy.allow(purpose, Value.of(action), resource);
    }
}
