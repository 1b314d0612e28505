//! Pages against each other: one duty of one product under two parties.
//!
//! It speaks only where there is no doubt that both places are about the same product (a title
//! names it, the other page has the same in its title, in a heading or caption of its table, or
//! as the row of an overview) and about the same duty: the grid's row and column are equal, or
//! the words of the duty. What two products both have is no disagreement.

mod product;
mod sought;

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};

use super::column_of;
use super::quotes::quoted_beginning;
use crate::model::{Claim, ClaimBasis, Document, Duty, Layout, Matrix, Party, Phrase, Row};
use crate::vocabulary::WordList;

pub use sought::SoughtWords;

/// Shorter texts ("Monitor it") may be about anything.
const WORDS: usize = 5;

/// Equal texts of at least this many words are one duty, whatever the rows are called.
const MANY_WORDS: usize = 8;

/// What a page says of who has what.
#[must_use]
pub fn claims_of_page(document: &Document, source: &[u8]) -> Vec<Claim> {
    let of_page = product::of_page(document);
    let stemmer = Stemmer::create(Algorithm::English);
    let mut claims = Vec::new();
    for matrix in &document.matrices {
        let products = product::of_matrix(matrix, of_page.as_ref());
        for row in &matrix.rows {
            for duty in row.duties.iter().filter(|duty| !duty.reference) {
                let place = ClaimPlace { matrix, row, duty };
                let column = column_of(&quoted_beginning(&duty.phrase.text), duty.line, source);
                for (product, is_of_title, about) in place.about_products(&products, &stemmer) {
                    claims.push(Claim {
                        product,
                        is_of_title,
                        basis: about.basis,
                        about: about.parts,
                        task: row.task.canonical.clone(),
                        shown: about.shown,
                        party: duty.party.clone(),
                        line: duty.line,
                        column,
                    });
                }
            }
        }
    }
    claims
}

/// What a claim is about.
#[derive(Clone)]
struct ClaimSubject {
    basis: ClaimBasis,
    parts: Vec<String>,
    shown: String,
}

/// A duty where it stands.
struct ClaimPlace<'a> {
    matrix: &'a Matrix,
    row: &'a Row,
    duty: &'a Duty,
}

impl ClaimPlace<'_> {
    /// What a duty is about, by product.
    fn about_products(
        &self,
        products: &BTreeMap<String, bool>,
        stemmer: &Stemmer,
    ) -> Vec<(String, bool, ClaimSubject)> {
        let Self { matrix, row, duty } = self;
        let is_grid = matrix.layout == Layout::OwnerGrid;
        let area = match &duty.area {
            Some(area) if is_grid => area.clone(),
            _ => matrix.area(),
        };
        let mut all = Vec::new();
        match matrix.layout {
            Layout::Raci => return Vec::new(),
            Layout::OwnerGrid if duty.area.is_none() => return Vec::new(),
            Layout::OwnerGrid => {
                all.extend(of_cell(&row.task, &area, ClaimBasis::Cell));
                all.extend(of_area("", &area, ClaimBasis::Part));
            }
            Layout::PartyColumns | Layout::OwnerList | Layout::PartyLists => {
                let has_columns = matrix.layout == Layout::PartyColumns;
                let basis = if has_columns { ClaimBasis::Part } else { ClaimBasis::Item };
                all.extend(of_cell(&row.task, &area, basis));
                all.extend(of_area("", &area, basis));
                all.extend(of_text(&duty.phrase, stemmer));
            }
        }
        let each = |(product, of_title): (&String, &bool)| {
            all.iter().map(|about| (product.clone(), *of_title, about.clone())).collect::<Vec<_>>()
        };
        let mut reported: Vec<_> = products.iter().flat_map(each).collect();
        // the rows of an overview may be products
        if is_grid && let Some(about) = of_area(&row.task.text, &area, ClaimBasis::Cell) {
            reported.push((product::name_of(&row.task.text), false, about));
        }
        reported
    }
}

fn of_cell(task: &Phrase, area: &Phrase, basis: ClaimBasis) -> Option<ClaimSubject> {
    let key = area_key(area);
    (!task.is_empty() && !key.is_empty()).then(|| ClaimSubject {
        basis,
        parts: vec!["cell".to_owned(), task.canonical.clone(), key],
        shown: format!("{}: {}", task.text, area.text),
    })
}

fn of_area(product: &str, area: &Phrase, basis: ClaimBasis) -> Option<ClaimSubject> {
    let key = area_key(area);
    let shown =
        if product.is_empty() { area.text.clone() } else { format!("{product}: {}", area.text) };
    (!key.is_empty()).then(|| ClaimSubject { basis, parts: vec!["area".to_owned(), key], shown })
}

fn of_text(phrase: &Phrase, stemmer: &Stemmer) -> Option<ClaimSubject> {
    let core = core_of(&phrase.canonical);
    (core.len() >= WORDS).then(|| ClaimSubject {
        basis: ClaimBasis::Text,
        parts: std::iter::once("duty".into())
            .chain(core.iter().map(|word| stemmer.stem(word).into_owned()))
            .collect(),
        shown: phrase.text.clone(),
    })
}

/// "Incident and operations" is "Incident and operations management".
fn area_key(area: &Phrase) -> String {
    let words = area.canonical.split(' ').filter(|word| !matches!(*word, "and" | "management"));
    words.collect::<Vec<_>>().join(" ")
}

/// The words of a duty behind those that only name who has it ("You must", "IBM is responsible
/// for").
fn core_of(canonical: &str) -> Vec<&str> {
    static HOLDERS: WordList = WordList::named("words for who has a duty");
    static VERBS: WordList = WordList::named("words between who has a duty and the duty");
    let words: Vec<_> = canonical.split(' ').collect();
    let holder = words.iter().take_while(|word| HOLDERS.has(word)).count();
    let verbs = words[holder..].iter().take_while(|word| VERBS.has(word)).count();
    if holder == 0 && words.first() != Some(&"responsible") {
        words
    } else {
        words[holder + verbs..].to_vec()
    }
}

/// Two pages that give one duty to different parties.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Disagreement {
    /// The page that the finding stands with, by its number.
    pub page: usize,
    /// The line there.
    pub line: usize,
    /// The column there.
    pub column: usize,
    /// The other page.
    pub other: usize,
    /// The line there.
    pub other_line: usize,
    /// One sentence that says what, with the other place; `{other}` stands for the other page.
    pub message: String,
}

/// The claims of each page, by the number of the page and where they stand.
type ClaimsByPage<'a> = BTreeMap<(usize, ClaimBasis), Vec<&'a Claim>>;

/// All disagreements among pages, by the first page and its lines. `names` are those of the pages.
#[must_use]
pub fn find_disagreements(names: &[String], pages: &[Vec<Claim>]) -> Vec<Disagreement> {
    let mut by_meaning: BTreeMap<(&str, &[String]), ClaimsByPage<'_>> = BTreeMap::new();
    for (page, claims) in pages.iter().enumerate() {
        for claim in claims {
            let meaning = (claim.product.as_str(), claim.about.as_slice());
            let of_pages = by_meaning.entry(meaning).or_default();
            of_pages.entry((page, claim.basis)).or_default().push(claim);
        }
    }
    let mut found = BTreeSet::new();
    for of_pages in by_meaning.values() {
        let plain: Vec<(usize, &Claim, Party)> = of_pages
            .iter()
            .filter_map(|((page, _), claims)| {
                agreed_claim(claims).map(|(first, all)| (*page, first, all))
            })
            .collect();
        for (at, (page, claim, party)) in plain.iter().enumerate() {
            for (other, second, other_party) in plain.iter().skip(at + 1) {
                let is_sure = claim.is_of_title || second.is_of_title;
                let sides = [(*claim, party), (*second, other_party)];
                if page == other || !is_sure || !claims_disagree(sides) {
                    continue;
                }
                let name = names.get(*other).map_or("", String::as_str);
                found.insert(Disagreement {
                    page: *page,
                    line: claim.line,
                    column: claim.column,
                    other: *other,
                    other_line: second.line,
                    message: format!(
                        "{} is {} here, but {} in {name}:{}",
                        quoted_beginning(&claim.shown),
                        party.possessive(),
                        other_party.possessive(),
                        second.line
                    ),
                });
            }
        }
    }
    found.into_iter().collect()
}

/// Whether two claims about the same cannot both be right.
fn claims_disagree([(a, a_party), (b, b_party)]: [(&Claim, &Party); 2]) -> bool {
    use ClaimBasis::{Cell, Item, Part, Text};
    if a_party == b_party {
        return false;
    }
    let is_plain = |party: &Party| *party != Party::Shared;
    match (a.basis, b.basis) {
        (Cell, Cell) => true,
        // who owns something may leave the other a part in it
        (Cell, Part) => is_plain(b_party),
        (Part, Cell) => is_plain(a_party),
        (Cell, Item) | (Item, Cell) => is_plain(a_party) && is_plain(b_party),
        (Text, Text) => {
            let no_task = a.task.is_empty() || b.task.is_empty();
            no_task || a.task == b.task || a.about.len() > MANY_WORDS
        }
        (Part | Item, Part | Item | Text) | (Cell, Text) | (Text, Cell | Part | Item) => false,
    }
}

/// The first claim of a page that says one and the same wherever it says it, and whose it is.
/// Parts are taken together; third parties are left out.
fn agreed_claim<'a>(claims: &[&'a Claim]) -> Option<(&'a Claim, Party)> {
    let first = *claims.first()?;
    let is_third = |claim: &&Claim| matches!(claim.party, Party::Other(_));
    if claims.iter().any(is_third) {
        return None;
    }
    if claims.iter().all(|claim| claim.party == first.party) {
        return Some((first, first.party.clone()));
    }
    matches!(first.basis, ClaimBasis::Part | ClaimBasis::Item).then_some((first, Party::Shared))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Names, read_page};

    fn grid(title: &str, heading: &str, owner: &str) -> String {
        format!(
            "# {title}\n\n## {heading}\n\n| Resource | Change management | Disaster recovery |\n\
             |---|---|---|\n| Vault racks | {owner} | IBM |\n| Data | Customer | Customer |\n"
        )
    }

    fn duties(title: &str, ibm: &str, you: &str) -> String {
        format!(
            "# {title}\n\n## Operations\n\n| Task | IBM responsibilities | Your responsibilities |\n\
             |---|---|---|\n| Racks | {ibm} | {you} |\n"
        )
    }

    fn found(pages: &[String]) -> Vec<String> {
        let claims: Vec<_> = pages
            .iter()
            .map(|page| {
                claims_of_page(&read_page(page.as_bytes(), &Names::builtin()), page.as_bytes())
            })
            .collect();
        let names: Vec<_> = (0..pages.len()).map(|at| format!("{at}.md")).collect();
        let reported = |one: Disagreement| format!("{}:{}: {}", one.page, one.line, one.message);
        find_disagreements(&names, &claims).into_iter().map(reported).collect()
    }

    const SKY: &str = "Understanding your responsibilities when using IBM Cloud Skyvault";

    #[test]
    fn an_overview_against_the_product_s_own_page() {
        let overview = grid("Shared responsibilities for products", "Skyvault", "Customer");
        let expected =
            "0:7: \"Vault racks: Change management\" is the customer's here, but IBM's in 1.md:7";
        assert_eq!(found(&[overview.clone(), grid(SKY, "Overview", "IBM")]), [expected]);
        assert_eq!(found(&[overview.clone(), grid(SKY, "Overview", "Customer")]), [""; 0]);
        // another product, and the same product elsewhere
        for title in ["Your responsibilities with Rainvault", &format!("{SKY} on Satellite")] {
            assert_eq!(found(&[overview.clone(), grid(title, "Overview", "IBM")]), [""; 0]);
        }
        let same_heading = grid("Your responsibilities with Rainvault", "Skyvault", "IBM");
        assert_eq!(found(&[overview, same_heading]), [""; 0], "no title names it");
    }

    #[test]
    fn an_overview_against_the_tables_of_the_product() {
        let recovery = |ibm: &str, you: &str| {
            duties(SKY, ibm, you)
                .replace("Operations", "Disaster recovery")
                .replace("Racks", "Vault racks")
        };
        let page = |owner: &str| {
            grid("Shared responsibilities for products", "Skyvault", "IBM")
                .replace("| IBM | IBM |", &format!("| IBM | {owner} |"))
        };
        let of_products = |owner: &str| {
            page(owner).replace("Vault racks", "Skyvault").replace("## Skyvault\n", "")
        };
        for (owner, ibm, you, is_found) in [
            ("IBM", "", "Keep a rack.", true),
            ("IBM", "Keep a rack.", "", false),
            ("IBM", "Keep a rack.", "Test it.", false),
            ("Customer", "Keep a rack.", "", true),
            ("Shared", "", "Keep a rack.", true),
            ("Shared", "Keep a rack.", "Test it.", false),
        ] {
            for overview in [page(owner), of_products(owner)] {
                let reported = found(&[overview.clone(), recovery(ibm, you)]);
                assert_eq!(
                    reported.len(),
                    usize::from(is_found),
                    "{overview}{ibm}/{you}: {reported:?}"
                );
            }
        }
    }

    #[test]
    fn one_duty_of_one_product_under_two_parties() {
        let text = "Replace a broken rack within one day.";
        let other = "Your responsibilities with Skyvault";
        let one = duties(SKY, text, "");
        let expected = "0:7: \"Replace a broken rack within one day.\" is IBM's here, but the customer's in 1.md:7";
        assert_eq!(found(&[one.clone(), duties(other, "", text)]), [expected]);
        assert_eq!(found(&[one.clone(), duties(other, text, "")]), [""; 0]);
        assert_eq!(found(&[one.clone(), duties(other, text, text)]), [""; 0], "it says both");
        let rain = duties("Your responsibilities with Rainvault", "", text);
        assert_eq!(found(&[one.clone(), rain]), [""; 0], "what two products both have");
        // other words for who has it, another table, a list
        let list = format!("# {other}\n\n## Racks\n\nYour responsibilities:\n\n- {text}\n");
        let voice =
            duties(other, "", "You are responsible for replacing a broken rack within one day");
        for second in [list, voice] {
            assert_eq!(found(&[one.clone(), second.clone()]).len(), 1, "{second}");
        }
        // rows of two names share a text of a few words, but not a long one
        let row = |text: &str| duties(other, "", text).replace("Racks", "Doors");
        let (few, many) = (
            "Replace what is broken soon.",
            "Replace what is broken within one working day or two.",
        );
        assert_eq!(found(&[duties(SKY, few, ""), row(few)]), [""; 0]);
        assert_eq!(found(&[duties(SKY, many, ""), row(many)]).len(), 1);
        let short = |ibm, you| duties(SKY, ibm, you);
        assert_eq!(found(&[short("Replace it.", ""), short("", "Replace it.")]), [""; 0]);
    }
}
