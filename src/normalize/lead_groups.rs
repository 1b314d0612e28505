//! Leads that stand beside each other: which party a product's name is, and whether a line that
//! could be a lead is one, the leads beside it tell.

use std::collections::HashMap;

use super::Names;
use super::leads::{self, Candidate, Named, Sure};
use super::party_lists::Lead;
use super::text::Reader;
use super::tokens::{self, Token, is_responsibility};
use crate::model::Party;
use crate::parse::{Block, ListItem};

/// The leads of a page, by the heading that they stand under (by its position in the page).
#[derive(Clone, Debug, Default)]
pub(super) struct LeadGroups {
    /// The page's first heading of the first level.
    title: String,
    groups: HashMap<usize, Group>,
    /// Headings that speak of responsibilities, and those below them.
    about: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
struct Group {
    /// Parties of sure leads.
    sure: Vec<Party>,
    /// Parties of all.
    any: Vec<Party>,
}

impl LeadGroups {
    /// Reads every line of a page that could be a lead.
    pub(super) fn of_page(blocks: &[Block], names: &Names) -> Self {
        let mut reader = Reader::new(names, Vec::new());
        let mut found = Self::default();
        let mut open: Vec<(u8, usize, bool)> = Vec::new();
        let mut titled = false;
        for (at, block) in (1..).zip(blocks) {
            let Block::Heading(heading) = block else {
                let group = open.last().map_or(0, |(_, at, _)| *at);
                found.add_block(block, group, &mut reader);
                continue;
            };
            let text = reader.text(&heading.runs, heading.line);
            open.retain(|(level, ..)| *level < heading.level);
            let says = tokens::raw(&text).iter().filter_map(Token::word).any(is_responsibility);
            if heading.level == 1 {
                if found.title.is_empty() {
                    found.title = super::canonical(&text, names);
                }
                titled |= says;
                continue;
            }
            let about = says || open.last().map_or(titled, |(.., about)| *about);
            if about {
                found.about.push(at);
            }
            let group = open.last().map_or(0, |(_, at, _)| *at);
            found.add(leads::of_title(&text, &heading.runs, &reader), group);
            open.push((heading.level, at, about));
        }
        found
    }

    /// Whether leads of another party stand under a heading, too.
    fn divides(&self, heading: usize, party: &Party) -> bool {
        let group = self.groups.get(&heading);
        group.is_some_and(|group| group.sure.iter().any(|other| other != party))
    }

    /// Whether the title has a product's name, or what stands in it before "for" and "on".
    fn is_titled(&self, canonical: &str) -> bool {
        let cuts = [" for ", " on ", " in ", " with "];
        let head = cuts.iter().find_map(|cut| canonical.split_once(cut)).map(|(head, _)| head);
        let title = format!(" {} ", self.title);
        [Some(canonical), head]
            .into_iter()
            .flatten()
            .any(|name| title.contains(&format!(" {name} ")))
    }

    fn add_block(&mut self, block: &Block, group: usize, reader: &mut Reader<'_>) {
        match block {
            Block::Paragraph(paragraph) if !paragraph.long => {
                let text = reader.text(&paragraph.runs, paragraph.line);
                self.add(leads::of_line(&text, &paragraph.runs, reader), group);
            }
            Block::List(list) => {
                for item in &list.items {
                    self.add(of_item(item, reader), group);
                }
            }
            Block::Definition(definition) => {
                let text = reader.text(&definition.term, definition.line);
                self.add(leads::of_line(&text, &definition.term, reader), group);
            }
            Block::Paragraph(_) | Block::Table(_) | Block::Heading(_) => {}
        }
    }

    fn add(&mut self, found: Option<Candidate>, group: usize) {
        let Some(Candidate { named: Named::Party(party), sure, .. }) = found else { return };
        let group = self.groups.entry(group).or_default();
        if sure == Sure::Alone {
            group.sure.push(party.clone());
        }
        group.any.push(party);
    }

    /// The party of a line that could be a lead, under a heading.
    fn party(&self, found: &Candidate, heading: usize, names: &Names) -> Option<Party> {
        let nobody = Group::default();
        let group = self.groups.get(&heading).unwrap_or(&nobody);
        let party = match &found.named {
            Named::Several => return None,
            Named::Party(party) => party.clone(),
            Named::Product { name, known } => {
                let canonical = super::canonical(name, names);
                let titled = self.is_titled(&canonical);
                let known = *known || titled || names.is_product(&canonical);
                let beside = known && group.sure.contains(&Party::Customer);
                let ibm = group.sure.contains(&Party::Ibm);
                let party = if ibm { Party::Other(name.clone()) } else { Party::Ibm };
                return beside.then_some(party);
            }
        };
        let beside = group.any.iter().any(|other| *other != party);
        let fits = match found.sure {
            Sure::Alone => true,
            Sure::BesideAnother => beside,
            Sure::Bare => beside && self.about.contains(&heading),
        };
        fits.then_some(party)
    }
}

/// What an item says that could be a lead.
pub(super) fn of_item(item: &ListItem, reader: &mut Reader<'_>) -> Option<Candidate> {
    let text = reader.text(&item.runs, item.line);
    leads::of_line(&text, &item.runs, reader)
}

/// Asks for the groups of a page only where a line cannot be understood without them.
pub(super) struct Resolver<'p> {
    blocks: &'p [Block],
    groups: Option<LeadGroups>,
    /// Whether a line was not sure to be a lead.
    pub(super) asked: bool,
}

impl<'p> Resolver<'p> {
    pub(super) fn new(blocks: &'p [Block]) -> Self {
        Self { blocks, groups: None, asked: false }
    }

    /// A block of the page, by its position from 0.
    pub(super) fn block(&self, at: usize) -> Option<&'p Block> {
        self.blocks.get(at)
    }

    /// Whether leads of another party stand beside one.
    pub(super) fn divides(&mut self, heading: usize, lead: &Lead, names: &Names) -> bool {
        self.groups(names).divides(heading, &lead.party)
    }

    fn groups(&mut self, names: &Names) -> &LeadGroups {
        let blocks = self.blocks;
        self.groups.get_or_insert_with(|| LeadGroups::of_page(blocks, names))
    }

    /// The lead that a line is under a heading, if it is one.
    pub(super) fn lead(
        &mut self,
        found: &Candidate,
        text: &str,
        heading: usize,
        names: &Names,
    ) -> Option<Lead> {
        let known = found.sure == Sure::Alone && matches!(found.named, Named::Party(_));
        let party = match &found.named {
            Named::Party(party) if known => party.clone(),
            Named::Several => return None,
            Named::Party(_) | Named::Product { .. } => {
                self.asked = true;
                self.groups(names).party(found, heading, names)?
            }
        };
        Some(Lead::new(party, text, found.form))
    }
}
