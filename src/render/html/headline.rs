//! The first line of the overview.

use crate::model::{capitalized, uncapitalized};
use crate::render::text::summary;
use crate::report::{Dossier, Sheet, Summary};

/// What the first line of the overview is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadlineSpan {
    /// Two ends of a history.
    Range,
    /// The first edition of each page and its last.
    FirstToLast,
    /// Pages that have one edition each.
    OneEdition,
}

/// What these pages are compared over.
pub(super) fn span_of(dossiers: &[&Dossier], is_whole: bool) -> HeadlineSpan {
    let mut lives = dossiers.iter().flat_map(|dossier| &dossier.sheets);
    let has_one = |sheet: &Sheet| sheet.life.as_ref().is_some_and(|life| life.editions.len() == 1);
    match is_whole {
        false => HeadlineSpan::Range,
        true if lives.all(has_one) => HeadlineSpan::OneEdition,
        true => HeadlineSpan::FirstToLast,
    }
}

/// What happened, in a line; `between` counts the moves that both ends do not show. What is between
/// the first edition and the last is named so. `lost` says that pages can no longer be read. One
/// sentence alone, as a title, has no full stop.
pub(super) fn headline_text(
    summary: &Summary,
    between: usize,
    arrived: &Summary,
    span: HeadlineSpan,
    lost: Option<&str>,
) -> String {
    let text = summary::duties_text(summary);
    let is_led = match span {
        HeadlineSpan::FirstToLast => true,
        HeadlineSpan::OneEdition => between == 0,
        HeadlineSpan::Range => between > 0 && summary.moved == 0,
    };
    // the words about moves, which name what is left out, are not there
    let names_others = between > 0 && summary.moved == 0;
    let mut text = if names_others {
        let others = text.find(';').and_then(|at| text.get(at + 2..));
        let none = match span {
            HeadlineSpan::OneEdition => "only one edition",
            HeadlineSpan::Range | HeadlineSpan::FirstToLast => "no duty changed",
        };
        others.unwrap_or(none).to_owned()
    } else {
        text
    };
    if is_led {
        let what = match span {
            HeadlineSpan::Range => "Both ends compared",
            HeadlineSpan::FirstToLast | HeadlineSpan::OneEdition => "First to last edition",
        };
        text = format!("{what}: {}", uncapitalized(&text));
    }
    if names_others {
        let when = if span == HeadlineSpan::OneEdition { "Within it" } else { "In between" };
        // one duty may have done so more than once
        let moves = match between {
            1 => "1 duty changed hands".to_owned(),
            more => format!("duties changed hands {more} times"),
        };
        text = format!("{text}. {when}, {moves}");
    }
    if names_others && let Some(ignored) = summary::ignored_text(summary.ignored) {
        text = format!("{text}. {}", capitalized(&ignored));
    }
    if (summary.total_changes(), between) == (0, 0) && arrived.total_changes() > 0 {
        text = format!("{text}. From other pages: {}", summary::brief_counts(arrived));
    }
    if let Some(lost) = lost {
        text = format!("{text}. {}", lost.trim_end_matches('.'));
    }
    if text.contains(". ") {
        text.push('.');
    }
    capitalized(&text)
}
