use super::super::testing;
use super::super::{Block, Page, PieceKind, Source, page_of_source};
use super::*;
use crate::model::{Code, Format};

fn read(text: &str) -> (Page, Vec<Notice>) {
    page_of_source(
        Source::in_format(Format::AsciiDoc, text.as_bytes()),
        &DocAttributes::none(),
        None,
    )
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(testing::blocks(&read(text).0), expected, "{text}");
}

#[track_caller]
fn check_inline(text: &str, expected: &str) {
    let (page, _) = read(&format!("x {text}"));
    let Some(Block::Paragraph(paragraph)) = page.blocks.first() else { panic!("{text}") };
    assert_eq!(testing::text(&paragraph.runs), format!("x {expected}").trim_end(), "{text}");
}

#[test]
fn headings_paragraphs_and_lists() {
    check(
        "= Title\n:a: b\n\n[id=\"x\"]\n== Keys {a}\nOne line\ngoes on.\n\nYou must:\n* a\n** b\nc\n\n. d\n\nText.\n\n[source]\n----\n* no\n----\n'''\nimage::x.png[]\n",
        &[
            "1# Title",
            "2# Keys b",
            "p One line goes on.",
            "p You must:",
            "- a",
            "  - b c",
            "    - d",
            "p Text.",
        ],
    );
    let (page, _) = read("== A\n[#b]\n== B");
    let Some(Block::Heading(heading)) = page.blocks.last() else { panic!("no heading") };
    assert_eq!(heading.id.as_deref(), Some("b"));
}

#[test]
fn terms_and_what_defines_them() {
    check(
        "Red Hat:: Stores keys.\nCustomer::\n* Makes keys\n* Uses keys\nVault::\n+\nHolds.\n\nText",
        &[
            "d Red Hat",
            ": p Stores keys.",
            "d Customer",
            ": - Makes keys",
            ": - Uses keys",
            "d Vault",
            ": p Holds.",
            "p Text",
        ],
    );
}

#[test]
fn inline_markup_goes() {
    check_inline(
        "*bold* **b**old _soft_ snake_case_name 2*3*4",
        "bold bold soft snake_case_name 2*3*4",
    );
    check_inline("`code` ``co``de `+raw+`", "`code` `co`de `raw`");
    check_inline("link:a/b[the _guide_] xref:c.adoc#d[D] <<e,E e>> <<f>>", "the guide D E e f");
    check_inline(
        "https://a.b/c[A,window=_blank] https://a.b/c. mailto:x@y[Mail^]",
        "A https://a.b/c. Mail",
    );
    check_inline("image:i.png[Icon] a^2^ H~2~O a^1^", "!Icon! a² H2O a¹");
    check_inline("((shown)) (((hidden))) [[anchor]]here [.red]#red#", "shown  here red");
    check_inline("\"`quoted`\" '`it`'s &#8217;s &amp; {nbsp}a", "\"quoted\" 'it's ’s &  a");
    check_inline("\\*not* \\{a} +*raw*+ pass:[*p*] +++<u>u</u>+++", "*not* {a} *raw* *p* u");
    check_inline("{product-title} {Unknown}", "<product-title> <Unknown>");
    check_inline(
        "a * b * c `open *open _open [open <<open (open",
        "a * b * c `open *open _open [open <<open (open",
    );
    check_inline("text.footnote:[A note.] (C) (R) (TM)", "text. © ® ™");
}

#[test]
fn footnotes_are_kept() {
    let page = AsciiDocPage::read_page(
        b"|===\n|a |b footnote:[Only *here*.]\n|===",
        &DocAttributes::none(),
        None,
    );
    let notes: Vec<_> =
        page.footnotes.iter().map(|note| (note.cited_on, testing::text(&note.runs))).collect();
    assert_eq!(notes, [(2, "Only here.".to_owned())]);
}

#[test]
fn both_branches_of_conditions_are_read() {
    check(
        "== A\nifdef::rosa[]\nOne.\nifndef::x,y[]\nTwo.\nendif::[]\n== B\nThree.\nendif::rosa[]\nFour.\nifeval::[\"{a}\" == \"b\"]\nFive.\nendif::[]",
        &[
            "2# A",
            "c if rosa",
            "p One.",
            "c if rosa, unless x or y",
            "p Two.",
            "c if rosa",
            "2# B",
            "c if rosa",
            "p Three.",
            "c -",
            "p Four.",
            "c if \"{a}\" == \"b\"",
            "p Five.",
            "c -",
        ],
    );
    check(
        ":rosa:\nifdef::rosa[]\nOne.\nendif::[]\nifndef::rosa[]\nTwo.\nendif::[]\nifdef::rosa[Three.]",
        &["p One. Three."],
    );
}

#[test]
fn conditions_inside_of_tables() {
    check(
        "[cols=\"1,2a\",options=header]\n|===\n|Task |Owner\n|Keys |\n* a\nifdef::x[]\n* b\nendif::[]\nifdef::x[]\n|Doors |c\nendif::[]\n|Walls |d\n|===",
        &[
            "t Task | Owner / Keys | a / Walls | d",
            "c if x",
            "t Task | Owner / Keys | b / Doors | c",
            "c -",
        ],
    );
    // a row that is cut by a condition is read whole under each
    check(
        "|===\n|Task |Owner\n\n|Keys\nifdef::x[]\n|Red Hat\nendif::[]\nifndef::x[]\n|Customer\nendif::[]\n|Doors |Customer\n|===",
        &[
            "c if x",
            "t Task | Owner / Keys | Red Hat / Doors | Customer",
            "c unless x",
            "t Task | Owner / Keys | Customer / Doors | Customer",
            "c -",
        ],
    );
    check("ifdef::x[]\n|===\n|a |b\n|===\nendif::[]", &["c if x", "t / a | b", "c -"]);
}

#[test]
fn what_is_never_closed_is_told() {
    for (text, line) in
        [("a\n|===\n|b\n", 2), ("ifdef::x[]\na", 1), ("a\n\n////\nb", 3), ("----\na", 1)]
    {
        let (_, notices) = read(text);
        let found: Vec<_> = notices.iter().map(|notice| (notice.code, notice.line)).collect();
        assert_eq!(found, [(Code::Unclosed, Some(line))], "{text}");
    }
}

#[test]
fn attributes_cannot_fill_memory() {
    let mut text = String::from(":a0: 0123456789\n");
    text.extend((1..40).map(|at| format!(":a{at}: {{a{0}}}{{a{0}}}\n", at - 1)));
    text.push_str("\n{a5} {a39}\n");
    text.push_str(&"{a7}".repeat(4000));
    let (page, _) = read(&text);
    assert!(testing::blocks(&page).iter().map(String::len).sum::<usize>() < 8 << 20);
    check(":a: {a}{a}\n\nx {a}", &["p x <a><a>"]);
}

#[test]
fn values_between_signs() {
    check(
        ",===\na,\"b \"\"c\"\"\nd\",e\nf,\"\",g\n\"open,h\n,===",
        &["t / a | b \"c\" d | e / f |  | g / open,h"],
    );
    // a row that lacks cells at the end of a table is kept
    check("|===\n|a |b\n|c\n|===", &["t / a | b / c"]);
}

#[test]
fn fields_of_the_header() {
    let page = AsciiDocPage::read_page(
        b"= T\n:revdate: May 1, 2024\n:other: \\\n",
        &DocAttributes::none(),
        None,
    );
    assert_eq!(page.header_field("revdate"), Some(("May 1, 2024", 2)));
    assert_eq!(page.header_field("none"), None);
}

#[test]
fn items_of_cells() {
    let (page, _) = read("|===\na|Lead:\n\n* a\n** b\n\nText +\nbroken\n|===");
    let Some(Block::Table(table)) = page.blocks.first() else { panic!("no table") };
    let kinds: Vec<_> = table.rows[0].cells[0].pieces.iter().map(|piece| piece.kind).collect();
    let (item, text) = (|depth| PieceKind::Item { depth }, PieceKind::Text);
    assert_eq!(kinds, [text, item(0), item(1), text, text]);
}

#[test]
fn hostile_pages_are_read_in_bounds() {
    for part in [
        "|===\n",
        "|",
        "a|",
        "9999999*|x",
        "999+|",
        ".99999+|x ",
        "ifdef::a[]\n",
        "endif::[]\n",
        "*a ",
        "_",
        "`a ",
        "[[",
        "<<a",
        "((",
        "link:a[",
        "{a}",
        ":a: {a}{a}\n",
        "footnote:[",
        "\"`",
        "* ",
        "** a\n",
        "a::\n",
        "!===\n",
        ",===\n\"",
        "[cols=\"999999*\"]\n",
        "^",
        "+",
        "include::a[]\n",
        "ifdef::a[|b]\n",
        "\\",
    ] {
        for head in ["", "|===\n", "[cols=\"1,1a\"]\n|===\na|"] {
            let text = format!("{head}{}", part.repeat(4000));
            let (page, _) = read(&text);
            let length: usize = testing::blocks(&page).iter().map(String::len).sum();
            assert!(length < 40 * text.len() + (1 << 21), "{part:?} {head:?}: {length}");
        }
    }
}

#[test]
fn titles_that_are_underlined_and_the_lines_below_them() {
    check(
        "The vault\n=========\nKim Doe <kim@example.com>\nv1.2, 2024-05-01: keys\n\nKeys\n----\n\nOne line\ngoes on\n-------\nno text\n-------\n\n[#x]\nDoors\n~~~~~\nText.\n",
        &["1# The vault", "2# Keys", "p One line goes on", "3# Doors", "p Text."],
    );
    let page = AsciiDocPage::read_page(
        b"= Vault\nKim Doe\nv1, May 1, 2024\n:other: x\n\nText.",
        &DocAttributes::none(),
        None,
    );
    assert_eq!(page.header_field("revdate"), Some(("May 1, 2024", 3)));
    check("= Vault {x}\n:x: keys\n\nText.", &["1# Vault keys", "p Text."]);
    check(
        "= Vault\nIBM responsibilities\n* Keys\n",
        &["1# Vault", "p IBM responsibilities", "- Keys"],
    );
}

fn read_with(page: &str, files: &[(&str, &str)]) -> (Page, Vec<Notice>) {
    let mut texts = IncludedFiles::of_page("docs/page.adoc");
    for (path, text) in files {
        texts.add_file(path, text.as_bytes().into());
    }
    let source = Source::in_format(Format::AsciiDoc, page.as_bytes());
    page_of_source(source, &DocAttributes::none(), Some(&texts))
}

#[test]
fn included_files_stand_where_they_are_named() {
    let files = [
        (
            "parts/keys.adoc",
            "\n= Keys\n:keys: set\n\nKeep {keys}.\n:!keys:\n\ninclude::deep/doors.adoc[]\n",
        ),
        ("parts/deep/doors.adoc", "== Doors\n\n* Lock\n"),
        ("docs/rows.adoc", "|a |b\n// tag::more[]\n|c |d\n// end::more[]\n"),
    ];
    let page = "= Page\n:dir: ../parts\n\ninclude::{dir}/keys.adoc[leveloffset=+1]\n\n== Rows {keys}\n\n|===\n|X |Y\n\n\
                include::rows.adoc[tag=more]\n|===\n\n----\ninclude::code.yaml[]\n----\n";
    let (read, notices) = read_with(page, &files);
    let expected = [
        "1# Page",
        "2# Keys",
        "p Keep set.",
        "3# Doors",
        "- Lock",
        "2# Rows <keys>",
        "t X | Y / c | d",
    ];
    assert_eq!(testing::blocks(&read), expected);
    assert_eq!(notices, []);
    let Some(Block::Heading(heading)) = read.blocks.get(3) else { panic!("no heading") };
    assert_eq!(heading.line, 4);
}

#[test]
fn what_is_not_included_is_told() {
    let files = [
        ("docs/a.adoc", "include::b.adoc[]\ntext a\n"),
        ("docs/b.adoc", "include::a.adoc[]\ninclude::page.adoc[]\ntext b\n"),
        ("docs/many.adoc", "include::more.adoc[]\ninclude::more.adoc[]\ninclude::more.adoc[]\n"),
        ("docs/more.adoc", "x\n"),
    ];
    let told = |page: &str| {
        let (read, notices) = read_with(page, &files);
        let told: Vec<String> =
            notices.iter().map(|n| format!("{}: {}", n.line.unwrap(), n.message)).collect();
        (testing::blocks(&read).join("; "), told)
    };
    let (text, notices) = told("= P\n\ninclude::a.adoc[]\n");
    assert_eq!(text, "1# P; p text b text a");
    assert_eq!(
        notices,
        ["3: `a.adoc` includes itself; it is included once (2 includes like it in all)"]
    );
    for (line, reason) in [
        ("include::none.adoc[]", "is not in the repository"),
        ("include::../../none.adoc[]", "outside of the repository"),
        ("include::/etc/none.adoc[]", "outside of the repository"),
        ("include::https://example.com/a.adoc[]", "an address"),
        ("include::{x}/a.adoc[]", "an attribute that is not set"),
        ("include::a.yaml[]", "not a file of text"),
    ] {
        let (_, notices) = told(line);
        assert!(notices.len() == 1 && notices[0].contains(reason), "{line}: {notices:?}");
    }
    for line in [
        "include::none.adoc[opts=optional]",
        "\\include::none.adoc[]",
        "////\ninclude::none.adoc[]\n////",
    ] {
        assert_eq!(told(line).1, [""; 0], "{line}");
    }
    let (text, notices) = told(&"include::many.adoc[]\n".repeat(400));
    assert!(text.matches('x').count() <= 1_000, "{}", text.len());
    assert!(notices[0].contains("at most 1,000 files"), "{notices:?}");
    let alone = read("= P\n\ninclude::a.adoc[]\n").1;
    assert!(alone[0].message.contains("outside of its repository"), "{alone:?}");
}

#[test]
fn a_table_has_so_many_cells() {
    let page = format!("|===\n|a |b\n{}\n|c |d\n|===\n\nText.\n", "|".repeat(3_000_001));
    let (read, notices) = read(&page);
    assert_eq!(testing::blocks(&read), ["t / a | b", "p Text."]);
    assert!(notices[0].message.contains("more than 3000000 cells; those"), "{notices:?}");
}

#[test]
fn a_flattened_page_says_the_same() {
    let page = "= P\n\ninclude::keys.adoc[leveloffset=+1]\n\n== Next\n\ninclude::none.adoc[opts=optional]\ntext";
    let mut files = IncludedFiles::of_page("page.adoc");
    files.add_file("keys.adoc", (*b"= Keys\n\n|===\n|a |b\n|===\n").into());
    let set = DocAttributes::none();
    let flat = AsciiDocPage::flattened(page.as_bytes(), &set, &files);
    let source = Source::in_format(Format::AsciiDoc, page.as_bytes());
    let whole = page_of_source(source, &set, Some(&files)).0;
    assert_eq!(testing::blocks(&read(&flat).0), testing::blocks(&whole), "{flat}");
    assert!(!flat.contains("include::keys"), "{flat}");
}

#[test]
fn a_merge_that_was_committed_unresolved_is_noticed() {
    let rows = ["<<<<<<< HEAD", "|a |b |c", "=======", "|a |c |b", ">>>>>>> side"].join("\n");
    let (_, notices) = read(&format!("|===\n|A |IBM |You\n\n{rows}\n|===\n"));
    let found = notices.iter().find(|notice| notice.code == Code::MergeConflict);
    assert_eq!(found.and_then(|notice| notice.line), Some(4));
}
