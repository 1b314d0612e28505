//! Writes a page in a style.

mod cell;
mod grid;
mod lead_in;
mod lists;
mod raci;
mod remarks;
mod spell;
mod table;

use std::fmt::Write as _;

use super::model::{Area, Page};
use super::rng::Rng;
use super::style::{Attributes, Style};
use super::vocabulary::WORDS;
use remarks::Remarks;
use spell::Speller;

/// The page as markdown.
pub(crate) fn page(page: &Page, style: &Style, rng: &mut Rng) -> String {
    let mut page = page.clone();
    put_in_order(&mut page, style, rng);
    let spelling = rng.fork();
    let mut pen = Pen {
        style,
        remarks: Remarks::new(spelling.clone().fork()),
        spell: Speller::new(style, spelling),
        out: String::new(),
        tables: 0,
        level: 2,
    };
    pen.front_matter(&page);
    if let Some(overview) = &page.grid {
        pen.grid(overview, rng);
    }
    let mut parent = None;
    for area in &page.areas {
        pen.area(area, parent, rng);
        parent = area.parent.as_deref();
    }
    pen.write_notes();
    if style.crlf { pen.out.replace('\n', "\r\n") } else { pen.out }
}

/// The order of areas (plans of one area stay together), rows and duties.
fn put_in_order(page: &mut Page, style: &Style, rng: &mut Rng) {
    if style.shuffled.areas {
        let mut groups: Vec<Vec<Area>> = Vec::new();
        for area in page.areas.drain(..) {
            match groups.last_mut() {
                Some(group) if area.parent.is_some() && group[0].parent == area.parent => {
                    group.push(area);
                }
                _ => groups.push(vec![area]),
            }
        }
        rng.shuffle(&mut groups);
        page.areas = groups.into_iter().flatten().collect();
    }
    if style.shuffled.rows {
        for area in &mut page.areas {
            rng.shuffle(&mut area.rows);
        }
        if let Some(grid) = &mut page.grid {
            rng.shuffle(&mut grid.rows);
        }
    }
    if style.shuffled.duties {
        for row in page.areas.iter_mut().flat_map(|area| &mut area.rows) {
            rng.shuffle(&mut row.duties);
        }
    }
}

struct Pen<'a> {
    style: &'a Style,
    spell: Speller<'a>,
    remarks: Remarks,
    out: String,
    tables: usize,
    /// The level of the heading that is open.
    level: usize,
}

impl Pen<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn front_matter(&mut self, page: &Page) {
        let name = WORDS.products[page.product].name;
        let slug = slug(name);
        let _ = write!(
            self.out,
            "---\n\ncopyright:\n  years: 2021, 2025\nlastupdated: \"2025-03-0{}\"\n\nkeywords: \
             responsibilities, {slug}\n\nsubcollection: {slug}\n\n---\n\n",
            1 + self.style.definitions
        );
        match self.style.definitions {
            0 => self.line("{{site.data.keyword.attribute-definition-list}}\n"),
            1 => self.line("{:shortdesc: .shortdesc}\n{:tip: .tip}\n{:note: .note}\n"),
            _ => {}
        }
        let title = self.spell.plain(&format!("<{}>", page.product));
        self.line(&format!("# Understanding your responsibilities when using {title}"));
        if self.style.anchors {
            self.line("{: #shared-responsibilities}");
        }
        self.line("");
        if self.style.comments {
            self.line("<!-- Leave a cell blank where a party has no responsibility. -->\n");
        }
        if self.style.intro {
            let ibm = self.spell.plain("<ibm>");
            self.line(&format!(
                "Learn who takes care of what when you work with {title}. Some tasks are yours, \
                 others belong to {ibm}.\n{{: shortdesc}}\n"
            ));
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        let spelled = self.spell.plain(text);
        let spelled = if self.style.title_case { title_case(&spelled) } else { spelled };
        self.line(&format!("{} {spelled}", "#".repeat(level)));
        if self.style.anchors {
            self.line(&format!("{{: #{}-{}}}", slug(text), self.tables));
        }
        self.line("");
    }

    fn area(&mut self, area: &Area, above: Option<&str>, rng: &mut Rng) {
        let mut level = 2;
        if let Some(parent) = &area.parent {
            if above != Some(parent) {
                self.heading(2, parent);
            }
            level = 3;
        }
        self.heading(level, &area.heading);
        self.level = level;
        if self.style.intro && rng.chance(50) {
            let area = area.heading.to_lowercase();
            let text = format!("The following overview is about {area} and who looks after it.\n");
            let text = self.spell.plain(&text);
            self.line(&text);
        }
        if self.style.comments && rng.chance(30) {
            self.line("<!-- Review this table before each release. -->\n");
        }
        if self.style.subheadings && rng.chance(40) {
            self.heading(level + 1, "Tasks in detail");
            self.level = level + 1;
        }
        self.tables += 1;
        self.table(area, rng);
        self.line("");
    }

    /// The attribute lists below a table.
    fn attributes(&mut self, about: &str) {
        let about = self.spell.plain(about);
        let number = self.tables;
        match self.style.attributes {
            Attributes::None => {}
            Attributes::Caption => self.line(&format!(
                "{{: caption=\"Table {number}. Responsibilities for {about}\" caption-side=\"bottom\"}}"
            )),
            Attributes::All => {
                self.line("{: row-headers}");
                self.line(&format!("{{: caption=\"Table {number}. {about}\" caption-side=\"top\"}}"));
                self.line(&format!(
                    "{{: summary=\"Who does what for {about}, a task in each row.\"}}"
                ));
            }
        }
    }
}

fn slug(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ');
    letters.collect::<String>().trim().to_lowercase().replace(' ', "-")
}

fn title_case(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if word != "and" && word != "for" && first.is_ascii_lowercase() => {
                first.to_uppercase().chain(letters).collect()
            }
            Some(_) | None => word.to_owned(),
        }
    });
    words.collect::<Vec<String>>().join(" ")
}
