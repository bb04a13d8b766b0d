package dev.upkeep.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upkeep.infra.dns.DnsClient;
import dev.upkeep.infra.dns.ScriptedDns;
import dev.upkeep.infra.plan.Plan;
import dev.upkeep.infra.preflight.Finding;
import dev.upkeep.infra.spec.Shape;
import dev.upkeep.infra.spec.StackSpec;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether the public DNS leads to the hosted zone of a domain, and lets Amazon issue a certificate, as doctor says it and as apply demands it. */
class NameCheckTest extends AwsStory {

    private static final String NEXT =
            "have these entered as its name servers where the domain was bought, or in the zone above: ns-1.aws.test, ns-2.aws.test";

    @AutoClose
    private final ScriptedDns dns = new ScriptedDns();

    private boolean isLibraryMissing;

    NameCheckTest() throws IOException {}

    @Override
    DnsClient dns() {
        if (isLibraryMissing) {
            throw new NoClassDefFoundError("org/xbill/DNS/Name");
        }
        return dns.client();
    }

    @BeforeEach
    void hosted() throws IOException {
        aws.usually(
                "/2013-04-01/hostedzonesbyname",
                call -> ScriptedAnswer.result(
                        "<ListHostedZonesByNameResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id>"
                                + "<Name>example.org.</Name></HostedZone></HostedZones></ListHostedZonesByNameResponse>"));
        aws.usually(
                "/2013-04-01/hostedzone/Z1",
                call -> ScriptedAnswer.result(
                        "<GetHostedZoneResponse><HostedZone><Id>/hostedzone/Z1</Id></HostedZone><DelegationSet><NameServers>"
                                + "<NameServer>ns-1.aws.test</NameServer><NameServer>ns-2.aws.test.</NameServer>"
                                + "</NameServers></DelegationSet></GetHostedZoneResponse>"));
        aws.usually("DescribeInstanceTypeOfferings", call -> Ec2Answers.offerings("eu-west-1a", "eu-west-1b"));
        dns.refers(ScriptedDns.ORG, "example.org", "ns-1.aws.test.", "ns-2.aws.test.");
    }

    private static StackSpec spec(Shape shape) {
        StackSpec spec = AwsOperator.spec();
        return StackSpec.builder("shop", "1.0.6")
                .shape(shape)
                .domain("www.example.org", "example.org")
                .appBase("registry.example.org/java")
                .aws("eu-west-1")
                .images(spec.images())
                .build();
    }

    private List<Finding> found(Shape shape, Predicate<Finding> which) {
        return operator.platform().preflight(spec(shape)).stream().filter(which).toList();
    }

    private List<Finding> aboutNames() {
        return found(
                Shape.HIGHLY_AVAILABLE,
                finding ->
                        finding.text().contains("public DNS") || finding.text().contains("CAA"));
    }

    @Test
    void doctorSaysThatTheDnsLeadsToTheHostedZoneAndThatAmazonMayIssue() {
        assertThat(aboutNames())
                .containsExactly(
                        Finding.ok("the public DNS leads to the hosted zone of example.org"),
                        Finding.ok("no CAA record limits who may issue a certificate for www.example.org"));
        assertThat(found(Shape.SINGLE, finding -> finding.text().contains("CAA")))
                .isEmpty();
    }

    @Test
    void doctorNamesWhoIsAskedInsteadAndWhatToEnter() throws IOException {
        dns.refers(ScriptedDns.ORG, "example.org", "ns.other.test.");

        assertThat(aboutNames())
                .contains(Finding.problem(
                                "the public DNS does not lead to the hosted zone of example.org: org names other name servers for"
                                        + " it, ns.other.test",
                                NEXT)
                        .at("/domain/zone"));
    }

    @Test
    void doctorSaysWhichCaaRecordsForbidTheCertificate() throws IOException {
        dns.answers(ScriptedDns.HOSTED, "example.org", "CAA", "0 issue \"letsencrypt.org\"");
        assertThat(aboutNames())
                .contains(Finding.problem(
                                "the CAA records of example.org let only letsencrypt.org issue a certificate for www.example.org,"
                                        + " so Amazon will not",
                                "add the record example.org. CAA 0 issue \"amazon.com\"")
                        .at("/domain/name"));

        dns.answers(ScriptedDns.HOSTED, "example.org", "CAA", "0 issue \"awstrust.com\"");
        assertThat(aboutNames())
                .contains(Finding.ok(
                        "the CAA records of example.org let Amazon issue a certificate for www.example.org"));

        dns.answers(ScriptedDns.HOSTED, "example.org", "CAA", "128 tbs \"unknown\"");
        assertThat(aboutNames())
                .contains(Finding.problem(
                                "the CAA records of example.org demand what no certificate authority knows: tbs, so Amazon will not",
                                "remove the flag \"critical\" from it")
                        .at("/domain/name"));
    }

    @Test
    void whatNobodyAnswersIsUncheckedAndNotRight() {
        dns.close();
        String reason = "the name server 127.0.0.1 does not answer about ";

        assertThat(aboutNames())
                .containsExactly(
                        Finding.unknown(
                                "whether the public DNS leads to the hosted zone of example.org", reason + "org."),
                        Finding.unknown(
                                "whether CAA records let Amazon issue a certificate for www.example.org",
                                reason + "ns-1.aws.test."));
    }

    @Test
    void whoEmbedsTheModuleLearnsWhichJarIsMissing() {
        isLibraryMissing = true;

        assertThat(aboutNames())
                .contains(Finding.unknown(
                        "whether the public DNS leads to the hosted zone of example.org, as a library is missing"
                                + " (org/xbill/DNS/Name)",
                        "add dnsjava:dnsjava to the class path"));
    }

    private String apply(String... made) throws InterruptedException {
        shop.wouldAdd(made)
                .whenExecuted(
                        () -> shop.is("CREATE_IN_PROGRESS", "CREATE_COMPLETE").happened(BEGUN, MADE));
        Plan plan = operator.platform().plan(spec(Shape.HIGHLY_AVAILABLE));
        return operator.finish(plan);
    }

    @Test
    void anApplyRefusesToWaitForACertificateThatCannotBeValidated() throws InterruptedException, IOException {
        dns.refers(ScriptedDns.ORG, "example.org", "ns.other.test.");

        assertThat(apply("Vpc", "Certificate"))
                .isEqualTo(
                        "Refused on stack shop: the public DNS does not lead to the hosted zone of example.org: org names other"
                                + " name servers for it, ns.other.test; its certificate would never be validated; "
                                + NEXT
                                + ", and apply again");
        assertThat(aws.changes()).doesNotContain("ExecuteChangeSet");
        assertThat(shop.changeSets()).isZero();
    }

    @Test
    void anApplyThatMakesNoCertificateAsksNobody() throws InterruptedException {
        dns.close();

        assertThat(apply("Vpc", "Record")).isEmpty();
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void anApplyGoesOnWhereTheDnsCannotBeAskedAndSaysSo() throws InterruptedException {
        dns.close();

        assertThat(apply("Vpc", "Certificate")).isEmpty();
        assertThat(operator.told())
                .contains(
                        "domain NOTICE: not checked: whether the public DNS leads to the hosted zone of example.org (the name"
                                + " server 127.0.0.1 does not answer about org.)");
    }

    @Test
    void anApplyMakesACertificateThatCanBeValidated() throws InterruptedException {
        assertThat(apply("Vpc", "Certificate")).isEmpty();
        assertThat(operator.told()).noneMatch(line -> line.contains("DNS"));
    }
}
