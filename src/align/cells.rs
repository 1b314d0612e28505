//! Duties that are found again in the cell where they stood.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::columns::Columns;
use super::duties::Search;
use super::face::Face;
use crate::model::{Layout, Party, Sides};

/// Grid cells are the same where row and column are; whose they are now is the change.
pub(super) fn pair_grid_cells(
    search: &mut Search<'_, '_>,
    faces: Sides<&Face<'_>>,
    rows: &[Sides<usize>],
    headings: &Columns<'_>,
) {
    for pair in rows {
        let (a, b) = (&faces.old.rows[pair.old], &faces.new.rows[pair.new]);
        let grids = faces.old.tables[a.table].layout == Layout::OwnerGrid
            && faces.new.tables[b.table].layout == Layout::OwnerGrid;
        if !grids {
            continue;
        }
        let mut columns: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for item in b.items.clone().rev() {
            columns.entry(faces.new.items[item].column).or_default().push(item);
        }
        for old in a.items.clone() {
            let tables = Sides::new(a.table, b.table);
            let column = faces.old.items[old].column.map(|old| headings.of(tables, old));
            let column = columns.get_mut(&column);
            if let Some(new) = column.and_then(Vec::pop) {
                search.pair(old, new);
            }
        }
    }
}

/// The same words, in the row that the old one became, with the same party. In an owner list the
/// row is the duty, so there the party may differ.
pub(super) fn pair_same_cell(
    search: &mut Search<'_, '_>,
    faces: Sides<&Face<'_>>,
    rows: &[Sides<usize>],
) {
    for pair in rows {
        let (a, b) = (&faces.old.rows[pair.old], &faces.new.rows[pair.new]);
        let mut waiting: HashMap<(&str, &Party), Vec<usize>> = HashMap::new();
        for new in b.items.clone().rev().filter(|new| search.is_free_new(*new)) {
            let item = &faces.new.items[new];
            waiting.entry((item.text, item.party)).or_default().push(new);
        }
        for old in a.items.clone().filter(|old| search.is_free_old(*old)).collect::<Vec<_>>() {
            let item = &faces.old.items[old];
            let twin = waiting.get_mut(&(item.text, item.party));
            if let Some(new) = twin.and_then(Vec::pop) {
                search.pair(old, new);
            }
        }
        let lists = faces.old.tables[a.table].layout == Layout::OwnerList
            && faces.new.tables[b.table].layout == Layout::OwnerList;
        if lists {
            let mut waiting: HashMap<&str, Vec<usize>> = HashMap::new();
            // a reference never moves
            let may_move = |face: &Face<'_>, item: &usize| !face.items[*item].reference;
            let news = b.items.clone().rev().filter(|new| search.is_free_new(*new));
            for new in news.filter(|new| may_move(faces.new, new)) {
                waiting.entry(faces.new.items[new].text).or_default().push(new);
            }
            for old in a.items.clone().filter(|old| search.is_free_old(*old)).collect::<Vec<_>>() {
                if let Some(new) = waiting.get_mut(faces.old.items[old].text).and_then(Vec::pop) {
                    search.pair(old, new);
                }
            }
        }
    }
}

/// What stays over in a cell may be the same words cut differently (two sentences of one list
/// item, now two duties). Where all that is left on both sides reads the same, nothing changed.
pub(super) fn pair_recut(
    search: &mut Search<'_, '_>,
    faces: Sides<&Face<'_>>,
    rows: &[Sides<usize>],
) {
    for pair in rows {
        let left = Sides::new(
            by_party(faces.old, faces.old.rows[pair.old].items.clone(), |i| search.is_free_old(i)),
            by_party(faces.new, faces.new.rows[pair.new].items.clone(), |i| search.is_free_new(i)),
        );
        for (party, olds) in &left.old {
            let Some(news) = left.new.get(party) else { continue };
            let (olds, news) = cut_alike(faces, olds, news, Sides::new(0, 0));
            search.recut(&olds, &news);
        }
    }
}

/// A page that was written anew in another layout has other rows, so what was cut differently in
/// it is looked for all over the page, party by party.
pub(super) fn pair_recut_reshaped(search: &mut Search<'_, '_>, faces: Sides<&Face<'_>>) {
    let layouts =
        faces.map(|face| face.tables.iter().map(|table| table.layout).collect::<HashSet<_>>());
    if layouts.old == layouts.new && layouts.old.len() < 2 {
        return;
    }
    let left = Sides::new(
        by_party(faces.old, 0..faces.old.items.len(), |item| search.is_free_old(item)),
        by_party(faces.new, 0..faces.new.items.len(), |item| search.is_free_new(item)),
    );
    for (party, olds) in &left.old {
        let Some(news) = left.new.get(party) else { continue };
        let (olds, news) = cut_alike(faces, olds, news, Sides::new(1, 1));
        search.recut(&olds, &news);
    }
}

fn by_party<'a>(
    face: &Face<'a>,
    items: std::ops::Range<usize>,
    free: impl Fn(usize) -> bool,
) -> BTreeMap<&'a Party, Vec<usize>> {
    let mut left: BTreeMap<&Party, Vec<usize>> = BTreeMap::new();
    for item in items.filter(|item| free(*item)) {
        left.entry(face.items[item].party).or_default().push(item);
    }
    left
}

/// Runs of duties on both sides that give the same words when read on, one after the other, and
/// of which one side at least is longer than `whole`: a single duty on each side is a pair, which
/// elsewhere than in its own cell may stand in another place.
fn cut_alike(
    faces: Sides<&Face<'_>>,
    olds: &[usize],
    news: &[usize],
    whole: Sides<usize>,
) -> (Vec<usize>, Vec<usize>) {
    const MOST_STARTS: usize = 16;
    let mut starts: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (at, new) in news.iter().enumerate() {
        if let Some(word) = first_word(faces.new.items[*new].text) {
            starts.entry(word).or_default().push_back(at);
        }
    }
    let mut same = (Vec::new(), Vec::new());
    let mut used = HashSet::new();
    let mut at = 0;
    while at < olds.len() {
        let word = first_word(faces.old.items[olds[at]].text);
        let run = word.and_then(|word| starts.get_mut(word)).and_then(|starts| {
            // what is used stays used, and need not be passed again
            while starts.front().is_some_and(|start| used.contains(start)) {
                starts.pop_front();
            }
            starts.iter().take(MOST_STARTS).filter(|start| !used.contains(*start)).find_map(
                |start| {
                    let run = run_alike(faces, &olds[at..], &news[*start..])?;
                    (run.0 > whole.old || run.1 > whole.new).then_some((*start, run))
                },
            )
        });
        if let Some((start, (a, b))) = run {
            same.0.extend(&olds[at..at + a]);
            same.1.extend(&news[start..start + b]);
            used.extend(start..start + b);
            at += a;
        } else {
            at += 1;
        }
    }
    same
}

fn first_word(text: &str) -> Option<&str> {
    text.split(' ').next().filter(|word| !word.is_empty())
}

/// How many duties from the start of both lists read the same together; none where they never do,
/// or only after more words than anybody cuts differently.
fn run_alike(faces: Sides<&Face<'_>>, olds: &[usize], news: &[usize]) -> Option<(usize, usize)> {
    const MOST_WORDS: usize = 20_000;
    let mut words = Sides::new(Words::of(faces.old, olds), Words::of(faces.new, news));
    for _ in 0..MOST_WORDS {
        let (a, b) = (words.old.next(), words.new.next());
        if a.is_none() || a != b {
            return None;
        }
        if words.old.at_end_of_duty() && words.new.at_end_of_duty() {
            return Some((words.old.duties_read, words.new.duties_read));
        }
    }
    None
}

/// The words of several duties, read on.
struct Words<'f, 'i> {
    face: &'i Face<'f>,
    items: &'i [usize],
    rest: std::iter::Peekable<std::str::Split<'f, char>>,
    duties_read: usize,
}

impl<'f, 'i> Words<'f, 'i> {
    fn of(face: &'i Face<'f>, items: &'i [usize]) -> Self {
        let first = items.first().map_or("", |item| face.items[*item].text);
        Self { face, items, rest: first.split(' ').peekable(), duties_read: 1 }
    }

    fn next(&mut self) -> Option<&'f str> {
        while self.rest.peek().is_none() {
            let text = self.face.items[*self.items.get(self.duties_read)?].text;
            self.duties_read += 1;
            self.rest = text.split(' ').peekable();
        }
        self.rest.next()
    }

    fn at_end_of_duty(&mut self) -> bool {
        self.rest.peek().is_none()
    }
}
