package dev.upkeep.infra.aws;

import dev.upkeep.infra.aws.formation.Caution;
import dev.upkeep.infra.aws.formation.ChangeRequest;
import dev.upkeep.infra.aws.formation.ChangeSets;
import dev.upkeep.infra.aws.formation.Proposal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The change sets of one plan, none of which is left behind when another one fails. */
final class Proposals {

    private final ChangeSets changeSets;
    private final Map<String, Proposal> byStack = new LinkedHashMap<>();

    Proposals(ChangeSets changeSets) {
        this.changeSets = changeSets;
    }

    /** Several are computed at once, which takes CloudFormation seconds for each. */
    void begin(ChangeRequest request, Caution caution) {
        byStack.put(request.stack(), changeSets.begin(request, caution));
    }

    void beginImport(ChangeRequest request) {
        byStack.put(request.stack(), changeSets.beginImport(request));
    }

    /** Empty if nothing would be done. */
    Optional<Proposal> finish(ChangeRequest request) throws InterruptedException {
        Proposal begun = Optional.ofNullable(byStack.remove(request.stack())).orElseThrow();
        Optional<Proposal> finished = changeSets.finish(request, begun);
        finished.ifPresent(proposal -> byStack.put(request.stack(), proposal));
        return finished;
    }

    void discardAfter(Exception failure) {
        byStack.values().forEach(proposal -> changeSets.discardAfter(failure, proposal));
    }
}
