//! `Area | Description` below the name of a party: what the party does in each area.

use super::lead::Lead;
use super::row_labels::label_of;
use super::text::TextReader;
use crate::parse::{Table, TableRow};

/// Whether a table is `Area | Description` and says what to do in each area, not what each is ("The
/// part that stores keys", "Stores keys").
pub(super) fn describes_areas(lead: &Lead, table: &Table, reader: &mut TextReader<'_>) -> bool {
    const LABELS: [&str; 9] = [
        "area",
        "category",
        "component",
        "domain",
        "feature",
        "item",
        "resource",
        "service",
        "topic",
    ];
    const TEXTS: [&str; 5] = ["action", "actions", "description", "detail", "details"];
    let header: Vec<String> =
        table.header.iter().flatten().map(|cell| reader.cell_text(cell).to_lowercase()).collect();
    let [label, text, remarks @ ..] = header.as_slice() else { return false };
    if !LABELS.contains(&label.as_str())
        || !TEXTS.contains(&text.as_str())
        || !remarks.iter().all(|name| is_remark(name))
    {
        return false;
    }
    let acts = |row: &TableRow, reader: &mut TextReader<'_>| {
        let text = label_of(row, row.cells.get(1), reader).to_lowercase();
        let first = text.split(' ').next().unwrap_or_default();
        // IBM "stores keys", but a customer is told to store them
        let tells_of_it =
            !lead.party.is_provider() && first.ends_with('s') && !first.ends_with("ss");
        text.contains(' ') && !tells_of_it && !["a", "an", "the"].contains(&first)
    };
    let acting = table.rows.iter().filter(|row| acts(row, reader)).count();
    acting > 0 && acting * 2 > table.rows.len()
}

/// Whether a column's name is that of remarks on a duty.
pub(super) fn is_remark(header: &str) -> bool {
    const NAMES: [&str; 18] = [
        "comment",
        "comments",
        "due",
        "frequency",
        "how often",
        "link",
        "links",
        "note",
        "notes",
        "plan",
        "priority",
        "reference",
        "references",
        "remark",
        "remarks",
        "status",
        "tool",
        "when",
    ];
    NAMES.contains(&header)
}

#[cfg(test)]
mod tests {
    use crate::normalize::fixture::matrix_lines;
    use crate::normalize::{Names, read_page};

    #[test]
    fn areas_below_the_name_of_a_party() {
        let read = |above: &str, rows: &str| {
            let page = format!("# Duties\n\n{above}\n\n{rows}\n");
            let found = read_page(page.as_bytes(), &Names::builtin());
            let lines = found.matrices.iter().flat_map(|m| matrix_lines(m));
            lines.collect::<Vec<String>>().join("; ")
        };
        let duties =
            "| Area | Description |\n|-|-|\n| Keys | Rotate keys |\n| Doors | Shut doors |";
        let held = "Keys > customer: Rotate keys; Doors > customer: Shut doors";
        for above in ["### Your responsibilities", "**Your responsibilities**"] {
            assert_eq!(read(above, duties), held, "{above}");
        }
        // further from the name, a table of areas may describe anything
        assert_eq!(read("## Your responsibilities\n\n### Settings", duties), "");
        let things = "| Component | Description |\n|-|-|\n| Vault | The room that holds keys |";
        assert_eq!(read("### Your responsibilities", things), "");
        let things = things.replace("The room that holds", "Holds");
        assert_eq!(read("### Your responsibilities", &things), "");
        assert_eq!(read("### IBM responsibilities", &things), "Vault > ibm: Holds keys");
        let sizes = "| Item | Size |\n|-|-|\n| Vault | Ten by ten |";
        assert_eq!(read("### Your responsibilities", sizes), "");
    }
}
