//! Notes that stand below an answer because they say what to do about it.

use super::nothing_found::print_notes;

/// The notes of a run, in the order in which they are printed.
#[derive(Debug, Default)]
pub(super) struct NotesBelow(Vec<String>);

impl NotesBelow {
    /// Adds notes about a repository, which is named where there are several.
    pub(super) fn add_notes(&mut self, repository: Option<&str>, notes: Vec<String>) {
        let named = |note: String| match (repository, note.split_once(": ")) {
            (Some(name), Some((kind, text))) => format!("{kind}: {name}: {text}"),
            _ => note,
        };
        self.0.extend(notes.into_iter().map(named));
    }

    pub(super) fn print(&self) {
        print_notes(&self.0);
    }
}
