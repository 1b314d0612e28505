//! Pages against each other: one duty of one product under two parties.
//!
//! It speaks only where there is no doubt that both places are about the same: the title of a page
//! names the product, the other page has the same in its title or in a heading above its table,
//! and the grid's row and column, or the task and the words of the duty, are equal. What two
//! products both have is no disagreement.

use std::collections::{BTreeMap, BTreeSet};

use super::{column_of, quoted};
use crate::model::{Claim, Document, Layout, Matrix, Party};

/// Shorter texts ("Monitor it") may be about anything.
const WORDS: usize = 5;

/// What a page says of who has what.
#[must_use]
pub fn claims(document: &Document, source: &[u8]) -> Vec<Claim> {
    let of_title = product_of_title(&document.title);
    let mut claims = Vec::new();
    for matrix in &document.matrices {
        let mut products: BTreeMap<String, bool> =
            matrix.section.iter().map(|heading| (name_of(&heading.text), false)).collect();
        products.extend(of_title.clone().map(|product| (product, true)));
        products.remove("");
        for one in of_matrix(matrix, source) {
            claims.extend(products.iter().map(|(product, is_of_title)| Claim {
                product: product.clone(),
                is_of_title: *is_of_title,
                ..one.clone()
            }));
        }
    }
    claims
}

fn of_matrix(matrix: &Matrix, source: &[u8]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for row in &matrix.rows {
        for duty in row.duties.iter().filter(|duty| !duty.reference) {
            let task = row.task.canonical.clone();
            let about = match (matrix.layout, &duty.area) {
                (Layout::OwnerGrid, Some(area)) => {
                    vec!["cell".to_owned(), task.clone(), area.canonical.clone()]
                }
                (Layout::OwnerGrid, None) | (Layout::Raci, _) => continue,
                (Layout::PartyColumns | Layout::OwnerList | Layout::PartyLists, _) => {
                    if duty.phrase.canonical.split(' ').count() < WORDS {
                        continue;
                    }
                    vec!["duty".to_owned(), task.clone(), duty.phrase.canonical.clone()]
                }
            };
            if task.is_empty() {
                continue;
            }
            claims.push(Claim {
                product: String::new(),
                is_of_title: false,
                about,
                shown: duty.phrase.text.clone(),
                party: duty.party.clone(),
                line: duty.line,
                column: column_of(&quoted(&duty.phrase.text), duty.line, source),
            });
        }
    }
    claims
}

/// The product of a title such as "Understanding your responsibilities when using Skyvault".
fn product_of_title(title: &str) -> Option<String> {
    const LEADS: [&str; 7] = [
        " when you use ",
        " when using ",
        " with using ",
        " for using ",
        " by using ",
        " with ",
        " for ",
    ];
    let title = title.to_lowercase();
    let after = title.find("responsibilit")?;
    let rest = title.get(after..)?;
    // the first lead: a name may hold "with" itself
    let (at, lead) = LEADS
        .iter()
        .filter_map(|lead| rest.find(lead).map(|at| (at, lead)))
        .min_by_key(|(at, lead)| (*at, std::cmp::Reverse(lead.len())))?;
    let name = name_of(rest.get(at + lead.len()..)?);
    (!name.is_empty()).then_some(name)
}

/// A product's name without what may stand before it.
fn name_of(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let plain = ["the ", "ibm cloud ", "ibm "];
    let name =
        plain.iter().fold(text.as_str(), |text, word| text.strip_prefix(word).unwrap_or(text));
    name.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// The claims of each page, by the number of the page.
type ClaimsByPage<'a> = BTreeMap<usize, Vec<&'a Claim>>;

/// All disagreements among pages, by the first page and its lines. `names` are those of the pages.
#[must_use]
pub fn disagreements(names: &[String], pages: &[Vec<Claim>]) -> Vec<Disagreement> {
    let mut by_meaning: BTreeMap<(&str, &[String]), ClaimsByPage<'_>> = BTreeMap::new();
    for (page, claims) in pages.iter().enumerate() {
        for claim in claims {
            let meaning = (claim.product.as_str(), claim.about.as_slice());
            by_meaning.entry(meaning).or_default().entry(page).or_default().push(claim);
        }
    }
    let mut found = BTreeSet::new();
    for of_pages in by_meaning.values() {
        let plain: Vec<(usize, &Claim)> =
            of_pages.iter().filter_map(|(page, claims)| Some((*page, agreed(claims)?))).collect();
        for (at, (page, claim)) in plain.iter().enumerate() {
            for (other, second) in plain.iter().skip(at + 1) {
                let is_sure = claim.is_of_title || second.is_of_title;
                if is_sure && claim.party != second.party {
                    let name = names.get(*other).map_or("", String::as_str);
                    found.insert(Disagreement {
                        page: *page,
                        line: claim.line,
                        column: claim.column,
                        other: *other,
                        other_line: second.line,
                        message: format!(
                            "{} is {} here, but {} in {name}:{}",
                            quoted(&claim.shown),
                            whose(&claim.party),
                            whose(&second.party),
                            second.line
                        ),
                    });
                }
            }
        }
    }
    found.into_iter().collect()
}

/// The claim of a page that says one and the same wherever it says it; third parties are left out.
fn agreed<'a>(claims: &[&'a Claim]) -> Option<&'a Claim> {
    let first = *claims.first()?;
    let is_plain = !matches!(first.party, Party::Other(_));
    (is_plain && claims.iter().all(|claim| claim.party == first.party)).then_some(first)
}

fn whose(party: &Party) -> &str {
    match party {
        Party::Ibm => "IBM's",
        Party::Customer => "the customer's",
        Party::Shared => "shared",
        Party::Other(name) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Names, read};

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
            .map(|page| claims(&read(page.as_bytes(), &Names::builtin()), page.as_bytes()))
            .collect();
        let names: Vec<_> = (0..pages.len()).map(|at| format!("{at}.md")).collect();
        let told = |one: Disagreement| format!("{}:{}: {}", one.page, one.line, one.message);
        disagreements(&names, &claims).into_iter().map(told).collect()
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
    fn one_duty_of_one_product_under_two_parties() {
        let text = "Replace a broken rack within one day.";
        let other = "Your responsibilities with Skyvault";
        let one = duties(SKY, text, "");
        let expected = "0:7: \"Replace a broken rack within one day.\" is IBM's here, but the customer's in 1.md:7";
        assert_eq!(found(&[one.clone(), duties(other, "", text)]), [expected]);
        assert_eq!(found(&[one.clone(), duties(other, text, "")]), [""; 0]);
        assert_eq!(found(&[one.clone(), duties(other, text, text)]), [""; 0], "it says both");
        let rain = duties("Your responsibilities with Rainvault", "", text);
        assert_eq!(found(&[one, rain]), [""; 0], "what two products both have");
        let short = |ibm, you| duties(SKY, ibm, you);
        assert_eq!(found(&[short("Replace it.", ""), short("", "Replace it.")]), [""; 0]);
    }
}
