//! What a pairing rests on, figure by figure, for readers who doubt it.

use crate::model::{Change, Kind, Party, Place};
use crate::render::safe;
use crate::report::{CountedWord, ExplainedChange, FoundBy, PairContext, Weighed};

use super::change_writer::holder_words;
use super::names::{self, ShownPlace};
use super::options::TextOptions;
use super::text_writer::{Look, TextWriter, Word, safe_words};

const BODY: usize = 2;
/// Columns for what a line is about.
const MARGIN: usize = 16;
/// No more words of one kind than these are shown.
const MOST_WORDS: usize = 12;
/// No more pairs beside the change's own than these are shown.
const MOST_OTHERS: usize = 2;

/// Why each change is reported as it is; `for_some` says that only some changes were asked for.
#[must_use]
pub fn render_explain(
    changes: &[ExplainedChange],
    for_some: bool,
    options: &TextOptions,
) -> Vec<u8> {
    let mut canvas = TextWriter::new(options);
    if changes.is_empty() {
        let what = if for_some { "No matching change" } else { "No duty changed" };
        let text = format!("{what}, so there is nothing to explain.");
        canvas.write_last_line(&safe_words(&text, Look::Plain));
    }
    for (at, explained) in changes.iter().enumerate() {
        if at > 0 {
            canvas.blank_line();
        }
        write_one(&mut canvas, explained);
    }
    canvas.into_bytes()
}

fn write_one(canvas: &mut TextWriter, explained: &ExplainedChange) {
    let change = &explained.change;
    let mut line = vec![
        Word::new(change.id.as_str(), Look::Title),
        Word::new(format!("{}:", change.kind.name()), Look::Heading),
    ];
    line.extend(holder_words(change));
    canvas.write_paragraph(0, &line);
    for (side, place) in [("old", &change.place.old), ("new", &change.place.new)] {
        if let Some(place) = place {
            write_place(canvas, explained, side, place);
        }
    }
    canvas.blank_line();
    canvas.write_paragraph(
        BODY,
        &safe_words(&verdict_text(explained, canvas.command()), Look::Plain),
    );
    let (own, others): (Vec<&Weighed>, Vec<&Weighed>) =
        explained.weighed.iter().partition(|weighed| weighed.taken);
    for weighed in own {
        write_figures(canvas, weighed, BODY);
    }
    let others = others.into_iter().filter(|weighed| weighed.weighing.likeness > 0.0);
    for (at, weighed) in others.take(MOST_OTHERS).enumerate() {
        canvas.blank_line();
        let rank = match explained.found {
            _ if at > 0 => "Another candidate",
            FoundBy::Nowhere => "The best candidate",
            FoundBy::AmongTwins | FoundBy::AsPart => "Another candidate",
            FoundBy::InItsCell | FoundBy::ByWorth => "The second best candidate",
        };
        write_rival(canvas, change, weighed, rank);
        write_figures(canvas, weighed, 2 * BODY);
    }
}

fn write_place(canvas: &mut TextWriter, explained: &ExplainedChange, side: &str, place: &Place) {
    let path = place.path.as_ref().unwrap_or(&explained.path);
    let here = Place { path: None, ..place.clone() };
    let mut line = safe_words(&ShownPlace::from_place(&here).in_one_line(), Look::Place);
    let at = format!("({}:{})", safe::make_visible(path), place.line);
    line.push(match side {
        "new" => canvas.linked_word(&at, path, place.line, Look::Faint),
        _ => Word::new(at, Look::Faint),
    });
    canvas.hanging_paragraph(BODY, &safe_words(side, Look::Faint), 5, &line);
    canvas.hanging_paragraph(BODY, &[], 5, &safe_words(&place.text, Look::Plain));
}

/// How the pair was found, or why there is no pair.
fn verdict_text(explained: &ExplainedChange, command: &str) -> String {
    let own = explained.weighed.iter().any(|weighed| weighed.taken);
    if is_of_part(explained) {
        return "A part moved: it was part of a duty of one party and is part of a duty of another party.".to_owned();
    }
    let shown = match (explained.found, explained.change.kind) {
        (FoundBy::InItsCell, _) => {
            "Matched in place: the same words are in the matching row (or the same column of a matching grid row). No other duty was considered."
        }
        (FoundBy::AsPart, _) => {
            "A part of the duty moved: what one of the two duties covers was, or became, a part of the other."
        }
        (FoundBy::AmongTwins, _) => {
            "Matched with the same words of the same party: another party also has them elsewhere, and no party has them less often than before."
        }
        (FoundBy::ByWorth, _) if explained.across => {
            "Matched across documents: one lost it, the other gained it, and these pairs have the highest total score."
        }
        (FoundBy::ByWorth, _) if own => {
            "Matched by score. Duties with the same words in the same place are matched first, then those with the same words in the same table; among all others, the pairs with the highest total score win."
        }
        (FoundBy::Nowhere, Kind::Moved) => {
            return format!(
                "Matched by the commits between the two versions: they reworded the duty and gave it to another party. `{command} log` shows each step."
            );
        }
        (FoundBy::Nowhere | FoundBy::ByWorth, Kind::Added | Kind::Removed)
            if !explained.weighed.iter().any(|weighed| weighed.weighing.likeness > 0.0) =>
        {
            "No counterpart: no unmatched duty of the other version resembles it."
        }
        (FoundBy::Nowhere | FoundBy::ByWorth, _) => {
            "No counterpart: every duty of the other version scores below the minimum or is part of a better pair."
        }
    };
    shown.to_owned()
}

/// Whether a change is about a part of its duties only.
fn is_of_part(explained: &ExplainedChange) -> bool {
    let place = &explained.change.place;
    let differs = |place: &Option<Place>, whole: &str| {
        place.as_ref().is_some_and(|place| place.text != whole)
    };
    let own = explained.weighed.iter().find(|weighed| weighed.taken);
    own.is_some_and(|own| {
        differs(&place.old, &own.duty.old.text) || differs(&place.new, &own.duty.new.text)
    })
}

/// The duty that a change was weighed against beside its own partner, and for which of both.
fn write_rival(canvas: &mut TextWriter, change: &Change, weighed: &Weighed, rank: &str) {
    let is_own_old = change.place.old.as_ref().is_some_and(|place| {
        place.line == weighed.duty.old.line && place.text == weighed.duty.old.text
    });
    let (own, side, rival) = if is_own_old {
        ("old", "new", &weighed.duty.new)
    } else {
        ("new", "old", &weighed.duty.old)
    };
    let heading = format!("{rank} for the {own} duty");
    canvas.write_line(BODY, &safe_words(&heading, Look::Heading));
    let party = party_text(&rival.party);
    let about = format!("{party}, line {} of the {side} version", rival.line);
    let task = if rival.task.is_empty() { String::new() } else { format!(", {}", rival.task) };
    canvas.write_paragraph(2 * BODY, &safe_words(&format!("{about}{task}"), Look::Faint));
    canvas.write_paragraph(2 * BODY, &safe_words(&rival.text, Look::Plain));
}

fn party_text(party: &Party) -> String {
    names::party_name(Some(party))
}

fn write_figures(canvas: &mut TextWriter, weighed: &Weighed, indent: usize) {
    let weighing = &weighed.weighing;
    let (sum, bar) = (weighing.total_score(), weighing.bar);
    let kind = if weighing.same_party { "of the same party" } else { "of different parties" };
    let outcome = match (weighed.taken, sum >= bar) {
        (true, true) => format!("above the minimum of {bar:.2} for duties {kind}"),
        (false, true) => format!("above the minimum of {bar:.2} for duties {kind}, but not chosen"),
        (_, false) => {
            format!("{:.2} below the minimum of {bar:.2} for duties {kind}", bar - sum)
        }
    };
    let mut row = |name: &str, text: &str, look: Look| {
        canvas.hanging_paragraph(
            indent,
            &safe_words(name, look),
            MARGIN,
            &safe_words(text, Look::Plain),
        );
    };
    row("score", &format!("{sum:.2}, {outcome}"), Look::Heading);
    row("likeness", &format!("{:.2}", weighing.likeness), Look::Faint);
    row("context", &context_text(&weighing.context), Look::Faint);
    row("words in both", &listed_words(&weighing.words.shared), Look::Faint);
    row("only in old", &listed_words(&weighing.words.only.old), Look::Faint);
    row("only in new", &listed_words(&weighing.words.only.new), Look::Faint);
}

fn context_text(context: &PairContext) -> String {
    let parts = [
        (context.equal_text, "equal texts"),
        (context.crossed, "the same words in the row's other column"),
        (context.same_row, "matching rows"),
        (context.alone, "alone in their cells"),
        (context.same_table, "matching tables"),
        (context.task, "similar tasks"),
    ];
    let shown: Vec<String> = parts
        .into_iter()
        .filter(|(value, _)| *value >= 0.005)
        .map(|(value, name)| format!("{value:.2} {name}"))
        .collect();
    if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
}

/// Each word with its weight; where the texts have it in two forms, the old one first.
fn listed_words(words: &[CountedWord]) -> String {
    let one = |counted: &CountedWord| {
        let word = match (&counted.word.old, &counted.word.new) {
            (Some(old), Some(new)) if old != new => format!("{old}/{new}"),
            (Some(word), _) | (None, Some(word)) => word.clone(),
            (None, None) => counted.stem.clone(),
        };
        format!("{word} {:.1}", counted.weight)
    };
    let shown: Vec<String> = words.iter().take(MOST_WORDS).map(one).collect();
    match words.len().saturating_sub(MOST_WORDS) {
        _ if shown.is_empty() => "none".to_owned(),
        0 => shown.join(", "),
        1 => format!("{} and 1 word of less weight", shown.join(", ")),
        more => format!("{} and {more} words of less weight", shown.join(", ")),
    }
}
