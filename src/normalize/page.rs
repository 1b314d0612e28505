//! Pages, read section by section: what was read of a section before is not read again.

use std::sync::Arc;

use super::document::says_responsibility;
use super::lead_groups::{HeadingPlace, LeadGroups};
use super::section_cache::Depth;
use super::section_read::{Above, OpenHeading, ReadMatrix, SectionRead};
use super::text::TextReader;
use super::{Names, asciidoc_page, footnotes, quick_check, stamp};
use crate::model::{Document, Format, Matrix, Notice, Row};
use crate::parse::{CitedFootnote, CutPage, FrontMatter, PageText, Section, Source};

/// Reads one version of a page.
pub(super) fn read_page(source: Source<'_>, names: &Names) -> Document {
    if source.format == Format::AsciiDoc {
        return asciidoc_page::read_page(source.bytes, names);
    }
    let text = PageText::decode(source);
    let cut = CutPage::from_text(&text);
    let sections: Vec<Section<'_>> = cut.sections().collect();
    let mut walk = PageWalk::new(&sections, names);
    walk.above.title_says = cut.title.as_deref().map(says_responsibility);
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
    let text = PageText::decode(source);
    let cut = CutPage::sections_from_text(&text);
    let sections: Vec<Section<'_>> = cut.sections().collect();
    let mut walk = PageWalk::new(&sections, names);
    walk.above.title_says = cut.title.as_deref().map(says_responsibility);
    (0..sections.len()).any(|at| {
        let depth = walk.depth_of(at);
        walk.next(at, depth).assigns_duties()
    })
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
    pub(super) fn new(sections: &'p [Section<'p>], names: &'p Names) -> Self {
        Self { sections, names, above: Above::default(), places: Vec::new(), groups: None }
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
            self.above.title_says = read.title.as_deref().map(says_responsibility);
        }
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
            |open: &OpenHeading| open.names_party() || says_responsibility(&open.phrase.text);
        let quiet = !own
            && self.above.title_says != Some(true)
            && !quick_check::may_assign_responsibility(bytes)
            && !self.above.headings.iter().any(says);
        if quiet { Depth::Headings } else { Depth::Whole }
    }
}

/// What is known of a page beside its sections.
pub(super) struct PageHead<'p> {
    pub(super) front_matter: &'p FrontMatter,
    pub(super) footnotes: &'p [CitedFootnote],
    /// What is wrong with its bytes and its front matter.
    pub(super) notices: &'p [Notice],
    /// Lines that only bring in a text from another file.
    pub(super) inclusions: &'p [(usize, String)],
    /// The fields that hold its date if the policy names none.
    pub(super) stamp_fields: &'static [&'static str],
    /// Gives a field of its head by name, and its line.
    pub(super) field: FieldOf<'p>,
}

/// Gives a field of a page's head by name, and its line.
pub(super) type FieldOf<'p> = &'p dyn Fn(&str) -> Option<(String, usize)>;

impl<'p> PageHead<'p> {
    fn of_cut(cut: &'p CutPage<'_>, field: FieldOf<'p>) -> Self {
        let CutPage { front_matter, footnotes, notices, inclusions, .. } = cut;
        Self { front_matter, footnotes, notices, inclusions, stamp_fields: &[], field }
    }
}

/// A page that is put together.
#[derive(Default)]
pub(super) struct Assembly {
    document: Document,
    /// Of each matrix, whether it is made of lists.
    matrices: Vec<ReadMatrix>,
    /// Whether a list may go on with the last matrix.
    is_open: bool,
    notices: Vec<Notice>,
    titled: bool,
    /// Where blocks begin, and whether they hold rows.
    starts: Vec<(usize, bool)>,
}

impl Assembly {
    /// Adds a section that begins on a line.
    pub(super) fn add_section(&mut self, read: &SectionRead, first_line: usize) {
        let by = LineShift { from: read.first_line, to: first_line };
        if let Some(title) = read.title.as_ref().filter(|_| !self.titled) {
            self.document.title.clone_from(title);
            self.titled = true;
        }
        for (at, found) in read.matrices.iter().enumerate() {
            let matrix = by.shift_matrix(&found.matrix);
            let joins = at == 0 && read.goes_on && self.is_open;
            let last = self
                .matrices
                .last_mut()
                .filter(|last| joins && found.is_listed && last.matrix.section == matrix.section);
            match last {
                Some(last) => add_rows(Arc::make_mut(&mut last.matrix), &matrix.rows),
                None => {
                    self.matrices.push(ReadMatrix { matrix, is_listed: found.is_listed });
                }
            }
        }
        self.is_open = read.is_open.unwrap_or(self.is_open);
        self.notices.extend(read.notices.iter().map(|notice| by.shift_notice(notice)));
        self.document
            .publishing
            .extend(read.publishing.iter().map(|notice| by.shift_notice(notice)));
        for (key, phrase) in &read.names {
            if !self.document.names.contains_key(key) {
                self.document.names.insert(key.clone(), phrase.clone());
            }
        }
        for (key, unknown) in &read.unknown_keyrefs {
            if !self.document.unknown_keyrefs.contains_key(key) {
                self.notices.push(by.shift_notice(&unknown.to_notice(key)));
            }
            let lines = self.document.unknown_keyrefs.entry(key.clone()).or_default();
            lines.extend(unknown.lines.iter().map(|line| by.shift_line(*line)));
        }
        self.starts.extend(read.starts.iter().map(|(line, rows)| (by.shift_line(*line), *rows)));
    }

    pub(super) fn into_document(self, head: &PageHead<'_>, names: &Names) -> Document {
        let Self { mut document, matrices, mut notices, starts, .. } = self;
        let (stamp, reported) = stamp::of_page(head, names);
        document.matrices = matrices
            .into_iter()
            .filter(ReadMatrix::assigns_duties)
            .map(|found| found.matrix)
            .collect();
        let mut reader = TextReader::new(names, Vec::new());
        document.footnotes =
            footnotes::cited_footnotes(head.footnotes, &starts, &document.matrices, &mut reader);
        for (key, phrase) in reader.used_names() {
            document.names.entry(key).or_insert(phrase);
        }
        for (key, unknown) in &reader.unknown_keyrefs {
            if !document.unknown_keyrefs.contains_key(key) {
                notices.push(unknown.to_notice(key));
            }
            document.unknown_keyrefs.entry(key.clone()).or_default().extend(&unknown.lines);
        }
        notices.extend(reported);
        notices.extend(head.notices.iter().cloned());
        notices.sort();
        notices.dedup();
        document.subcollection.clone_from(&head.front_matter.subcollection);
        document.inclusions = head.inclusions.to_vec();
        let provider = names.provider_name().map(str::to_owned);
        Document { stamp, notices, provider, ..document }
    }
}

/// Adds rows to a list; duties below one lead are one row.
fn add_rows(list: &mut Matrix, rows: &[Row]) {
    let lead = |row: &Row| row.duties.first().map(|duty| duty.column.clone());
    let mut rows = rows;
    if let (Some(last), [first, more @ ..]) = (list.rows.last_mut(), rows)
        && lead(last) == lead(first)
        && last.task == first.task
    {
        last.duties.extend(first.duties.iter().cloned());
        rows = more;
    }
    list.rows.extend(rows.iter().cloned());
}

/// How far a section stands from where it was read.
#[derive(Clone, Copy)]
struct LineShift {
    from: usize,
    to: usize,
}

impl LineShift {
    fn shift_line(self, line: usize) -> usize {
        (line + self.to).saturating_sub(self.from)
    }

    fn shift_notice(self, notice: &Notice) -> Notice {
        Notice { line: notice.line.map(|line| self.shift_line(line)), ..notice.clone() }
    }

    fn shift_matrix(self, matrix: &Arc<Matrix>) -> Arc<Matrix> {
        if self.from == self.to {
            return Arc::clone(matrix);
        }
        let mut shifted = Matrix::clone(matrix);
        shifted.line = self.shift_line(shifted.line);
        for row in &mut shifted.rows {
            row.line = self.shift_line(row.line);
            for duty in &mut row.duties {
                duty.line = self.shift_line(duty.line);
            }
        }
        Arc::new(shifted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
