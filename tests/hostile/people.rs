//! What people read in a browser or on a site: HTML and Markdown.

use std::collections::BTreeSet;
use std::fs;

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::signs::harmless;
use crate::world::{BRANCH, PATHS, range, run, world};

/// What an HTML page is made of: elements with the names of their attributes, and what scripts,
/// styles, comments and links say.
#[derive(Default)]
struct Made {
    elements: BTreeSet<String>,
    attributes: BTreeSet<(String, String)>,
    code: Vec<String>,
    comments: Vec<String>,
    links: Vec<String>,
    text: String,
}

fn made(html: &str) -> Made {
    let mut made = Made::default();
    let mut raw = false;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                raw = name == "script" || name == "style";
                if raw {
                    made.code.push(String::new());
                }
                for (attribute, value) in &tag.attributes {
                    let (attribute, value) = (text(attribute), text(value));
                    if ["href", "src", "xlink:href", "action", "formaction"].contains(&&*attribute)
                    {
                        made.links.push(value);
                    }
                    made.attributes.insert((name.clone(), attribute));
                }
                made.elements.insert(name);
            }
            Token::EndTag(_) => raw = false,
            Token::String(string) if raw => made.code.last_mut().unwrap().push_str(&text(&string)),
            Token::String(string) => made.text.push_str(&text(&string)),
            Token::Comment(comment) => made.comments.push(text(&comment)),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    made
}

/// A page as harmless as can be, with the same shape.
fn harmless_report(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let demo = folder.path().join("demo");
    run(&["demo", demo.to_str().unwrap()]);
    let whole = [&["-C", demo.to_str().unwrap()], arguments].concat();
    run(&whole).0
}

/// Elements and attributes that are drawn where there is something to draw.
const DRAWN: [&str; 10] =
    ["nav", "path", "polyline", "line", "text", "li", "p", "details", "summary", "code"];

fn holds(hostile: &Made, plain: &Made) {
    let more: Vec<_> = hostile.elements.difference(&plain.elements).collect();
    assert!(more.iter().all(|name| DRAWN.contains(&name.as_str())), "{more:?}");
    for (element, attribute) in &hostile.attributes {
        assert!(!attribute.starts_with("on") && attribute != "srcdoc", "{element} {attribute}");
        // the index of several pages names its columns, which one page has not
        let known =
            attribute == "data-label" || plain.attributes.iter().any(|(_, name)| name == attribute);
        assert!(known, "{element} {attribute}");
    }
    assert_eq!(hostile.code, plain.code, "scripts and styles are ours");
    for link in &hostile.links {
        assert!(link.starts_with('#'), "{link}");
    }
}

#[test]
fn the_report_page_has_our_elements_only() {
    for arguments in [&["report", "--output", "-"][..], &["report", &range(), "--output", "-"]] {
        let (out, err) = run(arguments);
        // a pseudo-element of our own style sheet
        harmless(&out.replace("::placeholder", ""), "report");
        harmless(&err, "report, standard error");
        let range = if arguments.len() == 3 {
            vec!["report", "--output", "-"]
        } else {
            vec!["report", "HEAD~5..HEAD", "--output", "-"]
        };
        let (hostile, plain) = (made(&out), made(&harmless_report(&range)));
        holds(&hostile, &plain);
        assert_eq!(hostile.comments, plain.comments);
        assert!(hostile.text.contains("<script>alert(2)</script>"));
        assert!(hostile.text.contains("{{ 7*7 }}") && !hostile.text.contains("49 }}"));
    }
}

#[test]
fn notes_as_html_have_our_elements_only() {
    let (out, _) = run(&[
        "notes",
        "--format",
        "html",
        "--link-base",
        "https://docs.example/",
        &range(),
        "--commits",
    ]);
    harmless(&out, "notes as HTML");
    let hostile = made(&out);
    let plain = made(&harmless_report(&["notes", "--format", "html"]));
    let more: Vec<_> = hostile.elements.difference(&plain.elements).collect();
    assert!(
        more.iter().all(|name| ["a", "code", "del", "ins"].contains(&name.as_str())),
        "{more:?}"
    );
    for (element, attribute) in hostile.attributes.difference(&plain.attributes) {
        assert_eq!((element.as_str(), attribute.as_str()), ("a", "href"));
    }
    assert_eq!(hostile.code, plain.code);
    assert!(
        hostile.links.iter().all(|link| link.starts_with("https://docs.example/")),
        "{:?}",
        hostile.links
    );
    assert!(hostile.text.contains("<script>alert(2)</script>"));
}

/// What a `CommonMark` reader, with all of the sites' extensions, makes of it.
#[expect(clippy::wildcard_enum_match_arm, reason = "the parser's events, of which few may be")]
fn read(markdown: &str, base: &str) -> String {
    let mut text = String::new();
    for event in
        Parser::new_ext(markdown, Options::all() - Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
    {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::End(_) => text.push('\n'),
            Event::Html(html) => assert!(
                html.starts_with("<!-- respdiff:") && html.matches("<!--").count() == 1,
                "{html}"
            ),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(!base.is_empty() && dest_url.starts_with(base), "{dest_url}");
            }
            Event::Start(
                Tag::Heading { .. }
                | Tag::Paragraph
                | Tag::List(None)
                | Tag::Item
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::HtmlBlock,
            ) => {}
            other => panic!("{other:?} before {}", text.chars().rev().take(80).collect::<String>()),
        }
    }
    text
}

/// What sites look for in what is rendered already.
fn calls_nobody(text: &str) {
    for sign in
        ["@everyone", "@here", "@acme", "@U1", "docs#12", "GH-7", "https://evil", "www.evil"]
    {
        assert!(!text.contains(sign), "{sign}: {text}");
    }
}

#[test]
fn notes_as_markdown_are_text() {
    let range = range();
    for arguments in [
        &["notes", "--by", "range", &range][..],
        &["notes", "--by", "edition", &range],
        &["notes", "--by", "document", "--link-base", "https://docs.example/", "--commits", &range],
    ] {
        let (out, err) = run(arguments);
        harmless(&out, &format!("{arguments:?}"));
        harmless(&err, "notes, standard error");
        let text = read(&out, "https://docs.example/");
        assert!(text.contains("<script>alert(2)</script>"), "{text}");
        calls_nobody(&text);
    }
}

/// Texts put into a template of the user's are escaped for the format, and are no templates.
#[test]
fn a_template_of_the_users_own() {
    let template = world().beside("own.j2");
    let source = "{% for entry in entries %}{% for section in entry.sections %}{% for change in section.changes %}- {{ change.old.text if change.old else change.new.text }}\n{% endfor %}{% endfor %}{% endfor %}";
    fs::write(&template, source).unwrap();
    let template = template.to_str().unwrap();
    for format in ["markdown", "text", "html"] {
        let (out, _) = run(&["notes", "--format", format, "--template", template, &range()]);
        assert!(!out.is_empty());
        assert!(!out.contains("<script>alert(2)") || format == "text", "{out}");
        harmless(&out, format);
        if format == "markdown" {
            calls_nobody(&read(&out, ""));
        }
    }
}

#[test]
fn the_checks_summary_is_text() {
    let (out, _) = run(&["check", &range(), "--format", "markdown"]);
    harmless(&out, "check as Markdown");
    let text = read(own_line_left_out(&out), "");
    // a path stands in code, where nobody is called; what a workflow would obey is spelled out
    let shown = PATHS[1].replace("##[", "\\u{23}#[");
    calls_nobody(&text.replace(PATHS[1], "").replace(&shown, ""));
    assert!(text.contains("<script>alert(2)</script>"), "{text}");
    assert!(text.contains("onerror=alert(9)") && PATHS[0].contains("onerror=alert(9)"));
    run(&[
        "check",
        BRANCH,
        "--summary",
        world().beside("summary.md").to_str().unwrap(),
        "--format",
        "github",
    ]);
    let summary = fs::read_to_string(world().beside("summary.md")).unwrap();
    harmless(&summary, "summary");
    read(own_line_left_out(&summary), "");
}

/// What tells that there was no room is ours, and in italics.
fn own_line_left_out(markdown: &str) -> &str {
    markdown.rfind("\n_").map_or(markdown, |at| &markdown[..at])
}
