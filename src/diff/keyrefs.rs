//! Keyrefs that no name is known for, where the other version writes a name out.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::keyref_parts::{
    KeyrefGroups, LineRange, has_own_words, may_fit, words_fit, written_name,
};
use crate::model::{Code, ComparedText, Document, Notice, Phrase, Side, Sides};

/// Two pages whose unknown keyrefs are read as names.
pub(super) struct NamedPages {
    pub(super) pages: Sides<Document>,
    pub(super) notices: Vec<Notice>,
}

/// Both pages, with unknown keyrefs read as the names that the other version has in their places;
/// none where there is nothing to learn.
///
/// A keyref is taken for a name where two texts are equal but for the two. Other texts that hold
/// the keyref (a label that is nothing else, a duty that changed as well) are read with it.
pub(super) fn read_keyrefs_as_names(pages: Sides<&Document>) -> Option<NamedPages> {
    let keys = KeyrefGroups::of_pages(pages)?;
    let names = learned_names(pages, &keys);
    if names.is_empty() {
        return None;
    }
    let other = pages.swap().map(page_texts);
    let name_of = |at: usize| names.get(&at).map(|name| name.canonical.as_str());
    let rewrite = |page: &Document, side: Side, other: &HashSet<ComparedText<'_>>| {
        let mut page = page.clone();
        for_each_phrase(&mut page, |phrase, lines, lead| {
            if !other.contains(&phrase.compared_form()) {
                keys.rewrite_phrase(phrase, side, &lines, lead, &name_of);
            }
        });
        page
    };
    let notices = names.iter().map(|(at, name)| name.notice_for(keys.0[*at].spelling));
    Some(NamedPages {
        notices: notices.collect(),
        pages: Sides::new(
            rewrite(pages.old, Side::Old, &other.old),
            rewrite(pages.new, Side::New, &other.new),
        ),
    })
}

/// What one keyref stands for.
struct LearnedName {
    canonical: String,
    written: String,
    /// Where the keyref stands.
    side: Side,
    line: Option<usize>,
}

impl LearnedName {
    fn notice_for(&self, key: &str) -> Notice {
        let written = &self.written;
        let message =
            format!("keyref {key} replaces \"{written}\" of the other version: read as that name");
        Notice { line: self.line, ..Notice::of_page(Code::UnknownKeyref, message) }
            .on_side(self.side)
    }
}

/// What each keyref stands for, by its number: the name that most texts have in its place.
fn learned_names(pages: Sides<&Document>, keys: &KeyrefGroups<'_>) -> BTreeMap<usize, LearnedName> {
    let taken = taken_names(pages);
    let elsewhere = letters_without_keyrefs(pages, keys);
    let mut found: BTreeMap<usize, BTreeMap<String, (usize, LearnedName)>> = BTreeMap::new();
    for (side, here, there) in
        [(Side::New, pages.new, pages.old), (Side::Old, pages.old, pages.new)]
    {
        let (own, others) = (page_texts(here), page_texts(there));
        let written: Vec<(&Phrase, Vec<&str>)> = page_phrases(there)
            .filter(|(phrase, _)| !own.contains(&phrase.compared_form()))
            .map(|(phrase, _)| (phrase, phrase.canonical.split(' ').collect()))
            .collect();
        for (phrase, lines) in page_phrases(here) {
            if others.contains(&phrase.compared_form()) {
                continue;
            }
            let Some(parts) = keys.text_parts(&phrase.canonical, side, &lines) else { continue };
            if !has_own_words(&parts) {
                continue;
            }
            for (other, words) in written.iter().filter(|(_, words)| may_fit(&parts, words)) {
                let mut bound = BTreeMap::new();
                if !words_fit(&parts, words, &mut bound) {
                    continue;
                }
                let line = lines.as_ref().map(|lines| *lines.end());
                for (at, canonical) in bound {
                    let spelling = keys.0[at].spelling;
                    if taken.contains(canonical.as_str())
                        || spells_another(spelling, &canonical, &elsewhere)
                    {
                        continue;
                    }
                    let Some(written) = written_name(&other.text, &canonical) else { continue };
                    let name = LearnedName { canonical: canonical.clone(), written, side, line };
                    found.entry(at).or_default().entry(canonical).or_insert((0, name)).0 += 1;
                }
            }
        }
    }
    found.into_iter().filter_map(|(at, names)| Some((at, most_frequent(names)?))).collect()
}

/// The letters of all texts without a keyref, one text per line.
fn letters_without_keyrefs(pages: Sides<&Document>, keys: &KeyrefGroups<'_>) -> String {
    let mut letters = String::new();
    for (side, page) in [(Side::Old, pages.old), (Side::New, pages.new)] {
        for (phrase, lines) in page_phrases(page) {
            if keys.text_parts(&phrase.canonical, side, &lines).is_none() {
                letters.extend(phrase.canonical.chars().filter(|c| c.is_alphanumeric()));
                letters.push('\n');
            }
        }
    }
    letters
}

/// Whether a key is spelled like another name that the pages write out: it hardly stands for this
/// one then.
fn spells_another(key: &str, canonical: &str, elsewhere: &str) -> bool {
    const FORMS: [&str; 4] = ["notm", "short", "long", "full"];
    const SHORTEST: usize = 5;
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (key, name) = (letters(key), letters(canonical));
    let mut stem = key.as_str();
    while let Some(shorter) = FORMS.iter().find_map(|form| stem.strip_suffix(form)) {
        stem = shorter;
    }
    stem.len() >= SHORTEST
        && !name.contains(stem)
        && !stem.contains(&name)
        && elsewhere.contains(stem)
}

/// Names that keyrefs of their own stand for, and those keyrefs that stand for none.
fn taken_names(pages: Sides<&Document>) -> HashSet<&str> {
    let is_unknown = |page: &Document, key: &String| page.unknown_keyrefs.contains_key(key);
    let mut taken = HashSet::new();
    for page in [pages.old, pages.new] {
        for (key, name) in &page.names {
            // known to one version only, it may well stand for what it stands for there
            let half_known = is_unknown(pages.old, key) || is_unknown(pages.new, key);
            if !half_known || is_unknown(page, key) {
                taken.insert(name.canonical.as_str());
            }
        }
    }
    taken
}

/// The name with the most texts behind it; none where two have as many.
fn most_frequent(names: BTreeMap<String, (usize, LearnedName)>) -> Option<LearnedName> {
    let most = names.values().map(|(count, _)| *count).max()?;
    let mut best = names.into_values().filter(|(count, _)| *count == most);
    let (_, name) = best.next()?;
    best.next().is_none().then_some(name)
}

/// The texts that stand on a page.
fn page_texts(page: &Document) -> HashSet<ComparedText<'_>> {
    page_phrases(page).map(|(phrase, _)| phrase.compared_form()).collect()
}

/// All texts of a page with the lines that they stand on.
fn page_phrases(page: &Document) -> impl Iterator<Item = (&Phrase, LineRange)> {
    let matrices = page.matrices.iter().flat_map(|matrix| {
        let headings = matrix.section.iter().map(|heading| (heading, None));
        let rows = matrix.rows.iter().flat_map(|row| {
            let end = row.duties.iter().map(|duty| duty.line).max().unwrap_or(row.line);
            let task = (&row.task, Some(row.line..=end.max(row.line)));
            let duties = row.duties.iter().flat_map(move |duty| {
                let lines = row.line.min(duty.line)..=duty.line;
                let area = duty.area.as_ref().map(|area| (area, None));
                std::iter::once((&duty.phrase, Some(lines))).chain(area)
            });
            std::iter::once(task).chain(duties)
        });
        headings.chain(rows)
    });
    let notes = page.footnotes.iter().map(|note| (&note.text, Some(note.line..=note.line)));
    matrices.chain(notes)
}

/// The same, to change them; a duty's with the number of words of its lead-in.
fn for_each_phrase(
    page: &mut Document,
    mut edit: impl FnMut(&mut Phrase, LineRange, Option<&mut usize>),
) {
    for matrix in &mut page.matrices {
        let matrix = Arc::make_mut(matrix);
        for heading in &mut matrix.section {
            edit(heading, None, None);
        }
        for row in &mut matrix.rows {
            let end = row.duties.iter().map(|duty| duty.line).max().unwrap_or(row.line);
            edit(&mut row.task, Some(row.line..=end.max(row.line)), None);
            for duty in &mut row.duties {
                let lines = row.line.min(duty.line)..=duty.line;
                edit(&mut duty.phrase, Some(lines), Some(&mut duty.lead_words));
                if let Some(area) = &mut duty.area {
                    edit(area, None, None);
                }
            }
        }
    }
    for note in &mut page.footnotes {
        edit(&mut note.text, Some(note.line..=note.line), None);
    }
}
