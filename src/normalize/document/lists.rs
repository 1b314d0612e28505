//! Lists and definitions below a line that names a party. The nearest line decides, and a sentence
//! that introduces them as something else is nearer than any heading.

use super::SectionWalk;
use super::intros::{self, Intro, leads_elsewhere};
use crate::model::{Layout, Matrix, Party, Row};
use crate::normalize::lead::{Lead, LeadCandidate, LeadParty};
use crate::normalize::lead_groups::of_item;
use crate::normalize::leads;
use crate::normalize::party_lists;
use crate::normalize::section_leads::HeadingPlace;
use crate::normalize::section_read::HeadingScope;
use crate::normalize::text::TextReader;
use crate::parse::{Block, Definition, List, ListItem, Piece, PieceKind, Run, split_sentences};

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

    /// Whether an item can be a duty: one that is nothing but a link is part of a site map, unless a
    /// sentence gives the items to a party, such as "You are responsible for:".
    fn takes_in(&self, item: &ListItem, reader: &TextReader<'_>) -> bool {
        let gives = |lead: &Lead| leads::gives_list_to_party(&lead.text, reader.names());
        !item.only_links || self.lead.as_ref().is_some_and(gives)
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
            if let Some(lead) = self.resolve_lead(&found, text) {
                return HeadingScope::Party(lead);
            }
            if found.named == LeadParty::Several {
                return HeadingScope::Closed;
            }
        }
        if leads_elsewhere(text) { HeadingScope::Closed } else { HeadingScope::Open }
    }

    /// The heading that the walk stands under.
    pub(super) fn enclosing_heading(&self) -> HeadingPlace {
        self.headings.last().map_or((0, 0), |open| open.place)
    }

    pub(super) fn resolve_lead(&mut self, found: &LeadCandidate, text: &str) -> Option<Lead> {
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
        let by_name = self.names_each_party(list);
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
            let named = by_name.then(|| self.named_item(item)).flatten();
            if let Some((lead, rest)) = named.or_else(|| self.leading_item(item, nests)) {
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
                let next = list.items.get(at + 1);
                let opens_checklist = !item.has_box && next.is_some_and(|next| next.has_box);
                if leading.is_none() && opens_checklist && intros::is_label(&text) {
                    // what a checklist is about is no duty beside those in it
                    parts.push(ListPart::new(outer.clone(), text, item.line, Vec::new()));
                    leading = Some(item.depth);
                    continue;
                }
                above.push((item.depth, text));
            }
            let depth = item.depth - leading.map_or(0, |depth| depth + 1);
            let reader = &self.reader;
            if let Some(part) = parts.last_mut().filter(|part| part.takes_in(item, reader)) {
                let kind = PieceKind::Item { depth };
                part.pieces.push(Piece { kind, runs: item.runs.clone(), line: item.line });
                part.filled = true;
            }
        }
        self.add_parts(parts);
    }

    fn add_parts(&mut self, parts: Vec<ListPart>) {
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

    /// Whether each item of a list begins with a party's name and says what that party does. Where a
    /// table follows, or both parties are named at once, such a list explains who is who.
    fn names_each_party(&mut self, list: &List) -> bool {
        let flat = list.items.iter().all(|item| item.depth == 0);
        let below = (self.at..).map_while(|at| self.resolver.block_at(at));
        let mut part = below.take_while(|block| !matches!(block, Block::Heading(_)));
        if !flat
            || part.any(|block| matches!(block, Block::Table(_)))
            || !self.says_responsibility(None)
        {
            return false;
        }
        let parties: Option<Vec<Party>> =
            list.items.iter().map(|item| Some(self.named_item(item)?.0.party)).collect();
        parties.is_some_and(|parties| {
            parties.contains(&Party::Customer)
                && parties.contains(&self.reader.names().provider())
                && !parties.contains(&Party::Shared)
        })
    }

    /// An item that names a party and says what it does: "**IBM**: Store the keys."
    fn named_item(&mut self, item: &ListItem) -> Option<(Lead, Option<Piece>)> {
        let text = self.reader.plain_text(&item.runs, item.line);
        let (lead, rest) = party_lists::split_head(&text, item.line, &mut self.reader)?;
        let runs = vec![Run::Text(rest.clone())];
        let piece = Piece { kind: PieceKind::Text, runs, line: item.line };
        (!rest.is_empty() && !intros::explains_word(&rest)).then_some((lead, Some(piece)))
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
    pub(super) fn add_row(&mut self, row: Row) {
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
