//! What it all comes to: the counts, who gained and lost, and the moves one by one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::{Change, Kind, Party, counted};
use crate::render::text::names::edition_date;
use crate::render::text::{page_totals, summary};
use crate::report::{Balance, Dossier, DossierScope, Edition, PageLog, PageTotals, Sheet, Summary};

use super::anchors::{AnchorIds, Ids};
use super::document::HtmlCounts;
use super::editions::HtmlChange;
use super::headline::{headline_text, span_of};
use super::words::{self, HtmlParty};

/// The head of the page.
#[derive(Serialize)]
pub(super) struct HtmlOverview {
    /// What the provider is called.
    provider: String,
    pub(super) headline: String,
    counts: HtmlCounts,
    /// Which references changed; they are counted apart.
    references: Option<String>,
    changes: usize,
    balance: Vec<HtmlBalance>,
    /// Whether the counts before are those of first editions that were never there together, so that
    /// a difference to them says nothing.
    adds_first_editions: bool,
    /// Duties that the counts do not explain since they only were cut in another way.
    recut: bool,
    /// Whether any duty went with a page that was removed or cannot be read any more.
    pages_ended: bool,
    /// How many pages were removed, or cannot be read any more, with how many duties.
    new_and_ended_pages: Option<String>,
    /// That pages are compared one by one, where duties went from one to another.
    between_pages: Option<String>,
    moves: Vec<HtmlMove>,
    /// What the counts compare.
    compared: &'static str,
    /// Moves between editions that both ends do not show any more, or did not have yet.
    on_the_way: Vec<HtmlMove>,
    /// How many these are.
    moved_between: usize,
}

/// One party's duties.
#[derive(Serialize)]
struct HtmlBalance {
    party: HtmlParty,
    before: usize,
    added: usize,
    gained: usize,
    removed: usize,
    lost: usize,
    /// Those of pages that were removed, or cannot be read any more.
    gone: usize,
    after: usize,
    net: String,
}

/// A move, and the edition and the document that it is in where there are several.
#[derive(Serialize)]
struct HtmlMove {
    change: HtmlChange,
    /// Moves of other duties in the same place, with the same parties and commit.
    more: Vec<HtmlChange>,
    edition: Option<String>,
    document: Option<String>,
}

impl HtmlOverview {
    /// `ids` are those of the changes, by dossier and document.
    pub(super) fn from_dossiers(
        dossiers: &[&Dossier],
        names: &[String],
        ids: &[Vec<Ids>],
        anchors: &AnchorIds,
    ) -> Self {
        let summaries = dossiers.iter().map(|dossier| dossier.summary());
        let summary = summaries.fold(Summary::default(), |all, one| all.plus(&one));
        let mut balance: BTreeMap<Party, Balance> = BTreeMap::new();
        for (party, one) in dossiers.iter().flat_map(|dossier| dossier.balance()) {
            balance.entry(party).or_default().add_counts(&one);
        }
        // no change may have gone to it or come from it
        let provider = balance.keys().find_map(Party::provider_name);
        let provider = provider.unwrap_or_else(|| summary.provider_name());
        let between = on_the_way(dossiers, names, ids, anchors);
        let lives = dossiers.iter().flat_map(|dossier| &dossier.sheets);
        let lives = lives.filter_map(|sheet| sheet.life.as_ref());
        let arrived = Summary::of_changes(lives.flat_map(PageLog::arrived_changes));
        let is_whole = |dossier: &&Dossier| matches!(dossier.scope, DossierScope::Whole(_));
        let is_whole = dossiers.iter().any(is_whole);
        let reports =
            dossiers.iter().flat_map(|dossier| &dossier.sheets).map(|sheet| &sheet.report);
        Self {
            provider: words::visible_text(provider),
            headline: if !dossiers.is_empty() && dossiers.iter().all(|dossier| dossier.has_no_page)
            {
                "No responsibility page found".to_owned()
            } else {
                let lost = page_totals::lost_pages_text(reports);
                let span = span_of(dossiers, is_whole);
                headline_text(&summary, between.len(), &arrived, span, lost.as_deref())
            },
            counts: HtmlCounts::from_summary(&summary),
            references: summary::references_text(&summary),
            changes: summary.total_changes(),
            adds_first_editions: dossiers.iter().any(|dossier| {
                matches!(dossier.scope, DossierScope::Whole(_)) && dossier.sheets.len() > 1
            }),
            recut: summary.ignored == 0
                && balance.values().any(|one| net_change(one) != explained_net(one)),
            pages_ended: balance.values().any(|one| one.gone > 0),
            new_and_ended_pages: new_and_ended_pages(dossiers),
            balance: balance
                .iter()
                .map(|(party, one)| HtmlBalance::from_balance(party, one))
                .collect(),
            between_pages: between_pages_text(dossiers),
            compared: if is_whole {
                "the first edition of each page with its last"
            } else {
                "the two ends of the range"
            },
            moves: grouped_moves(moved_duties(dossiers, names, ids, anchors)),
            moved_between: between.len(),
            on_the_way: grouped_moves(between),
        }
    }
}

/// How many duties went to another page, where each page is compared from its first edition to its
/// last: the page that they left has them as removed.
fn between_pages_text(dossiers: &[&Dossier]) -> Option<String> {
    let is_whole = |dossier: &&&Dossier| matches!(dossier.scope, DossierScope::Whole(_));
    let sheets = dossiers.iter().filter(is_whole).flat_map(|dossier| &dossier.sheets);
    let editions = sheets.filter_map(|sheet| sheet.life.as_ref()).flat_map(|life| &life.editions);
    let came = editions.flat_map(Edition::all_changes).filter(|change| {
        let old = change.place.old.as_ref();
        !change.reference && old.is_some_and(|place| place.path.is_some())
    });
    let count = came.count();
    (count > 0).then(|| {
        format!(
            "Each page is compared by itself, so a duty that went to another page may count as \
             removed: {} went to another page.",
            counted(count, "duty")
        )
    })
}

/// How many pages were added, were removed or cannot be read any more, and their duties.
fn new_and_ended_pages(dossiers: &[&Dossier]) -> Option<String> {
    let sheets = dossiers.iter().flat_map(|dossier| &dossier.sheets);
    let (mut removed, mut unread) = (PageTotals::default(), PageTotals::default());
    let mut unread_tables = PageTotals::default();
    for life in sheets.filter_map(|sheet| sheet.life.as_ref()) {
        removed.count_removed(life);
        unread.count_page(life.unread_duties());
        unread_tables.count_page(life.duties_in_unread_tables());
    }
    let mut new = PageTotals::default();
    for dossier in dossiers {
        new_pages_of(dossier).for_each(|duties| new.count_page(Some(duties)));
    }
    let texts = [
        page_totals::new_pages_text(new),
        page_totals::removed_pages_text(removed),
        page_totals::unread_pages_text(unread, "respdiff"),
        page_totals::unread_tables_text(unread_tables, "respdiff"),
    ];
    texts.into_iter().flatten().reduce(|all, text| format!("{all} {text}"))
}

/// How many duties that were on no page before each page began with that a whole history has since
/// a later commit than its first page.
fn new_pages_of(dossier: &Dossier) -> impl Iterator<Item = usize> {
    let is_whole = matches!(dossier.scope, DossierScope::Whole(_));
    let lives = dossier.sheets.iter().filter_map(|sheet| sheet.life.as_ref());
    let began = |life: &PageLog| Some(life.editions.last()?.commits.last()?.clone());
    // of two that began at the same time, the one that took duties of the other is the later one
    let order = |life: &PageLog| Some((began(life)?.time, life.arrived_duties() > 0));
    let start = lives.clone().min_by_key(|life| order(life)).and_then(began);
    lives.filter(move |life| is_whole && began(life) != start).filter_map(|life| {
        let oldest = life.editions.last()?;
        Some(life.began_with(oldest)?.new)
    })
}

/// Neighbours that differ in nothing but their words, together.
fn grouped_moves(moves: Vec<HtmlMove>) -> Vec<HtmlMove> {
    let mut groups: Vec<HtmlMove> = Vec::new();
    for found in moves {
        match groups.last_mut().filter(|last| last.differs_only_in_words(&found)) {
            Some(last) => last.more.push(found.change),
            None => groups.push(found),
        }
    }
    groups
}

impl HtmlMove {
    fn differs_only_in_words(&self, other: &Self) -> bool {
        let (one, two) = (&self.change, &other.change);
        let no_remarks = one.remarks.is_empty() && two.remarks.is_empty();
        no_remarks
            && (&one.from, &one.to, &one.place) == (&two.from, &two.to, &two.place)
            && one.origin == two.origin
            && (&self.edition, &self.document) == (&other.edition, &other.document)
    }
}

fn to_signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn net_change(balance: &Balance) -> i64 {
    to_signed(balance.after) - to_signed(balance.before)
}

fn explained_net(balance: &Balance) -> i64 {
    to_signed(balance.added + balance.gained) - to_signed(balance.removed + balance.lost)
}

impl HtmlBalance {
    fn from_balance(party: &Party, balance: &Balance) -> Self {
        let net = net_change(balance) - to_signed(balance.gone);
        Self {
            party: HtmlParty::from_party(party),
            before: balance.before,
            added: balance.added,
            gained: balance.gained,
            removed: balance.removed,
            lost: balance.lost,
            gone: balance.gone,
            after: balance.after - balance.gone,
            net: match net {
                0 => "±0".to_owned(),
                1.. => format!("+{net}"),
                _ => format!("−{}", net.unsigned_abs()),
            },
        }
    }
}

/// What burdens the customer first.
fn burden_rank(change: &Change) -> u8 {
    match (&change.party.old, &change.party.new) {
        (_, Some(Party::Customer)) => 0,
        (Some(Party::Ibm | Party::Provider(_)), Some(Party::Shared)) => 1,
        (_, Some(Party::Ibm | Party::Provider(_))) => 2,
        (_, Some(Party::Shared)) => 3,
        (_, Some(Party::Other(_)) | None) => 4,
    }
}

fn moved_duties(
    dossiers: &[&Dossier],
    names: &[String],
    ids: &[Vec<Ids>],
    anchors: &AnchorIds,
) -> Vec<HtmlMove> {
    let mut moves = Vec::new();
    for (at, sheet, ids) in all_sheets(dossiers, ids) {
        for (change, id) in sheet.report.changes.iter().zip(&ids.net) {
            if change.kind == Kind::Moved {
                let html_change = HtmlChange::from_change(change, id, anchors);
                let document = document_path(dossiers, names.get(at), sheet);
                let more = Vec::new();
                let shown = HtmlMove { change: html_change, more, edition: None, document };
                moves.push((burden_rank(change), shown));
            }
        }
    }
    moves.sort_by_key(|(rank, _)| *rank);
    moves.into_iter().map(|(_, shown)| shown).collect()
}

fn on_the_way(
    dossiers: &[&Dossier],
    names: &[String],
    ids: &[Vec<Ids>],
    anchors: &AnchorIds,
) -> Vec<HtmlMove> {
    let mut moves = Vec::new();
    let sheets = dossiers.iter().map(|dossier| &dossier.sheets);
    let net: Vec<Vec<&Change>> = sheets
        .map(|sheets| sheets.iter().flat_map(|sheet| &sheet.report.changes).collect())
        .collect();
    // what goes from one page to another stands with both
    let mut between_pages = BTreeSet::new();
    let commit = |change: &Change| change.introduced.as_ref().map(|one| one.commit.clone());
    for (at, sheet, ids) in all_sheets(dossiers, ids) {
        let is_net = |change: &Change| {
            net.get(at).is_some_and(|net| net.iter().any(|net| net.is_same_event(change)))
        };
        let editions = sheet.life.iter().flat_map(|life| &life.editions).zip(&ids.editions);
        for (edition, ids) in editions {
            let mut changes: Vec<_> = edition.all_changes().zip(ids).collect();
            changes.sort_by_key(|(change, _)| burden_rank(change));
            for (change, id) in changes {
                let is_first = !change.is_between_pages()
                    || between_pages.insert((at, change.id.clone(), commit(change)));
                if change.kind == Kind::Moved && !is_net(change) && is_first {
                    moves.push(HtmlMove {
                        change: HtmlChange::from_change(change, id, anchors),
                        more: Vec::new(),
                        edition: Some(edition_date(edition)),
                        document: document_path(dossiers, names.get(at), sheet),
                    });
                }
            }
        }
    }
    moves
}

/// Every document with the position of its dossier.
fn all_sheets<'a>(
    dossiers: &'a [&'a Dossier],
    ids: &'a [Vec<Ids>],
) -> impl Iterator<Item = (usize, &'a Sheet, &'a Ids)> {
    let both = dossiers.iter().zip(ids).enumerate();
    both.flat_map(|(at, (dossier, ids))| {
        dossier.sheets.iter().zip(ids).map(move |(sheet, ids)| (at, sheet, ids))
    })
}

/// The document's path, where there are several; with its repository, where there are several.
fn document_path(dossiers: &[&Dossier], name: Option<&String>, sheet: &Sheet) -> Option<String> {
    let path = words::visible_text(&sheet.report.path);
    if dossiers.len() > 1 {
        return Some(format!("{}: {path}", words::visible_text(name?)));
    }
    let several = dossiers.iter().map(|dossier| dossier.sheets.len()).sum::<usize>() > 1;
    several.then_some(path)
}
