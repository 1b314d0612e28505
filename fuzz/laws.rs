//! What must hold of any text: of those that the fuzzers make, of real pages (`tests/corpus.rs`), of
//! generated ones (`tests/generated.rs`) and of small tables (`tests/pairing.rs`).

use std::sync::Arc;

use crate::diff::{Comparison, compare_pages, counted_steps};
use crate::lint;
use crate::model::{Change, Code, Document, Duty, Kind, Party, Phrase, Place, Side, Sides};
use crate::normalize::{
    Names, assigns_responsibility, canonical_text, may_ask_for, may_assign_responsibility,
    read_page,
};

/// Longer inputs only make the fuzzer slow.
pub const MOST: usize = 8_192;

/// Reads a page and checks that whatever came of it is within the text.
pub fn page(text: &[u8], names: &Names) -> Document {
    let page = read_page(text, names);
    assert!(read_page(text, names) == page, "reading twice differs");
    let alone = names.without_memory();
    assert!(
        assigns_responsibility(text, &alone) == page.is_responsibility_page(),
        "the page check differs"
    );
    assert!(
        read_page(text, &names.without_memory()) == page,
        "what was read before changes a page"
    );
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
                let twice = canonical_text(&duty.phrase.canonical, names);
                assert!(twice == duty.phrase.canonical, "normalizing twice: {twice:?}");
            }
        }
    }
    labels_are_short(&page);
    for notice in page.notices.iter().chain(&lint::content_findings(&page)) {
        notice.line.into_iter().for_each(within);
    }
    page
}

/// Nothing changed between a page and itself.
pub fn same(page: &Document) {
    let told = compare_pages(Sides::new(page, page));
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
        let other = read_page(text.as_bytes(), names);
        let told = compare_pages(Sides::new(page, &other));
        assert!(told.changes.is_empty(), "{style}: {:?}", told.changes);
    }
}

/// `diff(b, a)` is `diff(a, b)`, seen from the other side.
pub fn mirror(old: &Document, new: &Document) {
    let there = compare_pages(Sides::new(old, new));
    let back = compare_pages(Sides::new(new, old));
    let near = (near_moves(&there, false), near_moves(&back, true));
    assert!(near.0 == near.1, "possible moves are no mirror: {near:?}");
    let (there, back) = (facts(&there, false, true), facts(&back, true, true));
    assert!(there == back, "no mirror: {there:#?} {back:#?}");
}

/// Where perhaps a duty moved, `mirrored` as from the other side.
fn near_moves(comparison: &Comparison, mirrored: bool) -> Vec<(Option<Side>, Option<usize>)> {
    let turned = |side: Side| match side {
        Side::Old if mirrored => Side::New,
        Side::New if mirrored => Side::Old,
        side @ (Side::Old | Side::New) => side,
    };
    let near = comparison.notices.iter().filter(|notice| notice.code == Code::PossibleMove);
    let mut near: Vec<_> = near.map(|notice| (notice.side.map(turned), notice.line)).collect();
    near.sort();
    near
}

/// A duty did not move where its text stands with both parties as often as before: equal texts of
/// one party are paired before anything else is asked.
pub fn holders(old: &Document, new: &Document) {
    let count = |page: &Document, place: &Place, party: &Party| {
        let all = page.duties().filter(|(matrix, row, duty)| {
            let headings = matrix.section.iter().map(|heading| heading.text.as_str());
            headings.eq(place.section.iter().map(String::as_str))
                && row.task.text == place.task
                && duty.party == *party
                && duty.phrase.text == place.text
        });
        all.count()
    };
    for change in compare_pages(Sides::new(old, new)).changes {
        let (Some(from), Some(to)) = (&change.place.old, &change.place.new) else { continue };
        let (Some(giver), Some(taker)) = (&change.party.old, &change.party.new) else { continue };
        let is_one_row = from.section == to.section && from.task == to.task;
        if change.kind != Kind::Moved || from.text != to.text || !is_one_row {
            continue;
        }
        let (before, after) = (count(old, from, giver), count(new, from, giver));
        assert!(
            after < before,
            "the old holder still has it, {before} times to {after}: {change:?}"
        );
        let (before, after) = (count(old, to, taker), count(new, to, taker));
        assert!(after > before, "the new holder had it, {before} times to {after}: {change:?}");
    }
}

/// Pairing takes steps in proportion to the text of both sides, however often it is repeated and
/// however it is cut into duties. `letters` is how much text is made of the pages.
pub fn time(old: &Document, new: &Document, letters: usize) {
    let check = |how: &str, old: &Document, new: &Document| {
        let length = |page: &Document| -> u64 {
            let duties = page.duties();
            duties
                .map(|(_, row, duty)| {
                    (row.task.canonical.len() + duty.phrase.canonical.len() + 16) as u64
                })
                .sum()
        };
        let all = length(old) + length(new);
        let (_, steps) = counted_steps(|| compare_pages(Sides::new(old, new)));
        let most = MOST_FIXED_STEPS + MOST_STEPS * all;
        assert!(steps <= most, "{how}: {steps} steps for {all} letters");
    };
    check("as it is", old, new);
    for (how, numbered) in [("equal duties", false), ("numbered duties", true)] {
        check(how, &repeated(old, letters, numbered), &repeated(new, letters, numbered));
    }
    let (old, new) = (repeated(old, letters, false), repeated(new, letters, false));
    check("cut differently", &cut(&old, 2), &cut(&new, 10_000));
    check("cut alike", &cut(&old, 3), &cut(&new, 4));
}

/// So many steps a letter are taken at most, and so many for pages of any size: what is few is
/// held all against all.
const MOST_STEPS: u64 = 2_000;
const MOST_FIXED_STEPS: u64 = 30_000_000;

/// The page with its rows' duties again and again, up to so many letters a row's share.
fn repeated(page: &Document, letters: usize, numbered: bool) -> Document {
    let length: usize =
        page.duties().map(|(_, _, duty)| duty.phrase.canonical.len() + 1).sum::<usize>().max(1);
    let times = (letters / length).max(1);
    each_row(page, |duties| {
        let again = |at: usize| {
            duties.iter().map(move |duty| {
                let number = if numbered { format!(" {at}") } else { String::new() };
                with_text(duty, format!("{}{number}", duty.phrase.canonical))
            })
        };
        (0..times).flat_map(again).collect()
    })
}

/// The page with the words of each cell in duties of so many words.
fn cut(page: &Document, words: usize) -> Document {
    each_row(page, |duties| {
        let mut parts = Vec::new();
        for held in duties.chunk_by(|a, b| a.party == b.party) {
            let all = held.iter().flat_map(|duty| duty.phrase.canonical.split(' '));
            let all: Vec<&str> = all.filter(|word| !word.is_empty()).collect();
            parts.extend(all.chunks(words).map(|part| with_text(&held[0], part.join(" "))));
        }
        parts
    })
}

fn each_row(page: &Document, change: impl Fn(&[Duty]) -> Vec<Duty>) -> Document {
    let mut page = page.clone();
    for matrix in &mut page.matrices {
        for row in &mut Arc::make_mut(matrix).rows {
            row.duties = change(&row.duties);
        }
    }
    page
}

fn with_text(duty: &Duty, canonical: String) -> Duty {
    Duty { phrase: Phrase { text: canonical.clone(), canonical }, ..duty.clone() }
}

/// A page that says something else with other names is a changed page: whoever asks which names it
/// uses sees the difference.
pub fn names(text: &[u8], old: &Names, new: &Names) {
    let pages = Sides::new(read_page(text, old), read_page(text, new));
    let same = compare_pages(pages.as_ref());
    if !may_ask_for(text, &old.keys_that_differ(new)) {
        assert!(same.changes.is_empty(), "only names differ that are not used: {same:?}");
        assert!(
            told(&pages.old, &pages.new).is_empty() && pages.old.matrices == pages.new.matrices
        );
    }
    mirror(&pages.old, &pages.new);
}

/// Rows under two columns of one party: all is that party's, or a notice says that nobody knows.
pub fn two_columns(rows: &str) {
    // a row that names IBM may be another table's header
    let is_plain = |row: &&str| row.starts_with("| ") && !row.to_lowercase().contains("ibm");
    let rows = rows.lines().filter(is_plain).collect::<Vec<_>>().join("\n");
    let with = |header: &str| {
        let text = format!("## Vaults\n\n{header}\n|-|-|-|\n{rows}");
        read_page(text.as_bytes(), &Names::builtin())
    };
    let usual = with("| Task | IBM responsibilities | Your responsibilities |");
    let twice = with("| Task | Your responsibilities | Your duties |");
    if usual.duties().next().is_none() {
        return;
    }
    let is_told = twice.notices.iter().any(|notice| notice.code == Code::Unassigned);
    assert!(is_told || twice.is_responsibility_page(), "the table vanishes without a word");
    let customers = twice.duties().all(|(_, _, duty)| duty.party == Party::Customer);
    assert!(customers, "a duty under a column of the customer is another party's");
    for duty in usual.duties().map(|(_, _, duty)| &duty.phrase.canonical) {
        let kept = twice.duties().any(|(_, _, other)| other.phrase.canonical == *duty);
        assert!(is_told || kept, "{duty:?} is lost");
    }
}

/// "See to it that ..." is a duty and no reference.
pub fn see_to_it(deed: &str) {
    let deed: String = deed.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    let row = format!("| Task | IBM | You |\n|-|-|-|\n| Keys | See to it that {deed} | |\n");
    let page = read_page(row.as_bytes(), &Names::builtin());
    let told = page.duties().filter(|(_, _, duty)| duty.phrase.text.starts_with("See to it that"));
    assert!(told.map(|(_, _, duty)| duty).all(|duty| !duty.reference), "{row}");
}

/// What is repeated with each duty is short, so that a small page never becomes a large one.
fn labels_are_short(page: &Document) {
    /// Signs, and one for what was cut.
    const MOST_SIGNS: usize = 301;
    let short = |text: &str| {
        let signs = text.chars().count();
        assert!(signs <= MOST_SIGNS, "a label of {signs} signs: {text}");
    };
    for matrix in &page.matrices {
        matrix.section.iter().for_each(|heading| short(&heading.text));
        for row in &matrix.rows {
            // a list item is the label of its one row
            if row.duties.len() > 1 {
                short(&row.task.text);
            }
            for duty in &row.duties {
                short(&duty.column);
                duty.area.iter().for_each(|area| short(&area.text));
            }
        }
    }
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
        read_page(text.as_bytes(), &Names::builtin())
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
    facts(&compare_pages(Sides::new(old, new)), false, false)
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
