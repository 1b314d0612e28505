//! Pages, read section by section: what was read of a section before is not read again.

use std::sync::Arc;

use memchr::memmem::find;

use super::assembly::Assembly;
use super::cached_sections::Depth;
use super::duty_nouns::mentions_responsibility;
use super::lead_groups::LeadGroups;
use super::page_head::PageHead;
use super::section_leads::HeadingPlace;
use super::section_read::{Above, OpenHeading, SectionRead};
use super::{Names, asciidoc_page, quick_check};
use crate::model::{Document, Format};
use crate::parse::{CutPage, PageText, Section, Source};

/// Reads one version of a page.
pub(super) fn read_page(source: Source<'_>, names: &Names) -> Document {
    if source.format == Format::AsciiDoc {
        return asciidoc_page::read_page(source.bytes, names);
    }
    let text = PageText::decode(source);
    let cut = CutPage::from_text(&text);
    let sections: Vec<Section<'_>> = cut.sections().collect();
    let mut walk = PageWalk::of_page(&sections, &cut, names);
    let mut page = Assembly::default();
    for (at, section) in sections.iter().enumerate() {
        page.add_section(&walk.next(at, Depth::Whole), section.first_line());
    }
    let field = |name: &str| cut.front_matter_field(name);
    let mut document = page.into_document(&PageHead::of_cut(&cut, &field), names);
    if source.format == Format::Mdx {
        // another publisher's rules
        document.publishing.clear();
        document.title = cut.title.unwrap_or(document.title);
    }
    document
}

/// Whether a page assigns any responsibility: the same answer as reading all of it.
pub(super) fn page_assigns(source: Source<'_>, names: &Names) -> bool {
    if source.format == Format::AsciiDoc {
        return asciidoc_page::asciidoc_assigns(source.bytes, names);
    }
    any_section(source, names, SectionRead::assigns_duties)
}

/// Whether a section of a page is one that is looked for; no more of each is read than to know
/// whether it assigns anything, or seems to. The page is no AsciiDoc.
pub(super) fn any_section(
    source: Source<'_>,
    names: &Names,
    is_wanted: impl Fn(&SectionRead) -> bool,
) -> bool {
    let text = PageText::decode(source);
    let cut = CutPage::sections_from_text(&text);
    let sections: Vec<Section<'_>> = cut.sections().collect();
    let mut walk = PageWalk::of_page(&sections, &cut, names);
    (0..sections.len()).any(|at| {
        let depth = walk.depth_of(at);
        is_wanted(&walk.next(at, depth))
    })
}

/// Whether no word for responsibility stands in texts, whatever their keyrefs stand for.
pub(super) fn lacks_responsibility<'t>(
    mut texts: impl Iterator<Item = &'t [u8]>,
    names: &Names,
) -> bool {
    // a letter may be written as its number
    let may_hold =
        |text: &[u8]| quick_check::holds_responsibility(text) || find(text, b"&#").is_some();
    !texts.any(may_hold) && !names.keyrefs.holds_responsibility()
}

/// A way down the sections of a page.
pub(super) struct PageWalk<'p> {
    sections: &'p [Section<'p>],
    names: &'p Names,
    /// What stands above the next section.
    pub(super) above: Above,
    /// Where the open headings stand on the page.
    places: Vec<HeadingPlace>,
    groups: Option<LeadGroups>,
}

impl<'p> PageWalk<'p> {
    pub(super) fn new(sections: &'p [Section<'p>], above: Above, names: &'p Names) -> Self {
        Self { sections, names, above, places: Vec::new(), groups: None }
    }

    /// The way down all sections of a page.
    fn of_page(sections: &'p [Section<'p>], cut: &CutPage<'_>, names: &'p Names) -> Self {
        let texts = sections.iter().map(|section| section.text().as_bytes());
        let above = Above {
            title_says: cut.title.as_deref().map(mentions_responsibility),
            lacks_responsibility: lacks_responsibility(texts, names),
            ..Above::default()
        };
        Self::new(sections, above, names)
    }

    /// What the next section says.
    fn next(&mut self, at: usize, depth: Depth) -> Arc<SectionRead> {
        self.next_alone(at, depth).unwrap_or_else(|| {
            let groups = self.leads_around(at);
            let (section, cache) = (&self.sections[at], self.names.sections());
            let read = cache.read_section(section, depth, &self.above, Some(&groups), self.names);
            let read = read.unwrap_or_default();
            self.pass(at, &read);
            read
        })
    }

    /// What the next section says; none where that depends on leads elsewhere on the page, and then
    /// it is still the next one.
    pub(super) fn next_alone(&mut self, at: usize, depth: Depth) -> Option<Arc<SectionRead>> {
        let (section, cache) = (&self.sections[at], self.names.sections());
        let read = cache.read_section(section, depth, &self.above, None, self.names)?;
        self.pass(at, &read);
        Some(read)
    }

    /// Goes on below a section that was read.
    fn pass(&mut self, at: usize, read: &SectionRead) {
        if self.above.title_says.is_none() {
            self.above.title_says = read.title.as_deref().map(mentions_responsibility);
        }
        self.above.title.clone_from(&read.title_words);
        let above = std::mem::take(&mut self.places);
        let on_page = |open: &OpenHeading| match open.place {
            (0, inherited) => above.get(inherited.wrapping_sub(1)).copied().unwrap_or_default(),
            (_, block) => (at, block),
        };
        self.places = read.headings.iter().map(on_page).collect();
        self.above.headings.clone_from(&read.headings);
        for (at, open) in self.above.headings.iter_mut().enumerate() {
            open.place = (0, at + 1);
        }
    }

    /// The leads of the page, as a section sees them.
    fn leads_around(&mut self, at: usize) -> LeadGroups {
        let (sections, names) = (self.sections, self.names);
        let groups = self.groups.get_or_insert_with(|| {
            let leads: Vec<_> = sections
                .iter()
                .map(|section| names.sections().section_leads(section, names))
                .collect();
            LeadGroups::of_sections(leads.iter().map(|leads| &**leads))
        });
        groups.of_section(at, &self.places)
    }

    /// How much of a section has to be read to know whether it assigns anything: only its headings,
    /// where nothing around it speaks of parties or responsibilities.
    pub(super) fn depth_of(&self, at: usize) -> Depth {
        let section = &self.sections[at];
        let bytes = section.text().as_bytes();
        let own = self.names.policy_vocabulary().is_some_and(|own| own.may_stand_in(bytes));
        let says =
            |open: &OpenHeading| open.names_party() || mentions_responsibility(&open.phrase.text);
        let quiet = !own
            && self.above.title_says != Some(true)
            && (self.above.lacks_responsibility || !quick_check::holds_responsibility(bytes))
            && !quick_check::holds_party_cell(bytes)
            && !self.above.headings.iter().any(says);
        if quiet { Depth::Headings } else { Depth::Whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::document::read_section;
    use crate::normalize::{assigns_responsibility, read_page};

    const HEAD: &str = "---\nlastupdated: \"2024-01-01\"\n---\n\n# Your responsibilities\n\n";
    const TABLE: &str = "| Task | IBM | You |\n|---|---|---|\n| Keys | Store {{site.data.keyword.sky}} keys | \
                         Use Skyvault for Acme Queue[^n] |\n";

    /// Sections of every kind, some of which depend on others.
    fn sections() -> Vec<String> {
        let section = |heading: &str, body: &str| format!("{heading}\n\n{body}\n");
        vec![
            section("## Keys", TABLE),
            section(
                "### Vaults {#v}",
                "See [the vault][v].\n\n| Vault | IBM | You |\n|-|-|-|\n| a | b | c |",
            ),
            section("## IBM responsibilities", "- Store keys\n- Rotate {{site.data.keyword.moon}}"),
            section("### Night watch", "- Keep watch\n\nYou are responsible for:\n\n- Doors"),
            section("## Skyvault", "- Store keys in {{site.data.keyword.moon}}"),
            section("## Customer", "- Make keys"),
            section("## Your responsibilities", "- Make keys\n"),
            section("# Duties of the client", "- Lock the doors"),
            section("## Notes", "[^n]: Only at {{site.data.keyword.night}}.\n\n[v]: /docs/v"),
            section(
                "## Old",
                "<!-- | Task | IBM | You |\n|-|-|-|\n| a | b | c | -->\n\nText\n----\n\nMore",
            ),
            section(
                "## Owners",
                "| Resource | Change |\n|---|---|\n| Vault | Vendor |\n| Key | Vendor |",
            ),
            section("## Code", "```\n## no heading\n| Task | IBM | You |\n```\n\n- item"),
            section("## Prose", "Nothing here is of any party's business."),
        ]
    }

    /// Pages of these sections: each left out once, each in the place of another once, and a line
    /// more above all.
    fn pages() -> Vec<String> {
        let all = sections();
        let page = |parts: &[String]| format!("{HEAD}{}", parts.concat());
        let mut pages =
            vec![page(&all), page(&[vec!["One line more.\n\n".to_owned()], all.clone()].concat())];
        for at in 0..all.len() {
            let mut without = all.clone();
            without.remove(at);
            pages.push(page(&without));
            let mut turned = all.clone();
            turned.swap(at, (at * 5 + 3) % all.len());
            pages.push(page(&turned));
            pages.push(page(&all[at..=at]));
            pages.push(all[at].clone());
        }
        pages
    }

    #[test]
    fn a_section_alone_says_what_it_says_among_the_leads_of_its_page() {
        let names = Names::builtin();
        let more = [
            "# Acme Queue\n\n",
            "# Pine store\n\nText on vaults.\n\n",
            "## IBM-managed vaults\n\n- Open doors\n\n",
            "## Customer-managed vaults\n\n- Shut doors\n\n",
            "## Regions\n\n| Region | Owner |\n|---|---|\n| North | Acme Queue |\n| South | You |\n\n",
            "## What IBM does\n\n- Keep watch\n\n",
        ];
        let mut pages = pages();
        for at in 0..more.len() {
            let page = [&more[at..], &more[..at]].concat().concat();
            pages.extend([page.clone(), format!("{page}## Duties\n\nText.\n")]);
        }
        let mut alone = 0;
        for page in pages {
            let text = PageText::decode(Source::from(page.as_bytes()));
            let cut = CutPage::from_text(&text);
            let sections: Vec<Section<'_>> = cut.sections().collect();
            let mut walk = PageWalk::of_page(&sections, &cut, &names);
            let shown = |read: &SectionRead| {
                format!("{:?} {:?} {:?}", read.matrices, read.notices, read.headings)
            };
            for (at, section) in sections.iter().enumerate() {
                let (above, groups) = (walk.above.clone(), walk.leads_around(at));
                let read = |groups| {
                    let blocks = section.read_blocks_once();
                    read_section(blocks, section.first_line(), &above, groups, &names)
                };
                if let Some(found) = read(None) {
                    alone += 1;
                    let among = read(Some(&groups)).unwrap_or_default();
                    assert_eq!(shown(&found), shown(&among), "{page}");
                }
                walk.next(at, Depth::Whole);
            }
        }
        assert!(alone > 200, "{alone}");
    }

    /// Keyref files as a history brings them.
    const TABLES: [&str; 6] = [
        "sky: Skyvault",
        "{sky: Skyvault, moon: IBM Cloud Moon Cache}",
        "{sky: Skyvault, moon: IBM Cloud Moon Cache, acme_full: IBM Acme Queue Service, acme: Acme Queue}",
        "{sky: IBM Cloud Skyvault for Night, moon: Moon, night: Night}",
        "{sky: Skyvault, night: Customer, other: Pine Store}",
        "{sky: Skyvault, other: Pine Store and Barn}",
    ];

    #[test]
    fn what_was_read_before_changes_nothing() {
        let shared = Names::builtin();
        for page in pages() {
            let fresh = Names::builtin();
            assert_eq!(
                read_page(page.as_bytes(), &shared),
                read_page(page.as_bytes(), &fresh),
                "{page}"
            );
        }
        let mut assigning = 0;
        for (at, page) in pages().iter().enumerate() {
            for table in TABLES.iter().cycle().skip(at).take(TABLES.len()) {
                let fresh = Names::builtin().with_keyref_file(table).unwrap();
                let names = shared.with_keyref_file(table).unwrap();
                let alone = read_page(page.as_bytes(), &fresh);
                assert_eq!(read_page(page.as_bytes(), &names), alone, "{table}\n{page}");
                let is_page = alone.is_responsibility_page();
                assigning += usize::from(is_page);
                for names in [&names, &Names::builtin().with_keyref_file(table).unwrap()] {
                    assert_eq!(
                        assigns_responsibility(page.as_bytes(), names),
                        is_page,
                        "{table}\n{page}"
                    );
                }
            }
        }
        assert!(assigning > 200, "{assigning}");
    }
}
