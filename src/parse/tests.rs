//! Whole pages, and pages that nobody would write.

use proptest::prelude::*;

use super::{Block, Page, markdown_page, split_sentences, testing};
use crate::model::{Code, Notice};

fn codes(notices: &[Notice]) -> Vec<(Option<usize>, Code)> {
    notices.iter().map(|notice| (notice.line, notice.code)).collect()
}

const SKYVAULT: &str = r#"---
copyright:
  years: 2024, 2025
lastupdated: "2025-03-04"
subcollection: skyvault
---

# Your responsibilities with {{site.data.keyword.skyvault}}
{: #resp}

<!-- | Task | Old |
|---|---|
| a | b |
| c | d | -->
## Change management
{: #change}

| Task | {{site.data.keyword.IBM_notm}} responsibilities | Your responsibilities |
| - | - | - |
| Vaults | Acme patches vaults. \n - Weekly \n - Monthly | See [the plan](/docs/sky){: external}. |
| Keys | {{site.data.keyboard.skyvault}} rotates keys |
{: row-headers}
{: caption="Table 1. Change" caption-side="top"}
"#;

#[test]
fn a_page() {
    let (page, notices) = markdown_page(SKYVAULT.as_bytes());
    assert_eq!(
        testing::blocks(&page),
        [
            "1# Your responsibilities with <skyvault>",
            "2# Change management",
            "t Task | <IBM_notm> responsibilities | Your responsibilities \
             / Vaults | Acme patches vaults. Weekly Monthly | See the plan. \
             / Keys | <skyvault> rotates keys \
             {row-headers=} {caption=Table 1. Change} {caption-side=top}",
        ]
    );
    let Some(Block::Table(table)) = page.blocks.last() else { panic!("no table") };
    assert_eq!((table.line, table.rows[1].line, table.separator_columns), (18, 21, 3));
    assert_eq!(
        testing::pieces(&table.rows[0].cells[1]),
        ["Acme patches vaults.", "- Weekly", "- Monthly"]
    );
    assert_eq!(page.hidden.len(), 1);
    assert_eq!(
        codes(&notices),
        [(Some(11), Code::Hidden), (Some(21), Code::MalformedKeyref), (Some(21), Code::ShortRow)]
    );
}

#[test]
fn a_page_reads_alike_with_other_line_ends() {
    let unix = markdown_page(SKYVAULT.as_bytes());
    assert_eq!(markdown_page(SKYVAULT.replace('\n', "\r\n").as_bytes()), unix);
    assert_eq!(
        markdown_page(format!("\u{FEFF}{}", SKYVAULT.replace(' ', "\u{A0}")).as_bytes()).0.blocks,
        unix.0.blocks
    );
}

#[test]
fn nothing_is_a_page_too() {
    assert_eq!(markdown_page(b""), (Page::default(), Vec::new()));
    assert_eq!(markdown_page(b"---\n---\n"), (Page::default(), Vec::new()));
}

/// What parsers are slow at when it is repeated.
const HOSTILE: [&str; 61] = [
    "[",
    "](",
    "](/",
    "[a](/b",
    "(",
    "`",
    "``a",
    "`` ` ",
    "*",
    "_a",
    "<",
    "</",
    "<ul>",
    "<li>",
    "<br>",
    "<table>",
    "<td>",
    "{",
    "{{",
    "{:",
    "{{site.data.key",
    "|",
    "|\n",
    "| a",
    "| a\n",
    "a |\n",
    "x\n",
    "<!--",
    "`<!--` ",
    "```\n",
    "- ",
    "- a\n",
    "  - a\n",
    "\\n",
    "\\",
    "&",
    "&amp;",
    ". A",
    ".)",
    "1. ",
    "•",
    "{: a=\"",
    "\"",
    "![",
    "**",
    "**a",
    "<a ",
    "</table>",
    "> ",
    "#",
    "\u{E002}",
    "<table>\n",
    "a | b\n",
    "<li>a<br>b",
    "[^",
    "&#x",
    "<code>",
    "<img ",
    "> | a\n",
    "--- | ---\n",
    "| - |\n",
];

/// Long hostile pages: what is not near-linear does not come to an end here.
#[test]
fn hostile_pages_take_no_time() {
    for token in HOSTILE {
        let times = 60_000 / token.len();
        for text in
            [token.repeat(times), format!("| a | {} |\n", token.repeat(times).replace('\n', " "))]
        {
            let (page, _) = markdown_page(text.as_bytes());
            let runs = page.blocks.iter().filter_map(|block| match block {
                Block::Paragraph(paragraph) => Some(&paragraph.runs),
                Block::Heading(_)
                | Block::List(_)
                | Block::Definition(_)
                | Block::Table(_)
                | Block::Condition(_) => None,
            });
            assert!(runs.map(|runs| split_sentences(runs).len()).sum::<usize>() < text.len());
        }
    }
}

fn lines_of(page: &Page) -> Vec<usize> {
    let mut lines = Vec::new();
    let tables = page.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Heading(_)
        | Block::List(_)
        | Block::Definition(_)
        | Block::Paragraph(_)
        | Block::Condition(_) => None,
    });
    for table in tables.chain(&page.hidden) {
        lines.push(table.line);
        let rows = table.rows.iter().map(|row| &row.cells).chain(&table.header);
        lines.extend(table.rows.iter().map(|row| row.line));
        lines.extend(rows.flatten().flat_map(|cell| &cell.pieces).map(|piece| piece.line));
    }
    for block in &page.blocks {
        match block {
            Block::Heading(heading) => lines.push(heading.line),
            Block::Paragraph(paragraph) => lines.push(paragraph.line),
            Block::List(list) => lines.extend(list.items.iter().map(|item| item.line)),
            Block::Definition(definition) => lines.push(definition.line),
            Block::Table(_) | Block::Condition(_) => {}
        }
    }
    let front = &page.front_matter;
    lines.extend([&front.last_updated, &front.years].into_iter().flatten().map(|field| field.1));
    lines
}

/// What means something to some part of the reader.
const NASTY: [&str; 92] = [
    "|",
    "||",
    "| ",
    " |\n",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "|-|-|\n",
    "--|--\n",
    "---\n",
    "```\n",
    "`",
    "``",
    "<!--",
    "-->",
    "{:",
    "}",
    "{{",
    "}}",
    "{{site.data.keyword.a}}",
    "{[b]}",
    "{site.data.keyword:c}",
    "\\n",
    "\\|",
    "\\",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th colspan=3>",
    "</td>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<br>",
    "<p>",
    "<code>",
    "<img src=a>",
    "<caption>",
    "[",
    "](",
    "](/d",
    ")",
    "[^a]",
    "![",
    "*",
    "**",
    "_",
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "> ",
    "•",
    "&nbsp;",
    "&#9;",
    "&#xE002;",
    "&#xF0000;",
    "\u{E002}",
    "\u{F0001}",
    "\u{A0}",
    "\t",
    " ",
    "    ",
    "é",
    "𝕏",
    "a",
    "B",
    ". C",
    "e.g. ",
    "caption=\"",
    "\"",
    "lastupdated: ",
    "years:",
    "copyright:",
    "2020",
    "(",
    "<",
    "</",
    "&",
    ":",
    "=",
    "~~~\n",
    "...\n",
    "<dl>",
    "<",
    "\u{0}",
    "<thead>",
    "<pre>",
];

fn nasty() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&NASTY[..]), 0..60).prop_map(|t| t.concat())
}

proptest! {
    #[test]
    fn no_page_breaks_the_reader(text in nasty()) {
        let (page, notices) = markdown_page(text.as_bytes());
        let breaks = text.matches('\n').count() + text.replace("\r\n", "").matches('\r').count();
        for line in lines_of(&page).into_iter().chain(notices.iter().filter_map(|n| n.line)) {
            prop_assert!(line >= 1 && line <= breaks + 1, "line {} of {}", line, breaks + 1);
        }
        prop_assert_eq!(super::markdown_page(text.as_bytes()), (page, notices));
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = markdown_page(&bytes);
    }
}
