//! What a pairing rests on, figure by figure, for readers who doubt it.

use crate::model::{Change, Kind, Party, Place};
use crate::render::safe;
use crate::report::{Context, ExplainedChange, Found, Weighed};

use super::canvas::{Canvas, Look, Word, words};
use super::changes::holder;
use super::names::{self, Spot};

const BODY: usize = 2;
/// Columns for what a line is about.
const MARGIN: usize = 16;
/// No more words of one kind than these are shown.
const MOST_WORDS: usize = 12;
/// No more pairs beside the change's own than these are shown.
const MOST_OTHERS: usize = 2;

/// Shows why each change is what it is.
pub(super) fn tell(canvas: &mut Canvas, changes: &[ExplainedChange]) {
    if changes.is_empty() {
        canvas.line(0, &words("No duty changed, so there is nothing to explain.", Look::Plain));
    }
    for (at, explained) in changes.iter().enumerate() {
        if at > 0 {
            canvas.blank();
        }
        tell_one(canvas, explained);
    }
}

fn tell_one(canvas: &mut Canvas, explained: &ExplainedChange) {
    let change = &explained.change;
    let mut line = vec![
        Word::new(change.id.as_str(), Look::Title),
        Word::new(format!("{}:", change.kind.name()), Look::Heading),
    ];
    line.extend(holder(change));
    canvas.paragraph(0, &line);
    for (side, place) in [("old", &change.place.old), ("new", &change.place.new)] {
        if let Some(place) = place {
            tell_place(canvas, explained, side, place);
        }
    }
    canvas.blank();
    canvas.paragraph(BODY, &words(&verdict(explained), Look::Plain));
    let (own, others): (Vec<&Weighed>, Vec<&Weighed>) =
        explained.weighed.iter().partition(|weighed| weighed.taken);
    for weighed in own {
        tell_figures(canvas, weighed, BODY);
    }
    let others = others.into_iter().filter(|weighed| weighed.weighing.likeness > 0.0);
    for (at, weighed) in others.take(MOST_OTHERS).enumerate() {
        canvas.blank();
        let first = match explained.found {
            Found::Nowhere => "The best candidate",
            Found::InItsCell | Found::ByWorth => "The second best",
        };
        let name = if at == 0 { first } else { "Next" };
        canvas.line(BODY, &words(name, Look::Heading));
        tell_rival(canvas, change, weighed);
        tell_figures(canvas, weighed, 2 * BODY);
    }
}

fn tell_place(canvas: &mut Canvas, explained: &ExplainedChange, side: &str, place: &Place) {
    let path = place.path.as_ref().unwrap_or(&explained.path);
    let here = Place { path: None, ..place.clone() };
    let mut line = words(&Spot::of(&here).joined(), Look::Place);
    let at = format!("({}:{})", safe::visible(path), place.line);
    line.push(match side {
        "new" => canvas.linked(&at, path, place.line, Look::Faint),
        _ => Word::new(at, Look::Faint),
    });
    canvas.hanging(BODY, &words(side, Look::Faint), 5, &line);
    canvas.hanging(BODY, &[], 5, &words(&place.text, Look::Plain));
}

/// How the pair was found, or why there is no pair.
fn verdict(explained: &ExplainedChange) -> String {
    let own = explained.weighed.iter().any(|weighed| weighed.taken);
    let told = match (explained.found, explained.change.kind) {
        (Found::InItsCell, _) => {
            "Paired in place: the same words are in the matching row (or the same column of a matching grid row). No other duty was considered."
        }
        (Found::ByWorth, _) if explained.across => {
            "Paired across documents: one lost it, the other gained it, and these pairs have the highest total score."
        }
        (Found::ByWorth, _) if own => {
            "Paired by score: among the duties not paired in place, these pairs have the highest total score."
        }
        (Found::Nowhere | Found::ByWorth, Kind::Added | Kind::Removed)
            if !explained.weighed.iter().any(|weighed| weighed.weighing.likeness > 0.0) =>
        {
            "No counterpart: no unpaired duty of the other version resembles it."
        }
        (Found::Nowhere | Found::ByWorth, _) => {
            "No counterpart: no unpaired duty of the other version reaches the minimum score, or it belongs to a better pair."
        }
    };
    told.to_owned()
}

/// The duty that a change was weighed against beside its own partner.
fn tell_rival(canvas: &mut Canvas, change: &Change, weighed: &Weighed) {
    let is_own_old = change.place.old.as_ref().is_some_and(|place| {
        place.line == weighed.duty.old.line && place.text == weighed.duty.old.text
    });
    let (side, rival) =
        if is_own_old { ("new", &weighed.duty.new) } else { ("old", &weighed.duty.old) };
    let about = format!("{}, {side} line {}", party(&rival.party), rival.line);
    let task = if rival.task.is_empty() { String::new() } else { format!(", {}", rival.task) };
    canvas.paragraph(2 * BODY, &words(&format!("{about}{task}"), Look::Faint));
    canvas.paragraph(2 * BODY, &words(&rival.text, Look::Plain));
}

fn party(party: &Party) -> String {
    names::party(Some(party))
}

fn tell_figures(canvas: &mut Canvas, weighed: &Weighed, indent: usize) {
    let weighing = &weighed.weighing;
    let (sum, bar) = (weighing.sum(), weighing.bar);
    let kind = if weighing.same_party { "of one party" } else { "of two parties" };
    let outcome = match (weighed.taken, sum >= bar) {
        (true, _) => format!("above the minimum of {bar:.2} for duties {kind}"),
        (false, true) => format!("above the minimum of {bar:.2} for duties {kind}, but not chosen"),
        (false, false) => {
            format!("{:.2} below the minimum of {bar:.2} for duties {kind}", bar - sum)
        }
    };
    let mut row = |name: &str, text: &str, look: Look| {
        canvas.hanging(indent, &words(name, look), MARGIN, &words(text, Look::Plain));
    };
    row("score", &format!("{sum:.2}, {outcome}"), Look::Heading);
    row("likeness", &format!("{:.2}", weighing.likeness), Look::Faint);
    row("context", &context(&weighing.context), Look::Faint);
    row("stems in both", &listed(&weighing.words.shared), Look::Faint);
    row("only old", &listed(&weighing.words.only.old), Look::Faint);
    row("only new", &listed(&weighing.words.only.new), Look::Faint);
}

fn context(context: &Context) -> String {
    let parts = [
        (context.equal_text, "equal texts"),
        (context.crossed, "the same words in the row's other column"),
        (context.same_row, "rows that belong together"),
        (context.alone, "alone in their cells"),
        (context.same_table, "tables that belong together"),
        (context.task, "similar tasks"),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(value, _)| *value >= 0.005)
        .map(|(value, name)| format!("{value:.2} {name}"))
        .collect();
    if told.is_empty() { "none".to_owned() } else { told.join(", ") }
}

fn listed(words: &[(String, f64)]) -> String {
    let told: Vec<String> =
        words.iter().take(MOST_WORDS).map(|(word, weight)| format!("{word} {weight:.1}")).collect();
    match words.len().saturating_sub(MOST_WORDS) {
        _ if told.is_empty() => "none".to_owned(),
        0 => told.join(", "),
        more => format!("{} and {more} minor ones", told.join(", ")),
    }
}
