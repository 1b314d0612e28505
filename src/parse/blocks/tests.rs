//! Lines to blocks.

use super::super::testing;

#[track_caller]
fn check(text: &str, want: &[&str]) {
    let (page, _) = super::super::markdown_page(text.as_bytes());
    assert_eq!(testing::blocks(&page), want, "{text}");
}

#[test]
fn headings() {
    check(
        "# A {{site.data.keyword.b}} {: #a}\n{: #b}\n## C ##\n####### d",
        &["1# A <b>", "2# C", "p ####### d"],
    );
    check("##Glued\n#no", &["2# Glued", "p #no"]);
    check(
        "Under\n===\n\nlined {#id}\n--\na\nb\n---\n- c\n---",
        &["1# Under", "2# lined", "p a b", "- c"],
    );
    check("## Ours {#our-id}\n### {a} {#b #c}", &["2# Ours", "3# {a}"]);
}

#[test]
fn paragraphs_and_what_is_left_out() {
    check(
        "a\nb\n{: shortdesc}\n\n{:tip: .tip}\n{{site.data.keyword.attribute-definition-list}}\nc",
        &["p a b", "p c"],
    );
    check("```\n# no\n```\n> quoted\n> text\n***\n-->", &["p quoted text"]);
    check("a<ul>\n<li>b</li></ul>c", &["p a", "- b", "p c"]);
    check("Term\n: meaning", &["d Term", ": p meaning"]);
}

#[test]
fn lists() {
    check(
        "Lead:\n* a\nlazy\n  - b\n\n    more\n* c\n\nText",
        &["p Lead:", "- a lazy", "  - b more", "- c", "p Text"],
    );
    check("1. a\n2) b\n-Keep c", &["- a", "- b", "- Keep c"]);
}

#[test]
fn definition_lists() {
    check(
        "Term\n:   - a\n    b\n:   - c\n\n    - d\n\nOther\n\n: one. Two.\n  More.\nThird\n: x\n\nEnd",
        &[
            "d Term",
            ": - a b",
            ": - c",
            ": - d",
            "d Other",
            ": p one. Two. More.",
            "d Third",
            ": p x",
            "p End",
        ],
    );
    check(": alone\n- a\n: b", &["p : alone", "- a : b"]);
    check("T\n: | a | b |\n  |--|--|\n  | c | d |", &["d T", ": t a | b / c | d"]);
    check(
        "<dl>\n<dt>A</dt><dd>b. <ul><li>c</li></ul></dd>\n<dt>D<dd>e<dd>f</dl>",
        &["d A", ": p b.", ": - c", "d D", ": p e", ": p f"],
    );
}

#[test]
fn tables_and_their_attributes() {
    check(
        "| a | b |\n|--|--|\n| c | d |\n\n{: caption=\"T\"}\n| e | f |\n\n| g | h |",
        &["t a | b / c | d {caption=T}", "t / e | f", "t / g | h"],
    );
    check(
        "x <table><tr><td>a</td></tr></table>{: caption='T'}\ny",
        &["p x", "t / a {caption=T}", "p y"],
    );
    check(
        "<table><tr><td>a</table>{: caption='T'} <table><tr><td>b\n</table>c<TABLE><tr><td>d</table>",
        &["t / a {caption=T}", "t / b", "p c", "t / d"],
    );
    check("- | a | b |\n  |--|--|\n  | c | d |\n- e", &["t a | b / c | d", "- e"]);
}
