//! The answers are those of a fresh check, whatever was asked before.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::model::Party;
use crate::normalize::PolicyVocabulary;

/// Lines that matter to the lines around them, and some that do not.
const LINES: [&str; 50] = [
    "---",
    "lastupdated: \"2024-01-01\"",
    "",
    "",
    "",
    "# Skyvault",
    "# Responsibilities for Skyvault",
    "## Keys",
    "## Keys {#keys}",
    "### Your duties",
    "## IBM responsibilities",
    "### Night watch",
    "#### Vaults",
    "<!--",
    "-->",
    "Text <!-- with a comment",
    "Text <!-- with a comment --> and more.",
    "```",
    "~~~",
    "| Task | IBM | You |",
    "| Task | IBM responsibilities | Your responsibilities |",
    "|---|---|---|",
    "| Keys | Store keys | Make keys |",
    "| Doors | Platform team | The tenant |",
    "| Vault | Region | Price |",
    "| Region | Owner |",
    "| North | Customer |",
    "<table><tr><th>IBM</th><th>You</th></tr>",
    "<tr><td>Store keys</td><td>Make keys</td></tr></table>",
    "- Store keys",
    "- Lock the doors",
    "You are responsible for:",
    "IBM is responsible for the following tasks:",
    "[^n]: Not on Sundays.",
    "Only now[^n].",
    "[vault]: /docs/vault",
    "See [the vault][vault].",
    "\\* Never at night.",
    "Nothing here is of any party's business.",
    "A long line that says nothing of any matter, and goes on to say it.",
    "Title",
    "=====",
    "{: caption=\"Responsibilities\"}",
    "Response\r",
    "# Night store",
    "| North | Skyvault |",
    "| South | Night store |",
    "## IBM-managed vaults",
    "## Customer-managed vaults",
    "What IBM does",
];

fn names_of_policy() -> Names {
    let parties = BTreeMap::from([("Platform team".to_owned(), Party::Ibm)]);
    let parties = parties.into_iter().chain([("Tenant".to_owned(), Party::Customer)]).collect();
    Names::builtin().with_own(&Arc::new(PolicyVocabulary::new(&parties, &[])))
}

/// A writer who knows some of these lines.
struct Writer {
    random: fastrand::Rng,
    known: Vec<&'static str>,
}

impl Writer {
    fn new(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let known = random.choose_multiple(LINES, 24);
        Self { random, known }
    }

    fn new_line(&mut self) -> &'static str {
        self.random.choice(&self.known).copied().unwrap_or_default()
    }

    fn new_page(&mut self) -> Vec<&'static str> {
        (0..self.random.usize(5..60)).map(|_| self.new_line()).collect()
    }

    /// Adds, removes, replaces or exchanges some lines.
    fn edit(&mut self, page: &mut Vec<&'static str>) {
        for _ in 0..=self.random.usize(..3) {
            let (at, to) = (self.random.usize(..page.len()), self.random.usize(..page.len()));
            match self.random.u8(..5) {
                0 if page.len() > 1 => drop(page.remove(at)),
                1 => page[at] = self.new_line(),
                2 => page.swap(at, to),
                _ => page.insert(at, self.new_line()),
            }
        }
    }
}

#[test]
fn the_answer_does_not_depend_on_what_was_asked_before() {
    let (mut pages, mut quick) = (0, 0);
    for seed in 0..60 {
        let names = if seed % 2 == 0 { Names::builtin() } else { names_of_policy() };
        let question =
            [PageQuestion::Assigns, PageQuestion::SeemsToAssign][usize::from(seed % 4 > 1)];
        let mut check = SuccessiveCheck::new(question, &names);
        let mut writer = Writer::new(seed);
        let mut page = writer.new_page();
        for _ in 0..60 {
            writer.edit(&mut page);
            let text = page.join("\n");
            let bytes = text.as_bytes();
            let changed = check.last.take().and_then(|last| check.check_changes(last, bytes));
            quick += usize::from(changed.is_some());
            let findings = changed.unwrap_or_else(|| check.check_whole(bytes));
            let answer = question.answer_for(bytes.into(), &names);
            let whole = read_page(bytes, &names);
            let said = match question {
                PageQuestion::Assigns => whole.is_responsibility_page(),
                PageQuestion::SeemsToAssign => whole.seems_to_assign(),
            };
            assert_eq!(answer, said && may_assign(bytes, &names), "seed {seed}\n{text}");
            assert_eq!(findings.answer(), answer, "seed {seed}\n{text}");
            pages += usize::from(answer);
            check.last = Some(Checked { bytes: bytes.to_vec(), findings });
        }
    }
    assert!(pages > 300 && quick > 1_000, "{pages} {quick}");
}

#[test]
fn contents_that_are_no_plain_text_are_read_alone() {
    let names = Names::builtin();
    let mut check = SuccessiveCheck::new(PageQuestion::Assigns, &names);
    let page = "# Keys\n\n| Task | IBM | You |\n|---|---|---|\n| Keys | Store | Make |\n";
    let wide: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old_mac = page.replace('\n', "\r");
    for bytes in [page.as_bytes(), &wide, page.as_bytes(), old_mac.as_bytes()] {
        assert!(check.is_page(Format::Markdown, bytes));
        assert!(!check.is_page(Format::AsciiDoc, b"= Keys"));
        assert!(!check.is_page(Format::Markdown, b"# Keys"));
    }
}

#[test]
fn sections_are_read_one_by_one_where_the_page_tells_enough() {
    let names = Names::builtin();
    let check = SuccessiveCheck::new(PageQuestion::Assigns, &names);
    let findings = |page: &str| check.check_whole(page.as_bytes());
    // a cell may be the name of the page's product
    let table = "| Region | Owner |\n|---|---|\n| North | Skyvault |\n| South | You |\n";
    let titled = format!("# Skyvault\n\n## Regions\n\n{table}");
    assert!(matches!(findings(&titled), Findings::Sections(_)));
    assert!(matches!(findings(&format!("## Regions\n\n{table}")), Findings::Whole(_)));
    // a title that needs its like is none where no heading speaks of responsibilities
    let twins = |text: &str| {
        let rest = "| Vault | You can open it |\n|---|---|\n| a | b |\n";
        format!("# Skyvault\n\n{text}\n\n## Customer-managed vaults\n\n{rest}")
    };
    assert!(matches!(findings(&twins("Text.")), Findings::Sections(_)));
    assert!(matches!(findings(&twins("## Duties\n")), Findings::Whole(_)));
}
