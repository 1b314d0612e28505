//! What the words of `include::file[...]` select of a file: `lines=`, `tag=`, `tags=`, and how deep
//! its headings are set (`leveloffset=`).

use super::options;

/// So many parts of `lines=` and tags are looked at.
const MOST_PARTS: usize = 64;

/// The words of one `include::`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct IncludeWords {
    lines: Option<Vec<(usize, usize)>>,
    tags: Option<Vec<(String, bool)>>,
    pub(super) level_offset: Option<LevelOffset>,
    /// Whether the file may be missing.
    pub(super) is_optional: bool,
}

/// How much deeper headings are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LevelOffset {
    /// Than around the `include::`.
    By(i8),
    /// Than they are written.
    To(i8),
}

impl LevelOffset {
    /// Reads `+1`, `-1` or `1`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let number: i8 = text.parse().ok().filter(|number| (-9..=9).contains(number))?;
        Some(if text.starts_with(['+', '-']) { Self::By(number) } else { Self::To(number) })
    }

    pub(super) fn apply_to(self, around: i8) -> i8 {
        match self {
            Self::By(number) => (around + number).clamp(-9, 9),
            Self::To(number) => number,
        }
    }
}

impl IncludeWords {
    pub(super) fn parse(words: &str) -> Self {
        let mut found = Self::default();
        for (name, value) in options::split(words) {
            match name.as_deref() {
                Some("lines") => found.lines = Some(parse_ranges(&value)),
                Some("tag") => found.tags = Some(tags(std::iter::once(value.as_str()))),
                Some("tags") => {
                    let sign = if value.contains(',') { ',' } else { ';' };
                    found.tags = Some(tags(value.split(sign)));
                }
                Some("leveloffset") => found.level_offset = LevelOffset::parse(&value),
                Some("opts" | "options") => {
                    found.is_optional = value.split(',').any(|word| word.trim() == "optional");
                }
                Some(_) | None => {}
            }
        }
        found
    }

    /// The lines of a file that are included.
    pub(super) fn select_lines<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let all = text.split('\n').map(str::trim_end);
        let mut lines: Vec<&str> = match (&self.lines, &self.tags) {
            (Some(ranges), _) if !ranges.is_empty() => {
                let is_in = |at: &usize| ranges.iter().any(|(from, to)| (from..=to).contains(&at));
                all.enumerate().filter(|(at, _)| is_in(&(at + 1))).map(|(_, line)| line).collect()
            }
            (_, Some(tags)) if !tags.is_empty() => Tagged::new(tags).tagged_lines(all),
            _ => all.collect(),
        };
        // blank lines at the ends are left out
        let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |at| at + 1);
        lines.truncate(end);
        let start = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
        lines.drain(..start);
        lines
    }
}

/// `1..4;7;9..`, both ends counted.
fn parse_ranges(value: &str) -> Vec<(usize, usize)> {
    let sign = if value.contains(',') { ',' } else { ';' };
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let range = |part: &str| match part.split_once("..") {
        Some((from, to)) => Some((number(from)?, number(to).unwrap_or(usize::MAX))),
        None => number(part).map(|line| (line, line)),
    };
    value.split(sign).take(MOST_PARTS).filter_map(range).collect()
}

/// Names of tags, and whether what they hold is included.
fn tags<'v>(values: impl Iterator<Item = &'v str>) -> Vec<(String, bool)> {
    let mut found: Vec<(String, bool)> = Vec::new();
    for value in values.map(str::trim).take(MOST_PARTS) {
        let name = value.strip_prefix('!').unwrap_or(value);
        if name.is_empty() {
            continue;
        }
        let wanted = name.len() == value.len();
        match found.iter_mut().find(|(known, _)| known == name) {
            Some(known) => known.1 = wanted,
            None => found.push((name.to_owned(), wanted)),
        }
    }
    found
}

/// Which tags are wanted, as asciidoctor decides it.
struct Tagged<'w> {
    named: Vec<&'w (String, bool)>,
    /// What holds outside of tags.
    base: bool,
    /// What holds within tags that are not named.
    wildcard: Option<bool>,
}

impl<'w> Tagged<'w> {
    fn new(tags: &'w [(String, bool)]) -> Self {
        let of = |name: &str| tags.iter().find(|(known, _)| known == name).map(|(_, is)| *is);
        let named: Vec<&(String, bool)> =
            tags.iter().filter(|(name, _)| name != "*" && name != "**").collect();
        let (base, wildcard) = match (of("**"), of("*")) {
            (Some(all), Some(star)) => (all, Some(star)),
            (Some(all), None) => {
                (all, (!all && named.first().is_some_and(|(_, is)| !is)).then_some(true))
            }
            (None, Some(star)) if tags.first().is_some_and(|(name, _)| name == "*") => {
                (!star, Some(star))
            }
            (None, Some(star)) => (false, Some(star)),
            (None, None) => (!named.iter().any(|(_, is)| *is), None),
        };
        Self { named, base, wildcard }
    }

    fn tagged_lines<'t>(&self, all: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
        let mut open: Vec<(&str, bool)> = Vec::new();
        let mut selected = self.base;
        let mut kept = Vec::new();
        for line in all {
            let Some((is_end, tag)) = tag_of(line) else {
                if selected {
                    kept.push(line);
                }
                continue;
            };
            let named = self.named.iter().find(|(name, _)| name == tag).map(|(_, is)| *is);
            if is_end {
                if let Some(at) = open.iter().rposition(|(name, _)| *name == tag) {
                    open.remove(at);
                    if at == open.len() {
                        selected = open.last().map_or(self.base, |(_, is)| *is);
                    }
                }
            } else if let Some(is) = named {
                selected = is;
                open.push((tag, is));
            } else if let Some(wildcard) = self.wildcard {
                selected = (open.is_empty() || selected) && wildcard;
                open.push((tag, selected));
            }
        }
        kept
    }
}

/// Whether a line ends a tag, and which one it begins or ends: `tag::name[]`, `end::name[]`.
fn tag_of(line: &str) -> Option<(bool, &str)> {
    let (before, rest) = line.split_once("::")?;
    let (is_end, before) = match (before.strip_suffix("tag"), before.strip_suffix("end")) {
        (Some(before), _) => (false, before),
        (None, Some(before)) => (true, before),
        (None, None) => return None,
    };
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (name, after) = rest.split_once("[]")?;
    let fits = !before.ends_with(is_word)
        && !name.is_empty()
        && !name.contains(char::is_whitespace)
        && (after.is_empty() || after.starts_with(char::is_whitespace));
    fits.then_some((is_end, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\n1\n// tag::a[]\n2\n// tag::b[]\n3\n// end::b[]\n4\n// end::a[]\n# tag::c[] x\n5\n# end::c[]\n6\n\n";

    #[test]
    fn lines_and_tags_are_selected() {
        for (words, expected) in [
            ("lines=2;11", "1 5"),
            ("lines=\"2..4,12..\"", "1 // tag::a[] 2 # end::c[] 6"),
            ("tag=a", "2 3 4"),
            ("tags=a;!b", "2 4"),
            ("tags=b;c", "3 5"),
            ("tags=!b", "1 2 4 5 6"),
            ("tags=*", "2 3 4 5"),
            ("tags=**", "1 2 3 4 5 6"),
            ("tags=**;!a", "1 5 6"),
            ("tags=!*", "1 6"),
            ("tag=none", ""),
        ] {
            let found = IncludeWords::parse(words).select_lines(FILE);
            let found: Vec<&str> = found.into_iter().filter(|line| !line.is_empty()).collect();
            assert_eq!(found.join(" "), expected, "{words}");
        }
        assert_eq!(IncludeWords::default().select_lines("\n\na\n\n"), ["a"]);
        assert_eq!(IncludeWords::default().select_lines("\n"), [""; 0]);
    }

    #[test]
    fn other_words_are_read() {
        let words = IncludeWords::parse("leveloffset=+1,opts=optional");
        assert_eq!(words.level_offset, Some(LevelOffset::By(1)));
        assert!(words.is_optional);
        assert_eq!(IncludeWords::parse(""), IncludeWords::default());
        assert_eq!(LevelOffset::parse("2").map(|offset| offset.apply_to(1)), Some(2));
        assert_eq!(LevelOffset::parse("-2").map(|offset| offset.apply_to(1)), Some(-1));
        assert_eq!(LevelOffset::parse("x"), None);
    }
}
