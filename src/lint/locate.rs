//! Where in the file a finding about the whole page is to be mended.

use crate::model::{Code, Notice};

/// The line of a finding: its own, or that of the front matter's field that it is about, or else
/// the first.
#[must_use]
pub fn line_of(notice: &Notice, source: &[u8]) -> usize {
    notice.line.unwrap_or_else(|| {
        field(notice.code).iter().find_map(|name| line_with(source, name)).unwrap_or(1)
    })
}

/// The fields of the front matter that a code is about, the likeliest first.
const fn field(code: Code) -> &'static [&'static [u8]] {
    match code {
        Code::StampMissing
        | Code::StampUnreadable
        | Code::StampUnchanged
        | Code::StampOnly
        | Code::StampBackwards
        | Code::StampFuture
        | Code::StampStale => &[b"lastupdated"],
        Code::CopyrightBehind | Code::CopyrightShrinks => &[b"years", b"copyright"],
        Code::Placeholder
        | Code::CutOff
        | Code::ShortHeader
        | Code::ShortRow
        | Code::LongRow
        | Code::BrokenRow
        | Code::OrphanRows
        | Code::DuplicateRow
        | Code::DuplicateDuty
        | Code::EmptyRow
        | Code::Unassigned
        | Code::Contradiction
        | Code::Orphan
        | Code::RenamedTask
        | Code::RenamedArea
        | Code::Reshaped
        | Code::PossibleMove
        | Code::MovedAndBack
        | Code::UnknownKeyref
        | Code::MalformedKeyref
        | Code::FrontMatter
        | Code::Encoding
        | Code::Hidden
        | Code::OffMainline => &[],
    }
}

/// The first line that begins with a field's name, as far down as front matter reaches.
fn line_with(source: &[u8], name: &[u8]) -> Option<usize> {
    const FRONT_MATTER: usize = 60;
    let lines = source.split(|byte| *byte == b'\n').take(FRONT_MATTER);
    lines.map(<[u8]>::trim_ascii_start).position(|line| line.starts_with(name)).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_mended_where_it_stands() {
        let page = b"---\ncopyright:\n  years: 2020\nlastupdated: \"2020-01-01\"\n---\n";
        let line = |code| line_of(&Notice::of_page(code, "x"), page);
        assert_eq!(line(Code::StampStale), 4);
        assert_eq!(line(Code::CopyrightBehind), 3);
        assert_eq!(line(Code::FrontMatter), 1);
        assert_eq!(line_of(&Notice::at(9, Code::StampUnreadable, "x"), page), 9);
    }
}
