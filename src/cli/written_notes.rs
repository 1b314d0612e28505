//! Where `respdiff notes` writes: a file, or the top of a changelog; and what it says of pages that it
//! cannot read.

use std::path::Path;

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Notice, counted};
use crate::report::Notes;

use super::args::CommonArgs;
use super::error_output::print_line;

/// Writes the notes where they were asked for, and says what is in them.
pub(super) fn write_notes(
    path: &Path,
    common: &CommonArgs,
    entries: usize,
    bytes: &[u8],
) -> Result<()> {
    deliver::write_file(&common.to_write(path)?, bytes)?;
    let entries = counted(entries, "entry");
    print_line(&format!("Wrote {}: {entries}.", common.resolve_path(path).display()));
    Ok(())
}

/// Puts the entries into the changelog, and says under the name `shown` what came of it.
pub(super) fn prepend_notes(
    path: &Path,
    shown: &Path,
    common: &CommonArgs,
    notes: &Notes,
    bytes: &[u8],
) -> Result<()> {
    let file = common.to_write(path)?;
    let text = String::from_utf8_lossy(bytes);
    if !notes.entries.is_empty() && !text.contains(crate::report::marks::END) {
        return Err(Error::new(ErrorKind::Usage, "the template has no entry marks").with_hint(
            "write {{ entry.begin | safe }} above each entry and {{ entry.end | safe }} below it",
        ));
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let _turn = deliver::FolderLock::take(folder.unwrap_or(Path::new(".")))?;
    let old = deliver::read_to_change(&file)?;
    let merged = deliver::prepend_entries(old.as_deref(), &text, &notes.without_changes)
        .map_err(|error| error.with_subject(&format!("`{}`", path.display())))?;
    if old.as_deref().unwrap_or_default() != merged.text.as_bytes() {
        deliver::write_file(&file, merged.text.as_bytes())?;
    }
    let reported: Vec<String> =
        [(merged.added, "added"), (merged.updated, "updated"), (merged.removed, "removed")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", counted(count, "entry")))
            .collect();
    let reported = if reported.is_empty() { "nothing new".to_owned() } else { reported.join(", ") };
    print_line(&format!("{}: {reported}", shown.display()));
    Ok(())
}

/// What is omitted of a page.
pub(super) fn left_out(path: &str, notice: &Notice) -> String {
    let line = notice.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!(
        "error: {path}{line}: its duties are omitted because they cannot be read: {}",
        notice.message
    )
}

/// What may be wrong about a page.
pub(super) fn in_doubt(path: &str, notice: &Notice) -> String {
    let line = notice.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("error: {path}{line}: the notes about this page may be wrong: {}", notice.message)
}
