//! How a page is written.

/// A page's format, chosen by the name of its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `.md`, `.markdown`.
    #[default]
    Markdown,
    /// Markdown with components: `.mdx`.
    Mdx,
    /// `.adoc`, `.asciidoc`, `.asc`.
    AsciiDoc,
}

/// The ends of file names, in lower case.
const ENDS: [(&str, Format); 6] = [
    (".md", Format::Markdown),
    (".markdown", Format::Markdown),
    (".mdx", Format::Mdx),
    (".adoc", Format::AsciiDoc),
    (".asciidoc", Format::AsciiDoc),
    (".asc", Format::AsciiDoc),
];

impl Format {
    /// The format of a file by its name or path, in any letter case; none where no reader takes
    /// such files.
    #[must_use]
    pub fn of_name(name: &[u8]) -> Option<Self> {
        let name = name.rsplit(|byte| *byte == b'/').next().unwrap_or(name);
        let fits = |end: &str| {
            let start = name.len().checked_sub(end.len()).filter(|start| *start > 0);
            start.is_some_and(|start| name[start..].eq_ignore_ascii_case(end.as_bytes()))
        };
        ENDS.iter().find(|(end, _)| fits(end)).map(|(_, format)| *format)
    }

    /// The same for a file that the user named: markdown where the name does not say.
    #[must_use]
    pub fn of_named(name: &[u8]) -> Self {
        Self::of_name(name).unwrap_or_default()
    }
}

/// Whether files of this name are included: AsciiDoc, plain text, and values for tables.
#[must_use]
pub fn is_included_name(name: &[u8]) -> bool {
    const ENDS: [&str; 8] = [".adoc", ".asciidoc", ".asc", ".txt", ".csv", ".tsv", ".dsv", ".inc"];
    // asked of every file of a history: most names differ in their last letter already
    let last = name.last().map_or(0, u8::to_ascii_lowercase);
    let fits = |end: &str| {
        let start = name.len().checked_sub(end.len());
        start.is_some_and(|start| name[start..].eq_ignore_ascii_case(end.as_bytes()))
    };
    ENDS.iter().any(|end| end.as_bytes().last() == Some(&last) && fits(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_decides() {
        assert!(is_included_name(b"a/B.ADOC") && !is_included_name(b"a.yaml"));
        for (name, expected) in [
            ("duties.MD", Some(Format::Markdown)),
            ("docs/duties.markdown", Some(Format::Markdown)),
            ("duties.mdx", Some(Format::Mdx)),
            ("modules/duties.adoc", Some(Format::AsciiDoc)),
            ("duties.asciidoc", Some(Format::AsciiDoc)),
            ("duties.Asc", Some(Format::AsciiDoc)),
            (".md", None),
            ("docs/.adoc", None),
            ("duties.rst", None),
            ("md", None),
        ] {
            assert_eq!(Format::of_name(name.as_bytes()), expected, "{name}");
        }
    }
}
