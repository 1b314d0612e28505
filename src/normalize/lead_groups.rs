//! Leads beside each other: together they decide which party a product's name is, and whether a
//! line that could be a lead is one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Names;
use super::duty_nouns::is_responsibility;
use super::lead::{Lead, LeadCandidate, LeadParty, Sure};
use super::people_columns::names_people;
use super::section_leads::{HeadingPlace, LeadLine, SectionLeads};
use super::text::TextReader;
use super::title::names_product;
use super::tokens::{self, Token};
use super::{lead_twins, leads};
use crate::model::Party;
use crate::parse::{Block, ListItem, Run};

impl SectionLeads {
    /// Reads the blocks of a section.
    pub(super) fn of_blocks(blocks: &[Block], names: &Names) -> Self {
        let mut reader = TextReader::new(names, Vec::new());
        let mut found = Self::default();
        for (at, block) in (1..).zip(blocks) {
            found.add_block(at, block, &mut reader);
        }
        found
    }

    fn add_block(&mut self, at: usize, block: &Block, reader: &mut TextReader<'_>) {
        let found = match block {
            Block::Heading(heading) => {
                let text = reader.plain_text(&heading.runs, heading.line);
                self.0.push(LeadLine::Heading {
                    at,
                    level: heading.level,
                    title: super::canonical_text(&text, reader.names()),
                    says: tokens::raw_tokens(&text)
                        .iter()
                        .filter_map(Token::word)
                        .any(is_responsibility),
                    found: leads::of_title(&text, &heading.runs, reader),
                });
                return;
            }
            Block::Paragraph(paragraph) if !paragraph.long => {
                let text = reader.plain_text(&paragraph.runs, paragraph.line);
                of_line_above(&text, &paragraph.runs, reader)
            }
            Block::List(list) => {
                let found = list.items.iter().filter_map(|item| of_item(item, reader));
                self.0.extend(found.map(LeadLine::Other).collect::<Vec<_>>());
                return;
            }
            Block::Definition(definition) => {
                let text = reader.plain_text(&definition.term, definition.line);
                leads::of_line(&text, &definition.term, reader)
            }
            Block::Paragraph(_) | Block::Table(_) | Block::Condition(_) => None,
        };
        self.0.extend(found.map(LeadLine::Other));
    }
}

/// The leads of a page, by the heading that they stand under.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct LeadGroups {
    /// The page's first heading of the first level.
    title: Arc<str>,
    groups: BTreeMap<HeadingPlace, LeadGroup>,
    /// Headings that speak of responsibilities, and those below them.
    about: BTreeSet<HeadingPlace>,
    /// Whether somewhere two parties' names stand beside each other as leads: then one party's name
    /// is a lead in another section, too, where the other party has nothing to do.
    bare_pairs: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct LeadGroup {
    /// Parties of sure leads.
    sure: Vec<Party>,
    /// Parties of all.
    any: Vec<Party>,
    /// Parties of leads that are a name and nothing else.
    bare: Vec<Party>,
    /// Parties of titles that need a twin, with their words.
    twins: Vec<(Party, String)>,
}

impl LeadGroups {
    /// Joins the sections of a page.
    pub(super) fn of_sections<'s>(sections: impl Iterator<Item = &'s SectionLeads>) -> Self {
        let mut found = Self::default();
        let mut open: Vec<(u8, HeadingPlace, bool)> = Vec::new();
        let mut titled = false;
        for (section, lines) in sections.enumerate() {
            for line in &lines.0 {
                let (at, level, title, says, lead) = match line {
                    LeadLine::Other(lead) => {
                        let group = open.last().map_or((0, 0), |(_, place, _)| *place);
                        found.add_lead(lead, group);
                        continue;
                    }
                    LeadLine::Heading { at, level, title, says, found } => {
                        (*at, *level, title, *says, found)
                    }
                };
                open.retain(|(above, ..)| *above < level);
                if level == 1 {
                    if found.title.is_empty() {
                        found.title = title.as_str().into();
                    }
                    titled |= says;
                    continue;
                }
                let about = says || open.last().map_or(titled, |(.., about)| *about);
                if about {
                    found.about.insert((section, at));
                }
                let group = open.last().map_or((0, 0), |(_, place, _)| *place);
                if let Some(lead) = lead {
                    found.add_lead(lead, group);
                }
                open.push((level, (section, at), about));
            }
        }
        if titled {
            found.about.insert((0, 0));
        }
        let pairs = |group: &LeadGroup| group.bare.iter().any(|party| *party != group.bare[0]);
        found.bare_pairs =
            found.groups.iter().any(|(at, group)| found.about.contains(at) && pairs(group));
        found
    }

    /// What a section has to know: its own headings, those above it as blocks of section 0, and
    /// the page.
    pub(super) fn of_section(&self, section: usize, above: &[HeadingPlace]) -> Self {
        let place = |place: &HeadingPlace| match above.iter().position(|above| above == place) {
            Some(at) => Some((0, at + 1)),
            None if *place == (0, 0) => Some((0, 0)),
            None => (place.0 == section).then_some((1, place.1)),
        };
        Self {
            title: self.title(),
            groups: self
                .groups
                .iter()
                .filter_map(|(at, group)| Some((place(at)?, group.clone())))
                .collect(),
            about: self.about.iter().filter_map(place).collect(),
            bare_pairs: self.bare_pairs,
        }
    }

    /// Whether leads of another party stand under a heading, too.
    fn is_divided(&self, heading: HeadingPlace, party: &Party) -> bool {
        let group = self.groups.get(&heading);
        group.is_some_and(|group| group.sure.iter().any(|other| other != party))
    }

    /// The canonical words of the page's title.
    pub(super) fn title(&self) -> Arc<str> {
        Arc::clone(&self.title)
    }

    fn add_lead(&mut self, found: &LeadCandidate, group: HeadingPlace) {
        let LeadCandidate { named: LeadParty::Party(party), sure, .. } = found else { return };
        let group = self.groups.entry(group).or_default();
        match sure {
            Sure::Twin(words) => return group.twins.push((party.clone(), words.clone())),
            Sure::Alone => group.sure.push(party.clone()),
            Sure::Bare => group.bare.push(party.clone()),
            Sure::BesideAnother => {}
        }
        group.any.push(party.clone());
    }

    /// The party of a line that could be a lead, under a heading.
    fn party_of_lead(
        &self,
        found: &LeadCandidate,
        heading: HeadingPlace,
        names: &Names,
    ) -> Option<Party> {
        let nobody = LeadGroup::default();
        let group = self.groups.get(&heading).unwrap_or(&nobody);
        let party = match &found.named {
            // between a lead of each party, both parties' together
            LeadParty::Several => {
                let each = [names.provider(), Party::Customer];
                return each
                    .iter()
                    .all(|party| group.sure.contains(party))
                    .then_some(Party::Shared);
            }
            LeadParty::Party(party) => party.clone(),
            LeadParty::Product { name, known } => {
                let canonical = super::canonical_text(name, names);
                let titled = names_product(&self.title, &canonical);
                let known = *known || titled || Names::is_product(&canonical);
                let ibm = group.sure.contains(&Party::Ibm);
                let beside = if known {
                    group.sure.contains(&Party::Customer)
                } else {
                    ibm && names_people(name)
                };
                let party = if ibm { Party::Other(name.clone()) } else { names.provider() };
                return beside.then_some(party);
            }
        };
        let beside = group.any.iter().any(|other| *other != party);
        let fits = match &found.sure {
            Sure::Alone => true,
            Sure::Twin(words) => {
                let mut twins = group.twins.iter().filter(|(_, other)| other == words);
                twins.any(|(other, _)| *other != party) && self.about.contains(&heading)
            }
            Sure::BesideAnother => beside,
            Sure::Bare => (beside || self.bare_pairs) && self.about.contains(&heading),
        };
        fits.then_some(party)
    }
}

/// Reads a line above a list or table: as a lead by itself, or as one that has its like.
pub(super) fn of_line_above(
    text: &str,
    runs: &[Run],
    reader: &TextReader<'_>,
) -> Option<LeadCandidate> {
    leads::of_line(text, runs, reader).or_else(|| lead_twins::of_title(text, runs, reader.names()))
}

/// What an item says that could be a lead.
pub(super) fn of_item(item: &ListItem, reader: &mut TextReader<'_>) -> Option<LeadCandidate> {
    let text = reader.plain_text(&item.runs, item.line);
    of_line_above(&text, &item.runs, reader)
}

/// Says which lines are leads.
pub(super) struct Resolver<'p> {
    blocks: &'p [Block],
    /// The leads of the page around the section; none where they were not looked for yet.
    groups: Option<&'p LeadGroups>,
    /// Whether no heading of the page speaks of responsibilities.
    about_nothing: bool,
    /// Whether a line cannot be understood without them.
    pub(super) asked: bool,
}

impl<'p> Resolver<'p> {
    pub(super) fn new(
        blocks: &'p [Block],
        groups: Option<&'p LeadGroups>,
        about_nothing: bool,
    ) -> Self {
        Self { blocks, groups, about_nothing, asked: false }
    }

    /// A block of the section, by its position from 0.
    pub(super) fn block_at(&self, at: usize) -> Option<&'p Block> {
        self.blocks.get(at)
    }

    /// Whether leads of another party stand beside one.
    pub(super) fn is_divided(&mut self, heading: HeadingPlace, lead: &Lead) -> bool {
        self.asked = true;
        self.groups.is_some_and(|groups| groups.is_divided(heading, &lead.party))
    }

    /// The lead that a line is under a heading, if it is one.
    pub(super) fn resolve_lead(
        &mut self,
        found: &LeadCandidate,
        text: &str,
        heading: HeadingPlace,
        names: &Names,
    ) -> Option<Lead> {
        let known = found.sure == Sure::Alone && matches!(found.named, LeadParty::Party(_));
        let party = match &found.named {
            LeadParty::Party(party) if known => party.clone(),
            LeadParty::Party(_) | LeadParty::Product { .. }
                if self.about_nothing && found.sure.asks_for_responsibilities() =>
            {
                return None;
            }
            LeadParty::Party(_) | LeadParty::Product { .. } | LeadParty::Several => {
                self.asked = true;
                self.groups?.party_of_lead(found, heading, names)?
            }
        };
        Some(Lead::new(party, text, found.form))
    }
}
