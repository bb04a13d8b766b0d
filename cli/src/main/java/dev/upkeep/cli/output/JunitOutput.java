package dev.upkeep.cli.output;

import dev.upkeep.checker.fleet.MemberVerdict;
import dev.upkeep.checker.verdict.Reason;
import dev.upkeep.checker.verdict.ShownUri;
import dev.upkeep.checker.verdict.Status;
import dev.upkeep.checker.verdict.Verdict;
import java.io.PrintStream;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A test suite with one test case for each place, as Ant's JUnit task first wrote it and CI servers read it. A place that serves the
 * wrong version or is down is a failure; one that could not be measured is an error. That instances do not agree is a case of its own.
 */
final class JunitOutput implements CheckOutput {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

    @Override
    public void write(CheckReport report, PrintStream out) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            suites(report, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing XML into memory failed", e);
        }
        out.print(text + "\n");
    }

    private static void suites(CheckReport report, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testsuites");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", "upkeep check " + report.subject());
        attribute(xml, "tests", String.valueOf(report.places().size() + (isMixed(report) ? 1 : 0)));
        attribute(xml, "failures", String.valueOf(failures(report)));
        attribute(xml, "errors", String.valueOf(count(report, Status.UNKNOWN)));
        attribute(xml, "skipped", "0");
        attribute(xml, "time", seconds(report.took()));
        attribute(
                xml,
                "timestamp",
                TIMESTAMP.format(report.startedAt().atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS)));
        attribute(xml, "hostname", "localhost");
        xml.writeCharacters("\n");
        for (MemberVerdict member : report.places()) {
            place(report, member, xml);
        }
        if (isMixed(report)) {
            agreement(report, xml);
        }
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static boolean isMixed(CheckReport report) {
        return report.status() == Status.MIXED;
    }

    private static long failures(CheckReport report) {
        return count(report, Status.DOWN) + count(report, Status.STALE) + (isMixed(report) ? 1 : 0);
    }

    private static long count(CheckReport report, Status status) {
        return report.places().stream()
                .filter(member -> member.verdict().status() == status)
                .count();
    }

    private static void place(CheckReport report, MemberVerdict member, XMLStreamWriter xml) throws XMLStreamException {
        Verdict verdict = member.verdict();
        testCase(xml, report.subject(), member.name(), verdict.evidence().took());
        if (verdict.status() != Status.UP) {
            trouble(verdict, xml);
        }
        xml.writeStartElement("system-out");
        xml.writeCharacters(clean(ShownUri.of(verdict.evidence().target()) + " " + Summary.of(verdict)));
        xml.writeEndElement();
        end(xml);
    }

    private static void trouble(Verdict verdict, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement(verdict.status() == Status.UNKNOWN ? "error" : "failure");
        attribute(xml, "type", verdict.reason().map(Reason::name).orElse("UNKNOWN"));
        attribute(xml, "message", Summary.of(verdict));
        xml.writeCharacters(clean(verdict.reason().map(Reason::advice).orElse("")));
        xml.writeEndElement();
    }

    private static void agreement(CheckReport report, XMLStreamWriter xml) throws XMLStreamException {
        testCase(xml, report.subject(), "instances agree on a version", Duration.ZERO);
        xml.writeStartElement("failure");
        attribute(xml, "type", Status.MIXED.name());
        attribute(xml, "message", Summary.of(report));
        xml.writeEndElement();
        end(xml);
    }

    private static void testCase(XMLStreamWriter xml, String subject, String name, Duration took)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", subject);
        attribute(xml, "name", name);
        attribute(xml, "time", seconds(took));
    }

    private static void end(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeEndElement();
        xml.writeCharacters("\n");
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value));
    }

    /** XML 1.0 cannot hold every character, not even escaped. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        c == '\n' || c == '\t' || (c >= 0x20 && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF
                                ? c
                                : '?')
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
