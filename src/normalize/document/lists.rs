//! Lists, definitions and paragraphs below a line that names a party. The nearest line decides,
//! and a sentence that introduces them as something else is nearer than any heading.

use super::SectionWalk;
use super::intros::{self, Intro, introduces_else, leads_elsewhere, speaks_of_responsibilities};
use crate::model::{Layout, Matrix, Row};
use crate::normalize::lead::{Lead, LeadCandidate, LeadForm, LeadParty};
use crate::normalize::lead_groups::of_item;
use crate::normalize::leads;
use crate::normalize::party_lists;
use crate::normalize::section_leads::HeadingPlace;
use crate::normalize::section_read::HeadingScope;
use crate::normalize::text::TextReader;
use crate::normalize::tokens::{self, Token};
use crate::parse::{
    Block, Definition, List, ListItem, Paragraph, Piece, PieceKind, Run, split_sentences,
};

/// A part of a list under one lead.
struct ListPart {
    lead: Option<Lead>,
    label: String,
    line: usize,
    pieces: Vec<Piece>,
    /// Whether it holds more than the sentence that introduces it.
    filled: bool,
}

impl ListPart {
    fn new(lead: Option<Lead>, label: String, line: usize, pieces: Vec<Piece>) -> Self {
        Self { lead, label, line, pieces, filled: false }
    }
}

impl SectionWalk<'_> {
    pub(super) fn read_block(&mut self, block: &Block, next: Option<&Block>) {
        match block {
            Block::Heading(heading) => self.enter_heading(heading),
            Block::Condition(condition) => self.enter_condition(condition),
            Block::Table(table) => self.read_table(table),
            Block::List(list) => self.read_list(list),
            Block::Definition(definition) => self.read_definition(definition),
            Block::Paragraph(paragraph) => self.read_paragraph(paragraph, next),
        }
    }

    /// What a heading says of whose duties stand below it.
    pub(super) fn scope_of(&mut self, text: &str, runs: &[Run]) -> HeadingScope {
        if let Some(found) = leads::of_title(text, runs, &self.reader) {
            if found.named == LeadParty::Several {
                return HeadingScope::Closed;
            }
            if let Some(lead) = self.resolve_lead(&found, text) {
                return HeadingScope::Party(lead);
            }
        }
        if leads_elsewhere(text) { HeadingScope::Closed } else { HeadingScope::Open }
    }

    /// The heading that the walk stands under.
    fn enclosing_heading(&self) -> HeadingPlace {
        self.headings.last().map_or((0, 0), |open| open.place)
    }

    fn resolve_lead(&mut self, found: &LeadCandidate, text: &str) -> Option<Lead> {
        let heading = self.enclosing_heading();
        self.resolver.resolve_lead(found, text, heading, self.reader.names())
    }

    /// The lead of what comes next: the line just above, or the nearest heading that names a
    /// party.
    pub(super) fn lead_above(&mut self) -> Option<Lead> {
        let line = self.lead.take();
        match std::mem::replace(&mut self.intro, Intro::Nothing) {
            Intro::Else => None,
            Intro::Nothing | Intro::Duties(_) => line.or_else(|| self.heading_lead().cloned()),
        }
    }

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
        let holder = holder.as_ref().filter(pure).filter(|_| !matches!(above, Intro::Else));
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
        let whole = sentences.len() < 2 || holder.is_none();
        if whole && let Some(found) = leads::of_line(&text, &runs, &self.reader) {
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
            self.read_intro(&last, piece, line.as_ref());
        } else if line.is_some() && is_list {
            // the line above names the party of the list, too
            self.lead.clone_from(&line);
        }
        if let Some(holder) = holder {
            let other = self.lead.clone().filter(|lead| lead.party != holder.party);
            let holder = other.as_ref().unwrap_or(holder);
            self.add_sentences(holder, sentences, paragraph.line);
            if close && self.lead.is_none() {
                self.lead = line;
            }
        }
    }

    /// Takes in the last sentence above a list.
    fn read_intro(&mut self, text: &str, piece: Option<Piece>, line: Option<&Lead>) {
        let piece = piece.unwrap_or(Piece { kind: PieceKind::Text, runs: Vec::new(), line: 0 });
        let found = leads::of_line(text, &piece.runs, &self.reader);
        let holder = line.or(self.heading_lead());
        let other = holder.is_some_and(|holder| self.speaks_of_another(text, holder));
        if let Some(lead) = found.and_then(|found| self.resolve_lead(&found, text)) {
            self.lead = Some(lead);
        } else if other || introduces_else(text) {
            self.intro = Intro::Else;
        } else {
            self.lead = line.cloned();
            // a sentence that only points at the list is not repeated with its items
            let opens = text.ends_with(':');
            self.intro = if opens { Intro::Duties(piece) } else { Intro::Nothing };
        }
    }

    /// Whether a sentence is about another party than the holder: "IBM provides the following:".
    fn speaks_of_another(&self, text: &str, holder: &Lead) -> bool {
        let tokens = tokens::of_runs([Run::Text(text.to_owned())].iter(), self.reader.names());
        let parties: Vec<_> = tokens
            .iter()
            .filter_map(|token| match token {
                Token::Party(who) => who.known_party(self.reader.names()),
                Token::Join | Token::Word(_) => None,
            })
            .collect();
        !parties.is_empty() && !parties.contains(&holder.party)
    }

    /// "**IBM responsibilities**: IBM stores the keys."
    fn split_inline_lead(&mut self, runs: &[Run], line: usize) -> bool {
        let piece = Piece { kind: PieceKind::Text, runs: runs.to_vec(), line };
        let Some((lead, Some(rest))) = party_lists::split_lead_line(&piece, &mut self.reader)
        else {
            return false;
        };
        let row = party_lists::lead_row(&lead, String::new(), vec![rest], line, &mut self.reader);
        self.add_row(row);
        true
    }

    /// The sentences of a paragraph as its holder's duties; sentences that only speak of lists and
    /// of responsibilities as such are skipped.
    fn add_sentences(&mut self, holder: &Lead, sentences: Vec<Vec<Run>>, line: usize) {
        let kept: Vec<Piece> = sentences
            .into_iter()
            .filter(|runs| {
                let text = self.reader.plain_text(runs, line);
                !(leads::points_down(&text) || speaks_of_responsibilities(&text))
            })
            .map(|runs| Piece { kind: PieceKind::Text, runs, line })
            .collect();
        if !kept.is_empty() {
            let row = party_lists::lead_row(holder, String::new(), kept, line, &mut self.reader);
            self.add_row(row);
        }
    }

    fn read_list(&mut self, list: &List) {
        let intro = match std::mem::replace(&mut self.intro, Intro::Nothing) {
            Intro::Duties(piece) => Some(piece),
            Intro::Else => {
                self.lead = None;
                return self.read_list_parts(list, None, None);
            }
            Intro::Nothing => None,
        };
        let lead = self.lead.take().or_else(|| self.heading_lead().cloned());
        self.read_list_parts(list, lead, intro);
    }

    /// A list cut at the items that name a party.
    fn read_list_parts(&mut self, list: &List, lead: Option<Lead>, intro: Option<Piece>) {
        let opening = lead.as_ref().and_then(|lead| lead.opening_piece(list.line));
        let first = intro.or(opening).into_iter().collect();
        let outer = lead.clone();
        let mut parts = vec![ListPart::new(lead, String::new(), list.line, first)];
        // the depth of the item that leads, and the items above it
        let mut leading: Option<usize> = None;
        let mut above: Vec<(usize, String)> = Vec::new();
        let mut elsewhere: Option<usize> = None;
        for (at, item) in list.items.iter().enumerate() {
            elsewhere = elsewhere.filter(|depth| item.depth > *depth);
            if elsewhere.is_some() {
                continue;
            }
            while above.last().is_some_and(|(depth, _)| *depth >= item.depth) {
                above.pop();
            }
            if leading.is_some_and(|depth| item.depth <= depth) {
                leading = None;
                parts.push(ListPart::new(outer.clone(), String::new(), item.line, Vec::new()));
            }
            let nests = list.items.get(at + 1).is_some_and(|next| next.depth > item.depth);
            if let Some((lead, rest)) = self.leading_item(item, nests) {
                let label = above.last().map(|(_, text)| text.clone()).unwrap_or_default();
                let filled = rest.is_some();
                let pieces = rest.or_else(|| lead.opening_piece(item.line)).into_iter().collect();
                let part = ListPart::new(Some(lead), label, item.line, pieces);
                parts.push(ListPart { filled, ..part });
                leading = Some(item.depth);
                continue;
            }
            if nests {
                let text = self.reader.plain_text(&item.runs, item.line);
                if leads_elsewhere(&text) && !text.ends_with('.') {
                    elsewhere = Some(item.depth);
                    continue;
                }
                above.push((item.depth, text));
            }
            let depth = item.depth - leading.map_or(0, |depth| depth + 1);
            if let Some(part) = parts.last_mut().filter(|_| !item.only_links) {
                let kind = PieceKind::Item { depth };
                part.pieces.push(Piece { kind, runs: item.runs.clone(), line: item.line });
                part.filled = true;
            }
        }
        for ListPart { lead, label, line, pieces, filled } in parts {
            if let Some(lead) = lead.filter(|_| filled) {
                let row = party_lists::lead_row(&lead, label, pieces, line, &mut self.reader);
                self.add_row(row);
            }
        }
    }

    /// An item that names the party of the items below it, or of the rest of its own text.
    fn leading_item(&mut self, item: &ListItem, nests: bool) -> Option<(Lead, Option<Piece>)> {
        if nests {
            let found = of_item(item, &mut self.reader)?;
            let text = self.reader.plain_text(&item.runs, item.line);
            return Some((self.resolve_lead(&found, &text)?, None));
        }
        let piece = Piece { kind: PieceKind::Text, runs: item.runs.clone(), line: item.line };
        let (lead, rest) = party_lists::split_lead_line(&piece, &mut self.reader)?;
        Some((lead, Some(rest?)))
    }

    /// A term that names the party of its definitions, or that stands under such a line.
    fn read_definition(&mut self, definition: &Definition) {
        let above = self.lead_above();
        let term = self.reader.plain_text(&definition.term, definition.line);
        let found = leads::of_line(&term, &definition.term, &self.reader);
        let found = found.filter(|_| !self.explains_words());
        let own = found.and_then(|found| self.resolve_lead(&found, &term));
        let explains = own.is_none() && self.explains_its_term(definition);
        let (lead, label) = match own {
            Some(lead) => (Some(lead), String::new()),
            None => (above.filter(|_| !explains), term),
        };
        self.labels = !label.is_empty();
        let from = self.matrices.last().map_or(0, |matrix| matrix.rows.len());
        let count = self.matrices.len();
        for (at, block) in definition.blocks.iter().enumerate() {
            self.lead.clone_from(&lead);
            let next = definition.blocks.get(at + 1);
            match block {
                Block::Paragraph(paragraph) => {
                    let line = paragraph.line;
                    let runs = paragraph.all_runs();
                    if !self.split_inline_lead(&runs, line)
                        && let Some(lead) = lead.as_ref().filter(|_| !paragraph.only_links)
                    {
                        self.add_sentences(lead, split_sentences(&runs), line);
                    }
                }
                Block::Heading(_) | Block::Condition(_) => {}
                Block::Table(_) | Block::List(_) | Block::Definition(_) => {
                    self.read_block(block, next);
                }
            }
        }
        self.lead = None;
        self.labels = false;
        if !label.is_empty() {
            self.label_rows(&label, count, from);
        }
    }

    /// Whether a definition says what a word means, and nothing that somebody has to do.
    fn explains_its_term(&mut self, definition: &Definition) -> bool {
        let Some(Block::Paragraph(first)) = definition.blocks.first() else { return false };
        let text = self.reader.plain_text(&first.all_runs(), first.line);
        intros::explains_word(&text)
    }

    /// Whether the definition stands beside others whose terms name no party: it explains words.
    fn explains_words(&self) -> bool {
        let beside = [self.at.wrapping_sub(2), self.at];
        beside.into_iter().filter_map(|at| self.resolver.block_at(at)).any(|block| match block {
            Block::Definition(other) => {
                let mut aside = TextReader::new(self.reader.names(), Vec::new());
                let term = aside.plain_text(&other.term, other.line);
                leads::of_line(&term, &other.term, &aside).is_none()
            }
            Block::Heading(_)
            | Block::Table(_)
            | Block::List(_)
            | Block::Paragraph(_)
            | Block::Condition(_) => false,
        })
    }

    /// Gives the rows that were read last a label.
    fn label_rows(&mut self, label: &str, matrices: usize, rows: usize) {
        let phrase = self.reader.phrase_of(label.to_owned());
        for (at, matrix) in self.matrices.iter_mut().enumerate().skip(matrices.saturating_sub(1)) {
            let from = if at + 1 == matrices { rows } else { 0 };
            let listed = self.listed.contains(&at);
            for row in matrix.rows.iter_mut().skip(from).filter(|_| listed) {
                if row.task.text.is_empty() {
                    row.task = phrase.clone();
                }
            }
        }
    }

    /// Adds a row to the lists of this section. Duties below one lead are one row, whether they are
    /// items or paragraphs.
    fn add_row(&mut self, row: Row) {
        if row.duties.is_empty() {
            return;
        }
        let section = self.open_headings();
        let goes_on = self
            .matrices
            .last_mut()
            .filter(|matrix| self.listing == Some(true) && matrix.section == section);
        if let Some(matrix) = goes_on {
            let first = |row: &Row| row.duties.first().map(|duty| duty.column.clone());
            let above = matrix.rows.last_mut().filter(|above| {
                !self.labels && first(above) == first(&row) && above.task == row.task
            });
            match above {
                Some(above) => above.duties.extend(row.duties),
                None => matrix.rows.push(row),
            }
            return;
        }
        self.goes_on |= self.listing.is_none();
        self.listing = Some(true);
        self.listed.push(self.matrices.len());
        self.matrices.push(Matrix {
            layout: Layout::PartyLists,
            section,
            line: row.line,
            caption: None,
            rows: vec![row],
        });
    }
}

#[cfg(test)]
mod tests;
