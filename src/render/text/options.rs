//! What decides how text is laid out.

/// How the text is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Columns of the screen.
    pub width: usize,
    /// Whether colours and other attributes are written.
    pub color: bool,
    /// Absolute folder that paths are below, where the terminal can follow links to files.
    pub links: Option<String>,
    /// What a commit's id makes the address of its page, where links can be followed.
    pub commits: Option<String>,
    /// Whether the last line is wrapped like all others: for a person, or where a width is asked for.
    /// Elsewhere scripts read it whole.
    pub wraps_last_line: bool,
    /// What runs respdiff in the repository that the text is about, such as `respdiff -C docs`.
    pub command: String,
}

impl Default for TextOptions {
    /// Plain text at 80 columns.
    fn default() -> Self {
        let command = "respdiff".to_owned();
        let (links, commits) = (None, None);
        Self { width: 80, color: false, links, commits, wraps_last_line: false, command }
    }
}
