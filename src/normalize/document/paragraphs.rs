//! Paragraphs below a line that names a party, and those that introduce what stands below them.

use super::SectionWalk;
use super::intros::{
    Intro, binds, binds_party, introduces_else, only_points, speaks_of_responsibilities,
};
use crate::model::Layout;
use crate::normalize::lead::{Lead, LeadCandidate, LeadForm};
use crate::normalize::section_leads::HeadingPlace;
use crate::normalize::text::TextReader;
use crate::normalize::tokens::{self, Token};
use crate::normalize::{layout, lead_groups, leads, party_lists};
use crate::parse::{Block, Paragraph, Piece, PieceKind, Run, split_sentences};

impl SectionWalk<'_> {
    pub(super) fn read_paragraph(&mut self, paragraph: &Paragraph, next: Option<&Block>) {
        let above = std::mem::replace(&mut self.intro, Intro::Nothing);
        let line = self.lead.take();
        let opens = match paragraph.runs.last() {
            Some(Run::Text(text)) => text.trim_end().ends_with(':'),
            Some(_) | None => false,
        };
        let pure = |lead: &&Lead| lead.form == LeadForm::Pure;
        let heading = self.enclosing_heading();
        // a line is a paragraph's lead only where another party's stands beside it
        let divides = |lead: &Lead| self.resolver.is_divided(heading, lead);
        let close = line.as_ref().filter(pure).is_some_and(divides);
        let holder = if close { line.clone() } else { self.heading_lead().cloned() };
        let names = |lead: &&Lead| lead.form != LeadForm::Sentence;
        let holder = holder.as_ref().filter(names).filter(|_| !matches!(above, Intro::Else));
        // below "Your responsibilities for HA and DR" not all that is said is a duty
        let worded = holder.is_some_and(|holder| holder.form == LeadForm::Worded);
        if self.notes.contains(&paragraph.line) {
            return;
        }
        if paragraph.only_links || (paragraph.long && !opens && holder.is_none()) {
            return;
        }
        let runs = paragraph.all_runs();
        let mut sentences = split_sentences(&runs);
        let text = self.reader.plain_text(&runs, paragraph.line);
        // what stands before a lead-in below a party's heading is a duty of its own
        let whole = sentences.len() < 2 || worded || holder.is_none();
        if whole && let Some(found) = self.paragraph_lead(&text, &runs, next) {
            self.lead = self.resolve_lead(&found, &text);
            if self.lead.is_some() {
                return;
            }
        }
        if self.split_inline_lead(&runs, paragraph.line) {
            return;
        }
        let is_list = matches!(next, Some(Block::List(_) | Block::Table(_) | Block::Definition(_)));
        let last = sentences.last().map(|runs| self.reader.plain_text(runs, paragraph.line));
        let last = last.unwrap_or_default();
        if is_list && leads::points_down(&last) {
            let piece = sentences.pop().map(|runs| Piece {
                kind: PieceKind::Text,
                runs,
                line: paragraph.line,
            });
            // what stands before "See the following list." says what the list is
            let alone = sentences.is_empty() && only_points(&last);
            self.read_intro(&last, piece, line.as_ref(), alone);
        } else if line.is_some() && is_list {
            // the line above names the party of the list, too
            self.lead.clone_from(&line);
        }
        if matches!(next, Some(Block::List(_))) && is_title(&text) {
            // the heading of the list below, as good as one with a number of `#`
            sentences.clear();
        }
        if let Some(holder) = holder {
            let other = self.lead.clone().filter(|lead| lead.party != holder.party);
            let holder = other.as_ref().unwrap_or(holder);
            if worded {
                let names = self.reader.names();
                sentences.retain(|runs| {
                    let text = self.reader.plain_text(runs, paragraph.line);
                    binds_party(&text, &holder.party, names)
                });
            } else if !close && self.leads_to_parties(heading, holder) {
                sentences.retain(|runs| binds(&self.reader.plain_text(runs, paragraph.line)));
            }
            self.add_sentences(holder, sentences, paragraph.line);
            if close && self.lead.is_none() {
                self.lead = line;
            }
        }
    }

    /// The lead that a paragraph is; above a table, its title, too: "Table 1. Your responsibilities".
    fn paragraph_lead(
        &self,
        text: &str,
        runs: &[Run],
        next: Option<&Block>,
    ) -> Option<LeadCandidate> {
        let title = party_lists::without_number(text);
        if matches!(next, Some(Block::Table(_))) && title.len() < text.len() {
            return leads::of_title(title, &[Run::Text(title.to_owned())], &self.reader);
        }
        let leads = matches!(next, Some(Block::List(_) | Block::Table(_) | Block::Definition(_)));
        let read = if leads { lead_groups::of_line_above } else { leads::of_line };
        read(text, runs, &self.reader)
    }

    /// Whether the part under a heading goes on with a table that names its parties itself, or
    /// with leads of other parties: most of what stands above those introduces them.
    fn leads_to_parties(&mut self, heading: HeadingPlace, holder: &Lead) -> bool {
        if self.resolver.is_divided(heading, holder) {
            return true;
        }
        let says = self.says_responsibility(None);
        let below = (self.at..).map_while(|at| self.resolver.block_at(at));
        let mut tables = below
            .take_while(|block| !matches!(block, Block::Heading(_)))
            .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        tables.any(|table| {
            let mut aside = TextReader::new(self.reader.names(), Vec::new());
            let reading = layout::recognize_table(table, says, &mut aside);
            reading.is_some_and(|reading| reading.layout() != Layout::PartyLists)
        })
    }

    /// Takes in the last sentence above a list.
    fn read_intro(
        &mut self,
        text: &str,
        piece: Option<Piece>,
        line: Option<&Lead>,
        only_points: bool,
    ) {
        let piece = piece.unwrap_or(Piece { kind: PieceKind::Text, runs: Vec::new(), line: 0 });
        let found = leads::of_line(text, &piece.runs, &self.reader);
        let holder = line.or(self.heading_lead());
        let other = holder.is_some_and(|holder| self.speaks_of_another(text, holder));
        if let Some(lead) = found.and_then(|found| self.resolve_lead(&found, text)) {
            self.lead = Some(lead);
        } else if other || (!only_points && introduces_else(text)) {
            self.intro = Intro::Else;
        } else {
            self.lead = line.cloned();
            // a sentence that only points at the list is not repeated with its items
            let opens = text.ends_with(':') && !only_points;
            self.intro = if opens { Intro::Duties(piece) } else { Intro::Nothing };
        }
    }

    /// Whether a sentence is about another party than the holder: "IBM provides the following:".
    fn speaks_of_another(&self, text: &str, holder: &Lead) -> bool {
        let tokens = tokens::of_text(text, self.reader.names());
        let parties: Vec<_> = tokens
            .iter()
            .filter_map(|token| match token {
                Token::Party(who) => who.known_party(self.reader.names()),
                Token::Join | Token::Word(_) => None,
            })
            .collect();
        !parties.is_empty() && !parties.contains(&holder.party)
    }

    /// "**IBM responsibilities**: IBM stores the keys." Another party's lead may open a later line of the
    /// same paragraph.
    pub(super) fn split_inline_lead(&mut self, runs: &[Run], line: usize) -> bool {
        let Some((lead, rest)) = self.lead_and_rest(runs, line) else { return false };
        let mut parts = vec![(lead, Vec::new())];
        for runs in split_sentences(&rest.runs) {
            if let Some((lead, rest)) = self.lead_and_rest(&runs, line) {
                parts.push((lead, vec![rest]));
            } else if let Some((_, pieces)) = parts.last_mut() {
                pieces.push(Piece { kind: PieceKind::Text, runs, line });
            }
        }
        for (lead, pieces) in parts {
            let row = party_lists::lead_row(&lead, String::new(), pieces, line, &mut self.reader);
            self.add_row(row);
        }
        true
    }

    /// The lead that a text opens with, and what stands behind it.
    fn lead_and_rest(&mut self, runs: &[Run], line: usize) -> Option<(Lead, Piece)> {
        let piece = Piece { kind: PieceKind::Text, runs: runs.to_vec(), line };
        let (lead, rest) = party_lists::split_lead_line(&piece, &mut self.reader)?;
        Some((lead, rest?))
    }

    /// The sentences of a paragraph as its holder's duties; sentences that only speak of lists and
    /// of responsibilities as such are skipped.
    pub(super) fn add_sentences(&mut self, holder: &Lead, sentences: Vec<Vec<Run>>, line: usize) {
        let kept: Vec<Piece> = sentences
            .into_iter()
            .filter(|runs| {
                // text that is kept in another file says nothing here
                let is_included = runs.iter().all(|run| matches!(run, Run::Content(_)));
                let text = self.reader.plain_text(runs, line);
                let asks = text.ends_with('?');
                !(is_included
                    || asks
                    || leads::points_down(&text)
                    || speaks_of_responsibilities(&text))
            })
            .map(|runs| Piece { kind: PieceKind::Text, runs, line })
            .collect();
        if !kept.is_empty() {
            let row = party_lists::lead_row(holder, String::new(), kept, line, &mut self.reader);
            self.add_row(row);
        }
    }
}

/// Whether a line is a title: a few words that end without a sign.
fn is_title(text: &str) -> bool {
    const MOST_WORDS: usize = 5;
    text.ends_with(char::is_alphanumeric) && text.split(' ').count() <= MOST_WORDS
}

#[cfg(test)]
mod tests;
