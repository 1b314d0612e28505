//! `JUnit` reports as Jenkins' xUnit plugin takes them: its schema knows `skipped` on suites, and
//! refuses it on their root.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::error::{Error, ErrorKind, Result};

/// Cases that belong together: those of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::render) struct TestSuite {
    pub(in crate::render) name: String,
    pub(in crate::render) cases: Vec<TestCase>,
    /// What is said beside the cases.
    pub(in crate::render) remarks: Option<String>,
}

impl TestSuite {
    /// A suite of one case that passes: an empty report counts as none.
    pub(in crate::render) fn of_nothing(sentence: String) -> Self {
        let case = TestCase { name: sentence, page: None, outcome: CaseOutcome::Passes(None) };
        Self { name: "respdiff".to_owned(), cases: vec![case], remarks: None }
    }
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::render) struct TestCase {
    pub(in crate::render) name: String,
    /// The page that it is about.
    pub(in crate::render) page: Option<String>,
    pub(in crate::render) outcome: CaseOutcome,
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::render) enum CaseOutcome {
    /// Well, with what there is to say.
    Passes(Option<String>),
    /// Badly.
    Fails(CaseFault),
    /// It could not be known how.
    Breaks(CaseFault),
    /// It does not count, for a reason.
    Skipped(String),
}

/// What is wrong in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::render) struct CaseFault {
    pub(in crate::render) kind: String,
    pub(in crate::render) message: String,
    pub(in crate::render) text: String,
}

/// How many cases there are, and how they ended.
#[derive(Clone, Copy, Default)]
struct CaseCounts {
    all: usize,
    failed: usize,
    broken: usize,
    skipped: usize,
}

impl CaseCounts {
    fn of_cases<'a>(cases: impl Iterator<Item = &'a TestCase>) -> Self {
        let mut counts = Self::default();
        for case in cases {
            counts.all += 1;
            match case.outcome {
                CaseOutcome::Passes(_) => {}
                CaseOutcome::Fails(_) => counts.failed += 1,
                CaseOutcome::Breaks(_) => counts.broken += 1,
                CaseOutcome::Skipped(_) => counts.skipped += 1,
            }
        }
        counts
    }
}

type SuitesWriter = Writer<Vec<u8>>;

/// The report as XML.
pub(in crate::render) fn suites_xml(name: &str, suites: &[TestSuite]) -> Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 4);
    let mut written = || -> io::Result<()> {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let counts = CaseCounts::of_cases(suites.iter().flat_map(|suite| &suite.cases));
        let root = writer.create_element("testsuites").with_attributes([
            ("name", name),
            ("tests", &counts.all.to_string()),
            ("failures", &counts.failed.to_string()),
            ("errors", &counts.broken.to_string()),
        ]);
        root.write_inner_content(|writer| {
            suites.iter().try_for_each(|suite| write_suite(writer, suite))
        })?;
        writer.write_indent()
    };
    written().map_err(|source| {
        Error::new(ErrorKind::Output, "the result cannot be written as JUnit").with_source(source)
    })?;
    Ok(writer.into_inner())
}

fn write_suite(writer: &mut SuitesWriter, suite: &TestSuite) -> io::Result<()> {
    let counts = CaseCounts::of_cases(suite.cases.iter());
    let element = writer.create_element("testsuite").with_attributes([
        ("name", allowed_text(&suite.name).as_str()),
        ("tests", &counts.all.to_string()),
        ("skipped", &counts.skipped.to_string()),
        ("errors", &counts.broken.to_string()),
        ("failures", &counts.failed.to_string()),
    ]);
    if suite.cases.is_empty() && suite.remarks.is_none() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|writer| {
        suite.cases.iter().try_for_each(|case| write_case(writer, case))?;
        write_output(writer, suite.remarks.as_deref())
    })?;
    Ok(())
}

fn write_case(writer: &mut SuitesWriter, case: &TestCase) -> io::Result<()> {
    let mut element = writer.create_element("testcase");
    element = element.with_attribute(("name", allowed_text(&case.name).as_str()));
    if let Some(page) = &case.page {
        element = element.with_attribute(("classname", allowed_text(page).as_str()));
    }
    match &case.outcome {
        CaseOutcome::Passes(None) => element.write_empty()?,
        CaseOutcome::Passes(words) => {
            element.write_inner_content(|writer| write_output(writer, words.as_deref()))?
        }
        CaseOutcome::Fails(fault) => {
            element.write_inner_content(|writer| write_fault(writer, "failure", fault))?
        }
        CaseOutcome::Breaks(fault) => {
            element.write_inner_content(|writer| write_fault(writer, "error", fault))?
        }
        CaseOutcome::Skipped(reason) => element.write_inner_content(|writer| {
            let message = allowed_text(reason);
            let skipped = writer.create_element("skipped");
            skipped.with_attribute(("message", message.as_str())).write_empty()?;
            Ok(())
        })?,
    };
    Ok(())
}

fn write_fault(writer: &mut SuitesWriter, name: &str, fault: &CaseFault) -> io::Result<()> {
    let [message, kind] = [&fault.message, &fault.kind].map(|text| allowed_text(text));
    let element = writer.create_element(name);
    let element = element.with_attributes([("message", message.as_str()), ("type", &kind)]);
    element.write_text_content(BytesText::new(&allowed_text(&fault.text)))?;
    Ok(())
}

fn write_output(writer: &mut SuitesWriter, words: Option<&str>) -> io::Result<()> {
    let Some(words) = words else { return Ok(()) };
    let element = writer.create_element("system-out");
    element.write_text_content(BytesText::new(&allowed_text(words)))?;
    Ok(())
}

/// Without what XML does not allow and a terminal would show.
fn allowed_text(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(name: &str, outcome: CaseOutcome) -> TestCase {
        TestCase { name: name.to_owned(), page: Some("a.md".to_owned()), outcome }
    }

    fn fault() -> CaseFault {
        let [kind, message, text] =
            ["moved", "a < b & \"c\"", "one\n<two>\u{ffff}"].map(str::to_owned);
        CaseFault { kind, message, text }
    }

    #[test]
    fn every_outcome_is_written_and_counted() {
        let suite = TestSuite {
            name: "a.md".to_owned(),
            cases: vec![
                case("1", CaseOutcome::Passes(None)),
                case("2", CaseOutcome::Passes(Some("words".to_owned()))),
                case("3", CaseOutcome::Fails(fault())),
                case("4", CaseOutcome::Breaks(fault())),
                case("5", CaseOutcome::Skipped("agreed".to_owned())),
            ],
            remarks: Some("beside".to_owned()),
        };
        let text = String::from_utf8(suites_xml("respdiff check", &[suite]).unwrap()).unwrap();
        let fault =
            "message=\"a &lt; b &amp; &quot;c&quot;\" type=\"moved\">one\n&lt;two&gt;\u{fffd}";
        let expected = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="respdiff check" tests="5" failures="1" errors="1">
    <testsuite name="a.md" tests="5" skipped="1" errors="1" failures="1">
        <testcase name="1" classname="a.md"/>
        <testcase name="2" classname="a.md">
            <system-out>words</system-out>
        </testcase>
        <testcase name="3" classname="a.md">
            <failure {fault}</failure>
        </testcase>
        <testcase name="4" classname="a.md">
            <error {fault}</error>
        </testcase>
        <testcase name="5" classname="a.md">
            <skipped message="agreed"/>
        </testcase>
        <system-out>beside</system-out>
    </testsuite>
</testsuites>
"#
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn nothing_is_one_case_that_passes() {
        let suites = [TestSuite::of_nothing("No page.".to_owned())];
        let text = String::from_utf8(suites_xml("respdiff lint", &suites).unwrap()).unwrap();
        assert!(text.contains("tests=\"1\" failures=\"0\""), "{text}");
        assert!(text.contains("        <testcase name=\"No page.\"/>\n"), "{text}");
    }
}
