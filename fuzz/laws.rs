//! What must hold of any text: of those that the fuzzers make, of real pages (`tests/corpus.rs`), of
//! generated ones (`tests/generated.rs`) and of small tables (`tests/pairing.rs`).

use crate::diff::{Comparison, compare};
use crate::lint;
use crate::model::{Change, Document, Kind, Place, Sides};
use crate::normalize::{Names, assigns, canonical, may_assign_responsibility, read};

/// Longer inputs only make the fuzzer slow.
pub const MOST: usize = 8_192;

/// Reads a page and checks that whatever came of it is within the text.
pub fn page(text: &[u8], names: &Names) -> Document {
    let page = read(text, names);
    assert!(read(text, names) == page, "reading twice differs");
    let alone = names.without_memory();
    assert!(assigns(text, &alone) == page.is_responsibility_page(), "the page check differs");
    assert!(read(text, &names.without_memory()) == page, "what was read before changes a page");
    if !page.matrices.is_empty() {
        assert!(may_assign_responsibility(text), "a responsibility page is passed over");
    }
    let breaks = text.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    let within = |line: usize| assert!(line >= 1 && line <= breaks + 1, "line {line} of {breaks}");
    for matrix in &page.matrices {
        within(matrix.line);
        for row in &matrix.rows {
            within(row.line);
            for duty in &row.duties {
                within(duty.line);
                assert!(!duty.phrase.text.trim().is_empty(), "a duty without words");
                let twice = canonical(&duty.phrase.canonical, names);
                assert!(twice == duty.phrase.canonical, "normalizing twice: {twice:?}");
            }
        }
    }
    for notice in page.notices.iter().chain(&lint::content(&page)) {
        notice.line.into_iter().for_each(within);
    }
    page
}

/// Nothing changed between a page and itself.
pub fn same(page: &Document) {
    let told = compare(Sides::new(page, page));
    assert!(told.changes.is_empty(), "diff(x, x) tells {:?}", told.changes);
}

/// The page in other styles, which change nothing.
pub fn restyled(text: &str) -> [(&'static str, String); 4] {
    let rows = |change: &dyn Fn(&str) -> String| -> String {
        let line = |line: &str| if line.starts_with('|') { change(line) } else { line.to_owned() };
        text.split('\n').map(line).collect::<Vec<_>>().join("\n")
    };
    let blanks = rows(&|row| match row.strip_suffix('\r') {
        Some(row) => format!("{row}  \r"),
        None => format!("{row}  "),
    });
    let no_breaks = rows(&|row| {
        let letters: Vec<char> = row.chars().collect();
        let between = |at: usize| {
            at > 0
                && letters[at - 1].is_alphabetic()
                && letters.get(at + 1).is_some_and(|next| next.is_alphabetic())
        };
        let code = row.contains(['`', '<', '{', '[', '\\']);
        let new = |(at, c): (usize, &char)| {
            if *c == ' ' && !code && between(at) { '\u{a0}' } else { *c }
        };
        letters.iter().enumerate().map(new).collect()
    });
    [
        ("line ends", text.replace("\r\n", "\n").replace('\n', "\r\n")),
        ("blanks behind rows", blanks),
        ("no-break spaces", no_breaks),
        ("a comment at the end", format!("{text}\n\n<!-- Keep this page short. -->\n")),
    ]
}

/// A page that was written in other styles tells no change.
pub fn styles(text: &[u8], page: &Document, names: &Names) {
    let Ok(text) = std::str::from_utf8(text) else { return };
    for (style, text) in restyled(text) {
        let other = read(text.as_bytes(), names);
        let told = compare(Sides::new(page, &other));
        assert!(told.changes.is_empty(), "{style}: {:?}", told.changes);
    }
}

/// `diff(b, a)` is `diff(a, b)`, seen from the other side.
pub fn mirror(old: &Document, new: &Document) {
    let there = compare(Sides::new(old, new));
    let back = compare(Sides::new(new, old));
    let (there, back) = (facts(&there, false, true), facts(&back, true, true));
    assert!(there == back, "no mirror: {there:#?} {back:#?}");
}

/// Tables, rows and the parties' columns in another order tell the same.
pub fn order(old: &Document, new: &Document) {
    let expected = told(old, new);
    let (turned_old, turned_new) = (turned(old), turned(new));
    for (old, new) in [(old, &turned_new), (&turned_old, new), (&turned_old, &turned_new)] {
        let found = told(old, new);
        let (more, less) = (missing(&found, &expected), missing(&expected, &found));
        assert!(found == expected, "in another order are told {more:#?}, not {less:#?}");
    }
}

/// What is told of a page does not depend on a section beside it that shares nothing with it, and
/// of both together is told what is told of each.
pub fn company(old: &Document, new: &Document) {
    let (other_old, other_new) = stranger();
    let alone = told(old, new);
    let still = told(&joined(old, &other_old), &joined(new, &other_old));
    assert!(still == alone, "beside a section that stays is told {still:#?}, not {alone:#?}");
    let mut both = [alone, told(&other_old, &other_new)].concat();
    both.sort();
    let found = told(&joined(old, &other_old), &joined(new, &other_new));
    assert!(found == both, "beside a section that changed is told {found:#?}, not {both:#?}");
}

/// What one list has and the other does not.
fn missing(of: &[String], other: &[String]) -> Vec<String> {
    of.iter().filter(|fact| !other.contains(fact)).cloned().collect()
}

/// The page with its tables, rows and parties in the opposite order.
pub fn turned(page: &Document) -> Document {
    let mut page = page.clone();
    page.matrices.reverse();
    for matrix in &mut page.matrices {
        let matrix = std::sync::Arc::make_mut(matrix);
        matrix.rows.reverse();
        // what one party has stays in its order: a duty that was cut goes on in the next one
        matrix.rows.iter_mut().for_each(|row| row.duties.sort_by(|a, b| b.party.cmp(&a.party)));
    }
    page
}

/// Two pages as one.
pub fn joined(one: &Document, other: &Document) -> Document {
    let mut page = one.clone();
    page.matrices.extend(other.matrices.iter().cloned());
    page
}

/// A section of words that no other page has, before and after a duty moved, one was reworded, one
/// came and one went.
fn stranger() -> (Document, Document) {
    let page = |rows: &str| {
        let header = "| Zeppelin | IBM responsibilities | Your responsibilities |\n|-|-|-|\n";
        let text = format!("# Xylophones\n\n## Quagga moorings\n\n{header}{rows}");
        read(text.as_bytes(), &Names::builtin())
    };
    let old = page(
        "| Gondola | Moor quaggas nightly. | Polish xylophones. |\n\
         | Ballast | Weigh zithers twice. | Juggle walnuts. |\n",
    );
    let new = page(
        "| Gondola | Polish xylophones. Moor quaggas each night. | |\n\
         | Ballast | Weigh zithers twice. | Whisk bouillabaisse. |\n",
    );
    (old, new)
}

/// What is told, without lines, in an order of its own.
pub fn told(old: &Document, new: &Document) -> Vec<String> {
    facts(&compare(Sides::new(old, new)), false, false)
}

/// The changes of a comparison in an order of their own; `mirrored` as from the other side.
pub fn facts(comparison: &Comparison, mirrored: bool, with_lines: bool) -> Vec<String> {
    let mut facts: Vec<String> =
        comparison.changes.iter().map(|change| fact(change, mirrored, with_lines)).collect();
    facts.sort();
    facts
}

fn fact(change: &Change, mirrored: bool, with_lines: bool) -> String {
    let kind = match change.kind {
        Kind::Added if mirrored => Kind::Removed,
        Kind::Removed if mirrored => Kind::Added,
        kind @ (Kind::Moved | Kind::Added | Kind::Removed | Kind::Reworded | Kind::Relocated) => {
            kind
        }
    };
    let spot = |place: &Option<Place>| {
        place.as_ref().map(|place| {
            let line = place.line * usize::from(with_lines);
            (place.section.clone(), place.task.clone(), line, place.text.clone())
        })
    };
    let mut sides = Sides::new(
        (change.party.old.clone(), spot(&change.place.old)),
        (change.party.new.clone(), spot(&change.place.new)),
    );
    if mirrored {
        sides = sides.swap();
    }
    format!("{} {sides:?}", kind.name())
}
