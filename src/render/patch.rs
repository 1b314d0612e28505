//! Files line by line, as git itself writes their differences: shown for a file that assigns no
//! responsibility, so that nothing of it is lost.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

use crate::model::Sides;
use crate::report::control_chars;

use super::safe;

/// Lines around a change.
const CONTEXT: usize = 3;
/// If more lines than these differ, beyond the common beginning and end, all are shown as replaced:
/// comparing them would take quadratic time.
const MOST_LINES: usize = 8_000;
/// Where git looks for a sign that a file is no text.
const LOOKED_AT: usize = 8_000;
/// As many digits of an id as git shows.
const SHORT_ID: usize = 7;

/// A file as git hands it to a driver.
#[derive(Clone, Copy, Debug, Default)]
pub struct Patched<'a> {
    /// Its path on both sides, whatever bytes it has.
    pub path: Sides<&'a [u8]>,
    /// Its content; none where it is not there.
    pub content: Sides<Option<&'a [u8]>>,
    /// The content's id; none where it is not there.
    pub id: Sides<Option<&'a str>>,
    /// Its mode; none where it is not there.
    pub mode: Sides<Option<&'a str>>,
    /// What git says itself of a file that was renamed or copied, in lines.
    pub extra_header: Option<&'a str>,
}

/// How lines are written for the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PatchOptions {
    /// Whether colours are written.
    pub color: bool,
    /// Whether a terminal shows them, which a file must not steer. Anywhere else the bytes are
    /// left as they are, so that the patch applies.
    pub terminal: bool,
}

/// What stands above every file: `diff --git`, modes, ids.
#[must_use]
pub fn file_header(file: &Patched<'_>, options: PatchOptions) -> Vec<u8> {
    let mut page = PatchWriter { out: Vec::new(), options };
    let Sides { old, new } = quoted_paths(file);
    page.write_line(PatchLook::Meta, format!("diff --git {old} {new}").as_bytes());
    if let Some(reported) = file.extra_header {
        for line in reported.lines() {
            page.write_line(PatchLook::Meta, line.as_bytes());
        }
        return page.out;
    }
    let ids = file.id.map(|id| id.unwrap_or("0000000").get(..SHORT_ID).unwrap_or("0000000"));
    let ids = format!("index {}..{}", ids.old, ids.new);
    let lines = match (file.mode.old, file.mode.new) {
        (Some(old), Some(new)) if old == new => vec![format!("{ids} {new}")],
        (Some(old), Some(new)) => {
            vec![format!("old mode {old}"), format!("new mode {new}"), ids]
        }
        (None, Some(new)) => vec![format!("new file mode {new}"), ids],
        (Some(old), None) => vec![format!("deleted file mode {old}"), ids],
        (None, None) => vec![ids],
    };
    for line in lines {
        page.write_line(PatchLook::Meta, line.as_bytes());
    }
    page.out
}

/// What differs, in hunks.
#[must_use]
pub fn file_hunks(file: &Patched<'_>, options: PatchOptions) -> Vec<u8> {
    let mut page = PatchWriter { out: Vec::new(), options };
    let content = file.content.map(Option::unwrap_or_default);
    if content.old == content.new {
        return page.out;
    }
    let name =
        |name: String, content: Option<&[u8]>| content.map_or("/dev/null".to_owned(), |_| name);
    let names = quoted_paths(file);
    let names = Sides::new(name(names.old, file.content.old), name(names.new, file.content.new));
    if is_binary(content.old) || is_binary(content.new) {
        let text = format!("Binary files {} and {} differ", names.old, names.new);
        page.write_line(PatchLook::Plain, text.as_bytes());
        return page.out;
    }
    page.write_line(PatchLook::Meta, format!("--- {}", names.old).as_bytes());
    page.write_line(PatchLook::Meta, format!("+++ {}", names.new).as_bytes());
    let lines = content.map(split_lines);
    for hunk in group_diff_ops(diff_operations(&lines), CONTEXT) {
        page.write_hunk(&hunk, &lines);
    }
    page.out
}

/// How many lines are gone, and how many are new.
#[must_use]
pub fn count_lines(content: Sides<Option<&[u8]>>) -> Sides<usize> {
    let lines = content.map(|content| split_lines(content.unwrap_or_default()));
    let mut counts = Sides::default();
    for operation in diff_operations(&lines) {
        if operation.tag() != DiffTag::Equal {
            counts.old += operation.old_range().len();
            counts.new += operation.new_range().len();
        }
    }
    counts
}

/// The paths with git's prefixes, quoted as git does.
fn quoted_paths(file: &Patched<'_>) -> Sides<String> {
    Sides::new(quote_path("a/", file.path.old), quote_path("b/", file.path.new))
}

/// A path as git writes it: in quotes where a byte of it could be mistaken.
#[must_use]
pub fn quote_path(prefix: &str, path: &[u8]) -> String {
    let plain = |byte: &u8| (0x20..0x7f).contains(byte) && !b"\"\\".contains(byte);
    // git reads `\043` as `#`, a CI server that reads along `##[` as its own
    let text = String::from_utf8_lossy(path);
    let obeyed = text.char_indices().any(|(at, _)| control_chars::is_ci_command(&text[at..]));
    if path.iter().all(plain) && !obeyed {
        return format!("{prefix}{}", String::from_utf8_lossy(path));
    }
    let mut out = format!("\"{prefix}");
    for byte in path {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(*byte)]),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            _ if plain(byte) && !(obeyed && b"#:".contains(byte)) => out.push(char::from(*byte)),
            _ => {
                // writing to a String cannot fail
                let _ = write!(out, "\\{byte:03o}");
            }
        }
    }
    out.push('"');
    out
}

fn is_binary(content: &[u8]) -> bool {
    content.iter().take(LOOKED_AT).any(|byte| *byte == 0)
}

/// The lines with their ends.
fn split_lines(content: &[u8]) -> Vec<&[u8]> {
    content.split_inclusive(|byte| *byte == b'\n').collect()
}

fn diff_operations(lines: &Sides<Vec<&[u8]>>) -> Vec<DiffOp> {
    // numbers instead of lines: the comparison looks at each many times
    let mut numbers = BTreeMap::new();
    let mut numbered = |lines: &[&[u8]]| -> Vec<usize> {
        let mut number = |line: &[u8]| {
            let next = numbers.len();
            *numbers.entry(line.to_vec()).or_insert(next)
        };
        lines.iter().map(|line| number(line)).collect()
    };
    let (old, new) = (numbered(&lines.old), numbered(&lines.new));
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - same;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest);
    let tail = tail.take_while(|(old, new)| old == new).count();
    let (gone, fresh) = (old.len() - same - tail, new.len() - same - tail);
    if gone + fresh <= MOST_LINES {
        return capture_diff_slices(Algorithm::Myers, &old, &new);
    }
    let equal = |old_index, new_index, len| DiffOp::Equal { old_index, new_index, len };
    let replaced =
        DiffOp::Replace { old_index: same, old_len: gone, new_index: same, new_len: fresh };
    let all = [equal(0, 0, same), replaced, equal(same + gone, same + fresh, tail)];
    all.into_iter().filter(|op| !op.old_range().is_empty() || !op.new_range().is_empty()).collect()
}

#[derive(Clone, Copy)]
enum PatchLook {
    Plain,
    Meta,
    Hunk,
    Gone,
    Fresh,
}

impl PatchLook {
    fn style(self) -> Style {
        let color = |color| Style::new().fg_color(Some(anstyle::Color::Ansi(color)));
        match self {
            Self::Plain => Style::new(),
            Self::Meta => Style::new().bold(),
            Self::Hunk => color(AnsiColor::Cyan),
            Self::Gone => color(AnsiColor::Red),
            Self::Fresh => color(AnsiColor::Green),
        }
    }
}

/// Lines that grow.
struct PatchWriter {
    out: Vec<u8>,
    options: PatchOptions,
}

impl PatchWriter {
    fn write_line(&mut self, look: PatchLook, line: &[u8]) {
        let shown = self.visible_line(line);
        let style = look.style();
        if self.options.color && !style.is_plain() {
            self.out.extend(style.render().to_string().bytes());
            self.out.extend(&*shown);
            self.out.extend(style.render_reset().to_string().bytes());
        } else {
            self.out.extend(&*shown);
        }
        self.out.push(b'\n');
    }

    /// Tabs stay what they are.
    fn visible_line<'l>(&self, line: &'l [u8]) -> Cow<'l, [u8]> {
        if !self.options.terminal {
            return Cow::Borrowed(line);
        }
        let text = String::from_utf8_lossy(line);
        let parts: Vec<_> = text.split('\t').map(safe::make_visible).collect();
        Cow::Owned(parts.join("\t").into_bytes())
    }

    fn write_hunk(&mut self, hunk: &[DiffOp], lines: &Sides<Vec<&[u8]>>) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { return };
        let old = hunk_range(first.old_range().start, last.old_range().end);
        let new = hunk_range(first.new_range().start, last.new_range().end);
        self.write_line(PatchLook::Hunk, format!("@@ -{old} +{new} @@").as_bytes());
        for operation in hunk {
            let old = lines.old.get(operation.old_range()).unwrap_or_default();
            let new = lines.new.get(operation.new_range()).unwrap_or_default();
            if operation.tag() == DiffTag::Equal {
                self.write_lines(PatchLook::Plain, b' ', new);
                continue;
            }
            self.write_lines(PatchLook::Gone, b'-', old);
            self.write_lines(PatchLook::Fresh, b'+', new);
        }
    }

    fn write_lines(&mut self, look: PatchLook, sign: u8, lines: &[&[u8]]) {
        for line in lines {
            let ended = line.strip_suffix(b"\n");
            let mut text = vec![sign];
            text.extend_from_slice(ended.unwrap_or(line));
            self.write_line(look, &text);
            if ended.is_none() {
                self.write_line(PatchLook::Plain, b"\\ No newline at end of file");
            }
        }
    }
}

/// Where a hunk begins and how long it is, as git counts.
fn hunk_range(start: usize, end: usize) -> String {
    match end.saturating_sub(start) {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        length => format!("{},{length}", start + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(old: Option<&str>, new: Option<&str>) -> String {
        let file = Patched {
            path: Sides::new(b"quay.txt", b"quay.txt"),
            content: Sides::new(old.map(str::as_bytes), new.map(str::as_bytes)),
            id: Sides::new(old.map(|_| "0123456789"), new.map(|_| "abcdefabcd")),
            mode: Sides::new(old.map(|_| "100644"), new.map(|_| "100644")),
            extra_header: None,
        };
        let options = PatchOptions::default();
        String::from_utf8([file_header(&file, options), file_hunks(&file, options)].concat())
            .unwrap()
    }

    #[test]
    fn a_changed_line_stands_among_its_neighbours() {
        assert_eq!(
            patch(Some("a\nb\nc\nd\ne\nf\n"), Some("a\nb\nc\nd\nE\nf")),
            "\
diff --git a/quay.txt b/quay.txt
index 0123456..abcdefa 100644
--- a/quay.txt
+++ b/quay.txt
@@ -2,5 +2,5 @@
 b
 c
 d
-e
-f
+E
+f
\\ No newline at end of file
"
        );
    }

    #[test]
    fn a_new_file_begins_at_nothing() {
        let text = patch(None, Some("a\n"));
        assert!(text.contains("\nnew file mode 100644\nindex 0000000..abcdefa\n"), "{text}");
        assert!(text.ends_with("--- /dev/null\n+++ b/quay.txt\n@@ -0,0 +1 @@\n+a\n"), "{text}");
    }

    #[test]
    fn no_text_is_only_told() {
        let text = patch(Some("a\0b"), None);
        assert!(text.ends_with("Binary files a/quay.txt and /dev/null differ\n"), "{text}");
    }

    #[test]
    fn a_terminal_is_not_steered_but_a_patch_is_left_as_it_is() {
        let file = Patched {
            path: Sides::new(b"q\x1b.txt", b"q\x1b.txt"),
            content: Sides::new(None, Some(b"a\tb\x1b[2J\n")),
            ..Patched::default()
        };
        let text = |terminal| {
            let options = PatchOptions { color: false, terminal };
            String::from_utf8([file_header(&file, options), file_hunks(&file, options)].concat())
                .unwrap()
        };
        assert!(text(true).contains("+a\tb\\u{1b}[2J\n"));
        assert!(!text(true).contains('\u{1b}'));
        assert!(text(true).contains("\"b/q\\033.txt\""));
        assert!(text(false).contains("+a\tb\u{1b}[2J\n"));
    }

    #[test]
    fn very_many_lines_cost_no_more_than_their_number() {
        let lines = |from: usize| -> String {
            (from..from + 50_000).flat_map(|n| [n.to_string(), "\n".to_owned()]).collect()
        };
        let (old, new) = (lines(0), lines(100_000));
        let counts = count_lines(Sides::new(Some(old.as_bytes()), Some(new.as_bytes())));
        assert_eq!(counts, Sides::new(50_000, 50_000));
    }
}
