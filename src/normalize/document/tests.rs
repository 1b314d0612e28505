use super::read_section;
use crate::model::Code;
use crate::normalize::fixture::{codes, document, heading, matrix_lines, paragraph, table};
use crate::normalize::section_read::Above;
use crate::normalize::{Names, read_page};
use crate::parse::{CutPage, PageText, Source};

const HEADER: &str = "Task | IBM responsibilities | Your responsibilities";

#[test]
fn headings_open_and_close() {
    let page = document(vec![
        heading(1, "Duties with {cloud}"),
        heading(2, "Keys"),
        heading(3, "Standard"),
        table(HEADER, &["a | b | c"]),
        heading(2, "Vaults"),
        table(HEADER, &["a | b | c"]),
    ]);
    assert_eq!(page.title, "Duties with IBM Cloud");
    let sections: Vec<Vec<&str>> = page
        .matrices
        .iter()
        .map(|matrix| matrix.section.iter().map(|phrase| phrase.text.as_str()).collect())
        .collect();
    assert_eq!(sections, [vec!["Keys", "Standard"], vec!["Vaults"]]);
}

#[test]
fn a_lost_first_header_cell_still_names_the_columns() {
    let rows = ["Keys | Store keys | Make keys"];
    let page = document(vec![table("IBM responsibilities | Your responsibilities", &rows)]);
    assert_eq!(
        matrix_lines(&page.matrices[0]),
        ["Keys > ibm: Store keys", "Keys > customer: Make keys"]
    );
    assert_eq!(codes(&page), [Code::ShortHeader]);
}

#[test]
fn rows_without_a_header_go_on() {
    let page = document(vec![
        heading(2, "Keys"),
        table(HEADER, &["Keys | Store keys | Make keys"]),
        paragraph("More:"),
        table("", &["Vaults | Shut them | "]),
        heading(2, "Other"),
        table("", &["Doors | Shut them | "]),
    ]);
    assert_eq!(page.matrices.len(), 1);
    assert_eq!(matrix_lines(&page.matrices[0]).last().unwrap(), "Vaults > ibm: Shut them");
    assert_eq!(codes(&page), [Code::OrphanRows]);
}

#[test]
fn a_column_that_may_be_another_party_s_is_told_under_a_title_of_responsibility() {
    let rows = ["Keys | Store the keys safely. | Use the keys with care."];
    let told =
        |title: &str, header: &str| codes(&document(vec![heading(1, title), table(header, &rows)]));
    assert_eq!(told("Responsibilities", "Task | Vendor | Customer"), [Code::Unassigned]);
    assert_eq!(told("Duties with Skyvault", "Task | You | Acme"), [Code::Unassigned]);
    assert_eq!(told("Responsibilities", "Task | Details | Customer"), []);
    assert_eq!(told("Responsibilities", "Task | Vendor | Team"), []);
    assert_eq!(told("Vaults", "Task | Vendor | Customer"), []);
    let short = document(vec![
        heading(1, "Responsibilities"),
        table("Size | Vendor | Customer", &["Small | 1 | 2", "Large | 3 | 4"]),
    ]);
    assert_eq!(codes(&short), []);
}

#[test]
fn columns_of_roles_are_parties_under_a_title_of_responsibility() {
    let read = |title: &str, header: &str, row: &str, caption: &str| {
        let table = format!("{header}\n|--|--|--|\n{row}\n{{: caption=\"{caption}\"}}\n");
        let page = read_page(format!("# {title}\n\n{table}").as_bytes(), &Names::builtin());
        page.matrices.iter().flat_map(|matrix| matrix_lines(matrix)).collect::<Vec<_>>()
    };
    let row = "| Lane | Publish the lane. | Connect to the lane. |";
    let lines =
        ["Lane > other:Provider: Publish the lane.", "Lane > other:Consumer: Connect to the lane."];
    let (bare, named) =
        ("| Task | Provider | Consumer |", "| Task | Provider duties | Consumer duties |");
    assert_eq!(read("Responsibilities", named, row, "Lanes"), lines);
    assert_eq!(read("Lanes", bare, row, "Responsibilities"), lines);
    // these may be the columns of IBM and the customer under other names
    assert_eq!(read("Responsibilities", bare, row, "Lanes"), [""; 0]);
    assert_eq!(read("Lanes", named, row, "Lanes"), [""; 0]);
    let notes = "| Task | Provider duties | Notes |";
    assert_eq!(read("Responsibilities", notes, row, "Lanes"), [""; 0]);
    let values = "| Fast | 10 | 20 |";
    assert_eq!(read("Responsibilities", named, values, "Lanes"), [""; 0]);
}

#[test]
fn a_table_of_one_party_is_read_where_nothing_is_left_over() {
    let read = |header: &str, row: &str| document(vec![table(header, &[row])]);
    let page = read("Task | Your responsibilities", "Keys | Make keys");
    assert_eq!(matrix_lines(&page.matrices[0]), ["Keys > customer: Make keys"]);
    for (header, row) in [
        ("Task | Your responsibilities", "Keys | Make keys | Store keys"),
        ("Task | | Your responsibilities", "Keys | Store keys | Make keys"),
    ] {
        let page = read(header, row);
        assert!(page.matrices.is_empty(), "{header}");
        assert!(codes(&page).contains(&Code::Unassigned), "{header}: {:?}", codes(&page));
    }
    let rows =
        ["Store keys | Make keys", "Patch hosts | Drain nodes", "Cool racks | Order racks | x"];
    let both = document(vec![table("IBM responsibilities | Your responsibilities", &rows)]);
    assert_eq!(matrix_lines(&both.matrices[0])[0], " > ibm: Store keys");
}

#[test]
fn what_depends_on_the_leads_of_the_page_is_not_read_without_them() {
    let read = |text: &str| {
        let page = PageText::decode(Source::from(text.as_bytes()));
        let cut = CutPage::sections_from_text(&page);
        let section = cut.sections().next().unwrap();
        let blocks = section.read_blocks_once();
        assert!(std::ptr::eq(blocks, section.read_blocks_once()), "read once");
        read_section(blocks, 1, &Above::default(), None, &Names::builtin())
    };
    let table = "| Task | IBM | You |\n|-|-|-|\n| Keys | Store keys | Make keys |\n";
    assert_eq!(read(table).map(|section| section.matrices.len()), Some(1));
    // who the vault is, a lead of the customer beside it would say
    let lists = format!("Skyvault is responsible for:\n\n- Store keys\n\n{table}");
    assert!(read(&lists).is_none());
}
