//! Precision, recall and F1, a kind and a style.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use respdiff::model::Kind;

use super::Pair;
use super::score::Verdict;
use super::style::{Quirk, Shape};

/// Counts of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) expected: usize,
    pub(crate) told: usize,
    pub(crate) hit: usize,
}

impl Tally {
    pub(crate) fn precision(&self) -> f64 {
        share(self.hit, self.told)
    }

    pub(crate) fn recall(&self) -> f64 {
        share(self.hit, self.expected)
    }

    pub(crate) fn f1(&self) -> f64 {
        share(2 * self.hit, self.told + self.expected)
    }

    fn add(&mut self, other: &Self) {
        self.expected += other.expected;
        self.told += other.told;
        self.hit += other.hit;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// A tally a kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tallies(BTreeMap<Kind, Tally>);

impl Tallies {
    /// One kind's.
    pub(crate) fn of(&self, kind: Kind) -> Tally {
        self.0.get(&kind).copied().unwrap_or_default()
    }

    /// All kinds that have to be told, with every relocation told without cause.
    pub(crate) fn all(&self) -> Tally {
        let mut all = Tally::default();
        for kind in [Kind::Moved, Kind::Added, Kind::Removed, Kind::Reworded] {
            all.add(&self.of(kind));
        }
        let relocated = self.of(Kind::Relocated);
        all.told += relocated.told - relocated.hit;
        all
    }

    fn count(&mut self, verdict: &Verdict<'_>) {
        for (expected, _) in &verdict.hits {
            let tally = self.0.entry(expected.kind).or_default();
            tally.expected += 1;
            tally.told += 1;
            tally.hit += 1;
        }
        for expected in &verdict.misses {
            self.0.entry(expected.kind).or_default().expected += 1;
        }
        for change in &verdict.false_alarms {
            self.0.entry(change.kind).or_default().told += 1;
        }
    }
}

/// All that is told of a run.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    pub(crate) kinds: Tallies,
    pub(crate) pairs: usize,
    pub(crate) exact: usize,
    pub(crate) style_only: usize,
    pub(crate) style_only_told: usize,
    styles: BTreeMap<String, (usize, usize, Tallies)>,
    mutations: BTreeMap<&'static str, Tally>,
}

impl Summary {
    /// Counts one pair in.
    pub(crate) fn add(&mut self, pair: &Pair, verdict: &Verdict<'_>) {
        self.pairs += 1;
        self.exact += usize::from(verdict.is_exact());
        self.kinds.count(verdict);
        if pair.style_only {
            self.style_only += 1;
            self.style_only_told += usize::from(!verdict.is_exact());
        }
        for style in styles(pair) {
            let (pairs, exact, tallies) = self.styles.entry(style).or_default();
            *pairs += 1;
            *exact += usize::from(verdict.is_exact());
            tallies.count(verdict);
        }
        for (expected, hit) in verdict
            .hits
            .iter()
            .map(|(expected, _)| (*expected, true))
            .chain(verdict.misses.iter().map(|expected| (*expected, false)))
        {
            let tally = self.mutations.entry(expected.by).or_default();
            tally.expected += 1;
            tally.hit += usize::from(hit);
        }
    }

    /// The table of figures.
    pub(crate) fn table(&self) -> String {
        let mut out = String::from("kind             P      R      F1   expected   told\n");
        let mut row = |name: &str, tally: &Tally| {
            let _ = writeln!(
                out,
                "{name:12} {:.4} {:.4} {:.4} {:10} {:6}",
                tally.precision(),
                tally.recall(),
                tally.f1(),
                tally.expected,
                tally.told
            );
        };
        for kind in Kind::ALL {
            row(kind.name(), &self.kinds.of(kind));
        }
        row("all", &self.kinds.all());
        let _ = writeln!(
            out,
            "\npairs told exactly: {}/{}\nstyle only: {} of {} pairs with any change told",
            self.exact, self.pairs, self.style_only_told, self.style_only
        );
        out.push_str("\nstyle                              pairs  exact   F1 all  F1 moved\n");
        for (style, (pairs, exact, tallies)) in &self.styles {
            let (all, moved) = (tallies.all().f1(), tallies.of(Kind::Moved).f1());
            let _ = writeln!(out, "{style:34} {pairs:5} {exact:6}   {all:.4}   {moved:.4}");
        }
        out.push_str("\nmutation                   expected  recall\n");
        for (name, tally) in &self.mutations {
            let _ = writeln!(out, "{name:26} {:8}  {:.4}", tally.expected, tally.recall());
        }
        out
    }
}

/// What a pair's styles are called.
fn styles(pair: &Pair) -> Vec<String> {
    let (old, new) = (&pair.style.old, &pair.style.new);
    let mut styles = vec![format!("layout {} to {}", old.shape.name(), new.shape.name())];
    if old.shape.has_rows() {
        styles.push(format!("cell, old: {}", old.cut.name()));
    }
    if new.shape.has_rows() {
        styles.push(format!("cell, new: {}", new.cut.name()));
    }
    let mut either = |name: &str, is: bool| {
        if is {
            styles.push(format!("with {name}"));
        }
    };
    either("another spelling of names", old.spelling != new.spelling);
    either("other columns first", old.customer_first != new.customer_first);
    either("links", old.links + new.links > 0);
    either("emphasis or ticks", old.bold + new.bold + old.ticks + new.ticks > 0);
    either("no-break spaces", old.no_break + new.no_break > 0);
    either("short rows", old.short_rows || new.short_rows);
    either("no last pipes", !old.trailing_pipe || !new.trailing_pipe);
    either("no final periods", !old.final_period || !new.final_period);
    either("lead lines", old.lead || new.lead);
    either("subheadings", old.subheadings || new.subheadings);
    either("another order", new.shuffled.rows || new.shuffled.areas || new.shuffled.duties);
    either("one style", old.cut == new.cut && old.spelling == new.spelling);
    for habits in [&old.habits, &new.habits] {
        either("lead-ins behind a sentence", habits.sentence_first > 0);
        either("qualifiers behind owners", habits.qualifiers > 0);
        if habits.owner_notes + habits.duty_notes > 0 {
            either(&format!("footnotes as {}", habits.sign.name()), true);
        }
    }
    if old.shape == Shape::Raci {
        for habits in [&old.habits, &new.habits] {
            styles.push(format!("roles as {}, {:?}", habits.roles.name(), habits.role_layout));
        }
    }
    for style in [old, new].into_iter().filter(|style| style.shape == Shape::PartyLists) {
        styles.push(format!("lists below {}", style.habits.list_form.name()));
    }
    for quirk in [old.quirk, new.quirk].into_iter().filter(|quirk| *quirk != Quirk::None) {
        styles.push(format!("quirk: {}", quirk.name()));
    }
    styles.sort();
    styles.dedup();
    styles
}
