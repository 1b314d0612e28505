//! Cells to duties: list items, or the sentences between breaks.

use super::content_kind::ContentKind;
use super::duty_nouns::{is_duty_noun, is_responsibility};
use super::lead_words::{is_adverb, is_copula, is_list_word};
use super::reference::is_reference;
use super::text::{TextReader, shortened_label};
use super::tokens::{self, Token, Who};
use crate::model::{Code, Duty, Party, Phrase};
use crate::parse::{Cell, Piece, PieceKind, split_sentences};

/// A text that is one obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundDuty {
    /// The obligation.
    pub(super) text: String,
    /// Line of the file, from 1.
    pub(super) line: usize,
    /// The lead-in at the head of the text, where it has one.
    pub(super) lead: String,
}

/// A longer lead-in becomes a duty of its own instead of being repeated with each of its items.
const LONGEST_LEAD: usize = 240;
/// Deeper lists are repeated with the lead-ins of their outer levels only.
const DEEPEST_LEAD: usize = 4;

/// The duties of a cell of a party's column.
pub(super) fn of_cell(cell: &Cell, reader: &mut TextReader<'_>) -> Vec<FoundDuty> {
    let mut cutter = DutySplitter {
        listed: cell.pieces.iter().any(is_item),
        reader,
        found: Vec::new(),
        lead: String::new(),
        parents: Vec::new(),
        after_item: false,
        told_placeholder: false,
    };
    let mut pieces = cell.pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        let next = pieces.peek().copied();
        match piece.kind {
            PieceKind::Text => cutter.add_text(piece, next),
            PieceKind::Item { depth } => cutter.add_item(piece, depth, next),
        }
    }
    cutter.found
}

/// Found texts as the duties of a party.
pub(super) fn duties_held_by(
    found: Vec<FoundDuty>,
    party: &Party,
    column: &str,
    reader: &TextReader<'_>,
) -> Vec<Duty> {
    let column = shortened_label(column).unwrap_or_else(|| column.to_owned());
    found
        .into_iter()
        .map(|FoundDuty { text, line, lead }| {
            let reference = is_reference(&text);
            let phrase = reader.phrase_of(text);
            let lead_words = words_of_lead(&reader.phrase_of(lead), &phrase);
            let (party, column) = (party.clone(), column.clone());
            Duty { party, column, reference, phrase, area: None, line, lead_words, included: None }
        })
        .collect()
}

/// How many canonical words a lead-in has in the text that it opens.
fn words_of_lead(lead: &Phrase, text: &Phrase) -> usize {
    let below = text.canonical.strip_prefix(lead.canonical.as_str());
    let opens = !lead.is_empty() && below.is_some_and(|below| below.starts_with(' '));
    if opens { lead.canonical.split(' ').count() } else { 0 }
}

/// Whether a text is a few words in brackets: "(Optional)", "[Beta]". They belong to the sentence before.
fn is_bracketed_remark(text: &str) -> bool {
    const MOST_WORDS: usize = 4;
    let bare = text.trim_end_matches('.');
    let inside = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let inside = inside.or_else(|| bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')));
    inside.is_some_and(|inside| {
        !inside.contains(['[', ']', '(', ')'])
            && inside.split(' ').count() <= MOST_WORDS
            && !is_reference(inside)
    })
}

fn is_item(piece: &Piece) -> bool {
    matches!(piece.kind, PieceKind::Item { .. })
}

/// Walks over the pieces of one cell.
struct DutySplitter<'a, 'n> {
    reader: &'a mut TextReader<'n>,
    found: Vec<FoundDuty>,
    /// Whether the cell has list items.
    listed: bool,
    /// The lead-ins that are repeated with the pieces to come.
    lead: String,
    /// The same for nested items, by depth.
    parents: Vec<(usize, String)>,
    after_item: bool,
    told_placeholder: bool,
}

impl DutySplitter<'_, '_> {
    fn add_text(&mut self, piece: &Piece, next: Option<&Piece>) {
        let text = self.reader.plain_text(&piece.runs, piece.line);
        if text.is_empty() {
            return;
        }
        self.parents.clear();
        let leads_list = next.is_some_and(is_item);
        if self.listed {
            self.lead.clear();
        }
        if self.after_item {
            // after a list a piece is one duty, unless it plainly opens another list
            if leads_list && is_lead_in(&text) {
                let (before, lead) = self.split_lead_in(piece);
                self.push(&before.join(" "), piece.line);
                self.open(lead, piece.line);
            } else {
                self.add_whole(piece);
            }
        } else if leads_list || (next.is_some() && self.opens_lines(&text)) {
            self.lead.clear();
            let (before, last) = self.split_lead_in(piece);
            for sentence in &before {
                self.push(sentence, piece.line);
            }
            if last.ends_with(['.', '!', '?']) && !is_lead_in(&last) {
                self.push(&last, piece.line);
            } else {
                self.open(last, piece.line);
            }
        } else {
            for text in self.texts_of(piece) {
                match self.found.last_mut().filter(|_| is_bracketed_remark(&text)) {
                    Some(duty) => duty.text = format!("{} {text}", duty.text),
                    None => self.push(&text, piece.line),
                }
            }
        }
    }

    /// Whether a text that no list follows opens the lines below it.
    fn opens_lines(&self, text: &str) -> bool {
        let unfinished = !text.ends_with(['.', '!', '?']);
        is_lead_in(text) || (unfinished && names_a_party_only(text, self.reader))
    }

    /// The sentences of a piece before its last one, and the last one: only that is repeated with
    /// the items that it introduces.
    fn split_lead_in(&mut self, piece: &Piece) -> (Vec<String>, String) {
        let mut texts = self.texts_of(piece);
        let last = texts.pop().unwrap_or_default();
        (texts, last)
    }

    fn add_item(&mut self, piece: &Piece, depth: usize, next: Option<&Piece>) {
        self.after_item = true;
        while self.parents.last().is_some_and(|(parent, _)| *parent >= depth) {
            self.parents.pop();
        }
        let nested = next.is_some_and(
            |next| matches!(next.kind, PieceKind::Item { depth: below } if below > depth),
        );
        let text = self.reader.plain_text(&piece.runs, piece.line);
        let (before, lead) = if nested && is_lead_in(&text) {
            self.split_lead_in(piece)
        } else {
            (Vec::new(), String::new())
        };
        if lead.is_empty() || lead.len() > LONGEST_LEAD {
            self.add_whole(piece);
            return;
        }
        self.push(&before.join(" "), piece.line);
        if !names_a_party_only(&lead, self.reader) {
            self.parents.push((depth, lead));
        }
    }

    /// A lead-in for what comes. One that only names the party says nothing more than the
    /// column does.
    fn open(&mut self, text: String, line: usize) {
        if text.len() > LONGEST_LEAD {
            self.push(&text, line);
        } else if names_a_party_only(&text, self.reader)
            || self.reader.content_kind(&text) == ContentKind::Empty
        {
            self.lead.clear();
        } else {
            self.lead = text;
        }
    }

    /// A piece that is one duty, however many sentences it has.
    fn add_whole(&mut self, piece: &Piece) {
        let mut kept = self.texts_of(piece);
        kept.retain(|text| self.reader.content_kind(text) != ContentKind::Empty);
        self.push(&kept.join(" "), piece.line);
    }

    /// The sentences of a piece.
    fn texts_of(&mut self, piece: &Piece) -> Vec<String> {
        let texts = split_sentences(&piece.runs);
        let texts = texts.iter().map(|sentence| self.reader.plain_text(sentence, piece.line));
        texts.filter(|text| !text.is_empty()).collect()
    }

    fn push(&mut self, text: &str, line: usize) {
        match self.reader.content_kind(text) {
            ContentKind::Empty => {}
            ContentKind::Placeholder => {
                if !self.told_placeholder {
                    self.told_placeholder = true;
                    let message = format!("template text in place of a duty: \"{text}\"");
                    self.reader.add_notice(line, Code::Placeholder, message);
                }
            }
            ContentKind::Words => {
                let leads = std::iter::once(&self.lead)
                    .chain(self.parents.iter().take(DEEPEST_LEAD).map(|(_, lead)| lead))
                    .filter(|lead| !lead.is_empty());
                let lead = leads.map(String::as_str).collect::<Vec<_>>().join(" ");
                let text = if lead.is_empty() { text.to_owned() } else { format!("{lead} {text}") };
                self.found.push(FoundDuty { text, line, lead });
            }
        }
    }
}

/// Whether a text ends in the colon that opens what comes; other signs behind it are typing
/// errors ("responsible for:<").
fn is_lead_in(text: &str) -> bool {
    let end = text.rfind(char::is_alphanumeric).unwrap_or_default();
    text[end..].contains([':', '：'])
}

/// "The customer is responsible for the following:", "Your responsibilities:".
pub(super) fn names_a_party_only(text: &str, reader: &TextReader<'_>) -> bool {
    let tokens = tokens::of_text(text, reader.names());
    opens_as_sentence(&tokens)
        || names_whose_they_are(&tokens)
        || party_of_lead(text, reader).is_some()
}

/// The party that a lead line names and nothing else: "IBM's responsibilities:".
pub(super) fn party_of_lead(text: &str, reader: &TextReader<'_>) -> Option<Who> {
    let tokens = tokens::of_text(text, reader.names());
    let (who, used) = tokens::listed_party(&tokens)?;
    let rest = &tokens[used..];
    let says = rest.first()?.is_a(is_responsibility);
    let filled =
        rest.iter().all(|token| token.is_a(|word| is_responsibility(word) || is_list_word(word)));
    (says && filled).then_some(who)
}

/// "It is your responsibility to", "The following tasks are customer responsibilities", "The following
/// are the responsibility of IBM".
fn names_whose_they_are(tokens: &[Token]) -> bool {
    let Some(verb) = tokens.iter().position(|token| token.is_a(is_copula)) else {
        return false;
    };
    let (this, rest) = (&tokens[..verb], &tokens[verb + 1..]);
    let is_quiet = |token: &Token| token.is_a(is_list_word);
    let points = |token: &Token| token.is("it") || is_quiet(token) || token.is_a(is_duty_noun);
    // "the responsibility of IBM", "your responsibility"
    let is_noun = |token: &Token| token.is_a(is_responsibility);
    let named_last = if let [the, noun, of, who @ ..] = rest
        && the.is("the")
        && is_noun(noun)
        && of.is("of")
    {
        tokens::listed_party(who).map(|(_, used)| &who[used..])
    } else {
        None
    };
    let behind = named_last.or_else(|| {
        let (_, used) = tokens::listed_party(rest)?;
        rest[used..].split_first().filter(|(noun, _)| is_noun(noun)).map(|(_, behind)| behind)
    });
    let fits = verb > 0 && this.iter().all(points);
    behind.is_some_and(|behind| fits && behind.iter().all(|t| t.is("to") || is_quiet(t)))
}

/// "X is responsible for (the following)", for any X.
fn opens_as_sentence(tokens: &[Token]) -> bool {
    // "If you enable backups, IBM is responsible for:" says more than whose the items are
    const CONDITIONS: [&str; 10] =
        ["after", "for", "if", "in", "once", "on", "unless", "until", "when", "with"];
    let says = |token: &Token| token.is("responsible") || token.is("accountable");
    let Some(at) = tokens.iter().position(says) else { return false };
    let (who, rest) = tokens.split_at(at);
    let verb = who.iter().rposition(|token| token.is_a(is_copula));
    let subject =
        verb.is_none_or(|verb| (1..=6).contains(&verb) && who[verb + 1..].iter().all(is_adverb));
    let bare = verb.is_none() && !who.is_empty();
    let denied = who.iter().any(|token| token.is("not"));
    let denied = denied || who.first().is_some_and(|first| CONDITIONS.iter().any(|w| first.is(w)));
    let fills = |word: &str| word == "for" || is_list_word(word);
    let filled = rest[1..].iter().all(|token| is_adverb(token) || token.is_a(fills));
    subject && !bare && !denied && filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Names;
    use crate::normalize::fixture::cell;

    #[track_caller]
    fn check(pieces: &[&str], expected: &[&str]) {
        let names = Names::builtin();
        let mut reader = TextReader::new(&names, Vec::new());
        let found = of_cell(&cell(&pieces.join("\n")), &mut reader);
        let texts: Vec<&str> = found.iter().map(|found| found.text.as_str()).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_reference_in_brackets_is_a_sentence_of_its_own() {
        check(&["Back up keys. (See Keys.)"], &["Back up keys.", "(See Keys.)"]);
        check(&["Back up keys. (Optional)"], &["Back up keys. (Optional)"]);
    }

    #[test]
    fn without_items_every_sentence_is_one() {
        check(
            &["Back up keys. Rotate them.", "Audit access"],
            &["Back up keys.", "Rotate them.", "Audit access"],
        );
    }

    #[test]
    fn an_item_is_one_however_many_sentences() {
        check(
            &["- Back up keys. Do so daily.", "- Rotate keys"],
            &["Back up keys. Do so daily.", "Rotate keys"],
        );
    }

    #[test]
    fn a_lead_in_is_told_with_each_item() {
        check(
            &["Skyvault is at hand. For each vault", "- back up keys", "- rotate keys"],
            &["Skyvault is at hand.", "For each vault back up keys", "For each vault rotate keys"],
        );
        check(&["Keep these safe.", "- keys"], &["Keep these safe.", "keys"]);
    }

    #[test]
    fn a_lead_in_that_names_the_party_says_nothing() {
        for lead in [
            "The customer is responsible for the following:",
            "IBM is responsible for:",
            "Skyvault is also responsible for",
            "Your responsibilities:",
            "You are responsible for the following tasks:",
        ] {
            check(&[lead, "- Back up keys"], &["Back up keys"]);
        }
        check(&["IBM is not responsible for:", "- keys"], &["IBM is not responsible for: keys"]);
    }

    #[test]
    fn text_after_a_list_is_one() {
        check(
            &["- Back up keys", "Call us. We help.", "Or wait."],
            &["Back up keys", "Call us. We help.", "Or wait."],
        );
    }

    #[test]
    fn nested_items_are_told_with_their_parent() {
        check(
            &["- Keep safe:", "  - keys", "  - vaults", "- Audit", "  - access"],
            &["Keep safe: keys", "Keep safe: vaults", "Audit", "access"],
        );
    }

    #[test]
    fn markers_and_templates_are_none() {
        check(&["N/A"], &[]);
        check(&["- None"], &[]);
        check(&["None. IBM does it all."], &["IBM does it all."]);
        check(&["- None. IBM does it all."], &["IBM does it all."]);
        check(&["Customer responsibility description"], &[]);
    }
}
