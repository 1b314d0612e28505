//! Duties that say together what others said together: the same words, cut differently.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::duties::DutySearch;
use super::occurrences::stands_in;
use super::page_index::PageIndex;
use super::step_count::add_steps;
use crate::model::{Party, Side, Sides};

/// What stays over in a cell may be the same words cut differently (two sentences of one list
/// item, now two duties). Where all that is left on both sides reads the same, nothing changed.
pub(super) fn pair_resegmented(search: &mut DutySearch<'_, '_>, rows: &[Sides<usize>]) {
    for pair in rows {
        for left in by_party(search.indexes, &search.free_of_rows(*pair)) {
            let same = cut_alike(search.indexes, &left, Sides::new(0, 0));
            search.mark_resegmented(&same);
            resegmented_out_of_order(search, &left);
        }
    }
}

/// A page that was rewritten in another layout has other rows, so duties that were split
/// differently are looked for on the whole page, party by party.
pub(super) fn pair_resegmented_reshaped(search: &mut DutySearch<'_, '_>) {
    let layouts = search.indexes.map(|page_index| {
        page_index.tables.iter().map(|table| table.layout).collect::<HashSet<_>>()
    });
    if layouts.old == layouts.new && layouts.old.len() < 2 {
        return;
    }
    for left in by_party(search.indexes, &search.all_free()) {
        let same = cut_alike(search.indexes, &left, Sides::new(1, 1));
        search.mark_resegmented(&same);
    }
}

/// Duties that hold all the words of one of the other side, in whatever order they stand.
fn resegmented_out_of_order(search: &mut DutySearch<'_, '_>, cell: &Sides<Vec<usize>>) {
    const MOST: usize = 4_096;
    let indexes = search.indexes;
    let free = |search: &DutySearch<'_, '_>, side: Side| -> Vec<usize> {
        cell.get(side).iter().copied().filter(|at| search.is_free(side, *at)).collect()
    };
    let count = free(search, Side::Old).len().saturating_mul(free(search, Side::New).len());
    if count > MOST {
        return;
    }
    for side in [Side::Old, Side::New] {
        let other = side.opposite();
        for whole in free(search, side) {
            let text = |piece: &usize| indexes.get(other).items[*piece].text;
            let pieces = free(search, other).into_iter();
            if let Some(pieces) = pieces_of(indexes.get(side).items[whole].text, pieces, text) {
                let pairs = pieces.into_iter().map(|piece| Sides::from_side(side, whole, piece));
                search.resegmented_pairs(pairs);
            }
        }
    }
}

/// The pieces that together are all of a text; none where they leave words over.
fn pieces_of<'t>(
    whole: &str,
    pieces: impl Iterator<Item = usize>,
    text: impl Fn(&usize) -> &'t str,
) -> Option<Vec<usize>> {
    const TAKEN: &str = " | ";
    let mut within: Vec<usize> = pieces.filter(|piece| stands_in(text(piece), whole)).collect();
    within.sort_by(|a, b| text(b).len().cmp(&text(a).len()).then(text(a).cmp(text(b))));
    let mut rest = format!(" {whole} ");
    within.retain(|piece| {
        let at = rest.find(&format!(" {} ", text(piece)));
        at.inspect(|at| rest.replace_range(*at..*at + text(piece).len() + 2, TAKEN)).is_some()
    });
    let covered = rest.split(' ').all(|word| word.is_empty() || word == TAKEN.trim());
    (covered && within.len() > 1).then_some(within)
}

/// The duties of each party that has some on both sides.
fn by_party(
    indexes: Sides<&PageIndex<'_>>,
    duties: &Sides<Vec<usize>>,
) -> impl Iterator<Item = Sides<Vec<usize>>> {
    let mut left: BTreeMap<&Party, Sides<Vec<usize>>> = BTreeMap::new();
    for side in [Side::Old, Side::New] {
        for item in duties.get(side) {
            let party = indexes.get(side).items[*item].party;
            left.entry(party).or_default().get_mut(side).push(*item);
        }
    }
    left.into_values().filter(|left| !left.old.is_empty() && !left.new.is_empty())
}

/// Runs of duties on both sides that give the same words when read on, one after the other, and
/// of which one side at least is longer than `whole`: a single duty on each side is a pair, which
/// elsewhere than in its own cell may stand in another place.
fn cut_alike(
    indexes: Sides<&PageIndex<'_>>,
    duties: &Sides<Vec<usize>>,
    whole: Sides<usize>,
) -> Sides<Vec<usize>> {
    const MOST_STARTS: usize = 16;
    /// So many times the words of both sides are read at most: what nobody cut differently may
    /// begin alike for long, again and again.
    const MOST_TIMES: usize = 16;
    let Sides { old: olds, new: news } = duties;
    let mut starts: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (at, new) in news.iter().enumerate() {
        if let Some(word) = first_word(indexes.new.items[*new].text) {
            starts.entry(word).or_default().push_back(at);
        }
    }
    let mut same = Sides::new(Vec::new(), Vec::new());
    let mut used = HashSet::new();
    let mut at = 0;
    let letters = |page_index: &PageIndex<'_>, items: &[usize]| -> usize {
        items.iter().map(|item| page_index.items[*item].text.len()).sum()
    };
    let mut budget = MOST_TIMES * (letters(indexes.old, olds) + letters(indexes.new, news));
    while at < olds.len() {
        let word = first_word(indexes.old.items[olds[at]].text);
        let run = word.and_then(|word| starts.get_mut(word)).and_then(|starts| {
            // what is used stays used, and need not be passed again
            while starts.front().is_some_and(|start| used.contains(start)) {
                starts.pop_front();
            }
            starts.iter().take(MOST_STARTS).filter(|start| !used.contains(*start)).find_map(
                |start| {
                    let run = run_alike(indexes, &olds[at..], &news[*start..], &mut budget)?;
                    (run.0 > whole.old || run.1 > whole.new).then_some((*start, run))
                },
            )
        });
        if let Some((start, (a, b))) = run {
            same.old.extend(&olds[at..at + a]);
            same.new.extend(&news[start..start + b]);
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
fn run_alike(
    indexes: Sides<&PageIndex<'_>>,
    olds: &[usize],
    news: &[usize],
    budget: &mut usize,
) -> Option<(usize, usize)> {
    const MOST_WORDS: usize = 20_000;
    let mut words = Sides::new(
        JoinedWords::of_duties(indexes.old, olds),
        JoinedWords::of_duties(indexes.new, news),
    );
    for _ in 0..MOST_WORDS {
        let (a, b) = (words.old.next(), words.new.next());
        add_steps(1);
        *budget = budget.checked_sub(a.map_or(0, str::len) + 1)?;
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
struct JoinedWords<'f, 'i> {
    page_index: &'i PageIndex<'f>,
    items: &'i [usize],
    rest: std::iter::Peekable<std::str::Split<'f, char>>,
    duties_read: usize,
}

impl<'f, 'i> JoinedWords<'f, 'i> {
    fn of_duties(page_index: &'i PageIndex<'f>, items: &'i [usize]) -> Self {
        let first = items.first().map_or("", |item| page_index.items[*item].text);
        Self { page_index, items, rest: first.split(' ').peekable(), duties_read: 1 }
    }

    fn next(&mut self) -> Option<&'f str> {
        while self.rest.peek().is_none() {
            let text = self.page_index.items[*self.items.get(self.duties_read)?].text;
            self.duties_read += 1;
            self.rest = text.split(' ').peekable();
        }
        self.rest.next()
    }

    fn at_end_of_duty(&mut self) -> bool {
        self.rest.peek().is_none()
    }
}
