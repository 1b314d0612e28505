//! Pages and comparisons by hand, for tests that need no parser.

use std::sync::Arc;

use super::pages::PageContent;
use super::version_chain::{VersionChain, VersionLinks};
use crate::diff::{Comparison, DutyLink};
use crate::model::{
    Burden, Change, Document, Duty, Kind, Layout, Level, Matrix, Party, Phrase, Place, Row, Sides,
};

fn phrase(text: &str) -> Phrase {
    Phrase { text: text.into(), canonical: text.into() }
}

fn party(name: &str) -> Party {
    match name {
        "ibm" => Party::Ibm,
        "customer" => Party::Customer,
        "shared" => Party::Shared,
        other => Party::Other(other.into()),
    }
}

/// `name party: text @ task`.
struct Line<'a> {
    name: &'a str,
    party: &'a str,
    text: &'a str,
    task: &'a str,
}

fn read(line: &str) -> Line<'_> {
    let (head, tail) = line.split_once(": ").unwrap();
    let (name, party) = head.split_once(' ').unwrap();
    let (text, task) = tail.split_once(" @ ").unwrap_or((tail, "task"));
    Line { name, party, text, task }
}

/// A page with one duty per row.
pub(super) fn document(lines: &[&str]) -> Document {
    let row = |(at, line): (usize, &&str)| {
        let Line { party: holder, text, task, .. } = read(line);
        let duty = Duty {
            party: party(holder),
            column: String::new(),
            phrase: phrase(text),
            area: None,
            line: at + 1,
            reference: false,
            lead_words: 0,
            included: None,
        };
        Row { task: phrase(task), line: at + 1, duties: vec![duty] }
    };
    let rows = lines.iter().enumerate().map(row).collect();
    let layout = Layout::PartyColumns;
    let matrix = Matrix { layout, section: Vec::new(), line: 1, caption: None, rows };
    Document { matrices: vec![matrix.into()], ..Document::default() }
}

/// Links duties of the same name.
pub(super) fn comparison(old: &[&str], new: &[&str]) -> Comparison {
    let find = |lines: &[&str], name: &str| lines.iter().position(|line| read(line).name == name);
    let mut links = Vec::new();
    for (at, line) in old.iter().map(|line| read(line)).enumerate() {
        let Some(to) = find(new, line.name) else {
            let duty = Sides::new(Some(at), None);
            links.push(DutyLink { duty, kind: Some(Kind::Removed) });
            continue;
        };
        let other = read(new[to]);
        let kind = if line.party != other.party {
            Some(Kind::Moved)
        } else if line.text != other.text {
            Some(Kind::Reworded)
        } else {
            (line.task != other.task).then_some(Kind::Relocated)
        };
        links.push(DutyLink { duty: Sides::new(Some(at), Some(to)), kind });
    }
    for (at, line) in new.iter().enumerate() {
        if find(old, read(line).name).is_none() {
            links.push(DutyLink { duty: Sides::new(None, Some(at)), kind: Some(Kind::Added) });
        }
    }
    Comparison { links, ..Comparison::default() }
}

pub(super) fn chain(versions: &[&[&str]]) -> VersionChain {
    let page = |lines: &&[&str]| Arc::new(PageContent::new(document(lines)));
    let step = |pair: &[&[&str]]| Arc::new(VersionLinks::new(&comparison(pair[0], pair[1])));
    VersionChain {
        pages: versions.iter().map(page).collect(),
        steps: versions.windows(2).map(step).collect(),
    }
}

pub(super) fn change(kind: Kind, old: Option<usize>, new: Option<usize>) -> Change {
    let place = |duty: usize| Place {
        duty,
        path: None,
        section: Vec::new(),
        area: String::new(),
        task: String::new(),
        text: String::new(),
        line: 1,
        included: None,
    };
    Change {
        id: String::new(),
        kind,
        party: Sides::default(),
        level: Level::Scope,
        burden: Burden::None,
        similarity: None,
        emphasis: Vec::new(),
        reference: false,
        controls: Vec::new(),
        place: Sides::new(old, new).map(|duty| duty.map(place)),
        introduced: None,
        worded: None,
        assigned: None,
        provider: None,
    }
}
