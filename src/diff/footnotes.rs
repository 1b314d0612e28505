//! Footnotes that rows cite: what they said and say.

use std::collections::{BTreeMap, BTreeSet};

use crate::align::Alignment;
use crate::model::{Code, Document, Footnote, Notice, Row, Side, Sides};

type FootnotePlace = (usize, Option<usize>);

/// Reports rows and tables that are there on both sides but cite other footnotes now. The same
/// footnote is reported once, however many rows cite it.
pub(super) fn add_changed_notices(
    pages: Sides<&Document>,
    alignment: &Alignment,
    notices: &mut Vec<Notice>,
) {
    if pages.old.footnotes.is_empty() && pages.new.footnotes.is_empty() {
        return;
    }
    let cited = pages.map(by_place);
    let rows = alignment.rows.iter().map(|pair| {
        let place = |(matrix, row): (usize, usize)| (matrix, Some(row));
        Sides::new(place(pair.old), place(pair.new))
    });
    let tables = alignment.tables.iter().map(|pair| Sides::new((pair.old, None), (pair.new, None)));
    let mut reported = BTreeSet::new();
    for place in tables.chain(rows) {
        let notes = Sides::new(notes_at(&cited.old, place.old), notes_at(&cited.new, place.new));
        let gone: Vec<_> = notes_not_in(notes.old, notes.new);
        let come: Vec<_> = notes_not_in(notes.new, notes.old);
        let name = name_of(pages.new, place.new);
        for at in 0..gone.len().max(come.len()) {
            let (old, new) = (gone.get(at), come.get(at));
            let texts = [old, new].map(|note| note.map(|note| note.text.canonical.as_str()));
            if reported.insert((texts, (old.is_none() || new.is_none()).then_some(place.new))) {
                notices.extend(footnote_notice(&name, old.copied(), new.copied()));
            }
        }
    }
}

fn by_place(page: &Document) -> BTreeMap<FootnotePlace, Vec<&Footnote>> {
    let mut places: BTreeMap<FootnotePlace, Vec<&Footnote>> = BTreeMap::new();
    for note in &page.footnotes {
        places.entry((note.matrix, note.row)).or_default().push(note);
    }
    places
}

fn notes_at<'c, 'p>(
    cited: &'c BTreeMap<FootnotePlace, Vec<&'p Footnote>>,
    place: FootnotePlace,
) -> &'c [&'p Footnote] {
    cited.get(&place).map_or(&[], Vec::as_slice)
}

/// Those that do not say what one of the others says.
fn notes_not_in<'p>(notes: &[&'p Footnote], others: &[&Footnote]) -> Vec<&'p Footnote> {
    let says = |note: &Footnote, other: &&Footnote| note.text.canonical == other.text.canonical;
    notes.iter().copied().filter(|note| !others.iter().any(|other| says(note, other))).collect()
}

fn footnote_notice(name: &str, old: Option<&Footnote>, new: Option<&Footnote>) -> Option<Notice> {
    let (line, side, message) = match (old, new) {
        (Some(old), Some(new)) => (
            new.line,
            Side::New,
            format!(
                "a footnote of {name} changed from \"{}\" to \"{}\"",
                old.text.text, new.text.text
            ),
        ),
        (None, Some(new)) => {
            (new.line, Side::New, format!("{name} has a new footnote: \"{}\"", new.text.text))
        }
        (Some(old), None) => {
            (old.line, Side::Old, format!("{name} lost its footnote: \"{}\"", old.text.text))
        }
        (None, None) => return None,
    };
    Some(Notice::at(line, Code::FootnoteChanged, message).on_side(side))
}

/// What people know a row or a table by.
fn name_of(page: &Document, (matrix, row): FootnotePlace) -> String {
    let Some(matrix) = page.matrices.get(matrix) else { return "the table".to_owned() };
    let first_duty = |row: &Row| row.duties.first().map(|duty| duty.phrase.text.clone());
    let of_row = row.and_then(|row| matrix.rows.get(row)).and_then(|row| {
        if row.task.is_empty() { first_duty(row) } else { Some(row.task.text.clone()) }
    });
    match of_row {
        Some(name) => format!("\"{name}\""),
        None => format!("the table under \"{}\"", matrix.area().text),
    }
}

#[cfg(test)]
mod tests {
    use crate::diff::compare_pages;
    use crate::model::{Code, Sides};
    use crate::normalize::{Names, read_page};

    #[track_caller]
    fn check(old: &[&str], new: &[&str], expected: &[&str]) {
        let page = |rows: &[&str]| {
            let rows = rows.join("\n");
            let text = format!("# T\n\n| Task | IBM | You |\n|---|---|---|\n{rows}\n");
            read_page(text.as_bytes(), &Names::builtin())
        };
        let (old, new) = (page(old), page(new));
        let comparison = compare_pages(Sides::new(&old, &new));
        let reported: Vec<&str> = comparison
            .notices
            .iter()
            .filter(|notice| notice.code == Code::FootnoteChanged)
            .map(|notice| notice.message.as_str())
            .collect();
        assert_eq!(reported, expected);
        assert!(comparison.changes.is_empty(), "{:?}", comparison.changes);
    }

    #[test]
    fn a_note_that_says_something_else() {
        check(
            &["| Keys[^1] | Store keys. | Make keys. |", "", "[^1]: Not on Sundays."],
            &["| Keys[^1] | Store keys. | Make keys. |", "", "[^1]: Never on Sundays."],
            &["a footnote of \"Keys\" changed from \"Not on Sundays.\" to \"Never on Sundays.\""],
        );
        check(
            &[
                "| Keys | Store keys.<sup>1</sup> | Make keys. |",
                "",
                "<sup>1</sup> Not on Sundays.",
            ],
            &[
                "| Keys | Store keys.<sup>1</sup> | Make keys. |",
                "",
                "<sup>1</sup> Not on Mondays.",
            ],
            &["a footnote of \"Keys\" changed from \"Not on Sundays.\" to \"Not on Mondays.\""],
        );
    }

    #[test]
    fn a_note_that_came_or_went() {
        check(
            &["| Keys | Store keys. | Make keys. |"],
            &["| Keys | Store keys.[^1] | Make keys. |", "", "[^1]: Not on Sundays."],
            &["\"Keys\" has a new footnote: \"Not on Sundays.\""],
        );
        check(
            &[
                "| Keys | Store keys.[^1] | Make keys. |",
                "| Doors | Oil.[^1] | Paint. |",
                "",
                "[^1]: Not now.",
            ],
            &[
                "| Keys | Store keys. | Make keys. |",
                "| Doors | Oil.[^1] | Paint. |",
                "",
                "[^1]: Not now.",
            ],
            &["\"Keys\" lost its footnote: \"Not now.\""],
        );
    }

    #[test]
    fn numbers_of_notes_say_nothing() {
        check(
            &["| Keys | Store keys.[^1] | Make keys. |", "", "[^1]: Not on Sundays."],
            &[
                "| Keys | Store keys.<sup>2</sup> | Make keys. |",
                "",
                "<sup>2</sup> Not on **Sundays**.",
            ],
            &[],
        );
    }
}
