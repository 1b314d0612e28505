//! Wildcards, matched in one pass: all states at once, so that no pattern takes long.

/// A pattern ready to match.
#[derive(Clone, Debug)]
pub(super) struct Glob {
    steps: Vec<GlobStep>,
    ignore_case: bool,
}

#[derive(Clone, Debug)]
enum GlobStep {
    Byte(u8),
    /// `?` and `[...]`: one byte of some.
    One {
        set: Vec<(u8, u8)>,
        negated: bool,
        slash: bool,
    },
    /// `*`: any run of bytes.
    Run {
        slash: bool,
    },
    /// `**/`: no folder, or any number of them. Waits here inside a folder's name.
    Folders,
    /// The part of [`GlobStep::Folders`] between slashes.
    InFolder,
}

impl Glob {
    /// Reads a pattern. `strict` is git's `glob` word: `*` stops at slashes, `**` does not.
    pub(super) fn new(pattern: &[u8], strict: bool, ignore_case: bool) -> Self {
        let mut steps = Vec::new();
        let mut at = 0;
        while let Some(byte) = pattern.get(at) {
            at += 1;
            match byte {
                b'\\' if at < pattern.len() => {
                    steps.push(GlobStep::Byte(fold_case(pattern[at], ignore_case)));
                    at += 1;
                }
                b'?' => {
                    steps.push(GlobStep::One {
                        set: vec![(0, 255)],
                        negated: false,
                        slash: !strict,
                    });
                }
                b'*' => {
                    let start = at - 1;
                    while pattern.get(at) == Some(&b'*') {
                        at += 1;
                    }
                    let alone = at - start == 2 && (start == 0 || pattern[start - 1] == b'/');
                    if strict && alone && pattern.get(at) == Some(&b'/') {
                        at += 1;
                        steps.extend([GlobStep::Folders, GlobStep::InFolder]);
                    } else {
                        let slash = !strict || (alone && at == pattern.len());
                        steps.push(GlobStep::Run { slash });
                    }
                }
                b'[' => match parse_set(&pattern[at..], ignore_case) {
                    Some((set, negated, length)) => {
                        steps.push(GlobStep::One { set, negated, slash: !strict });
                        at += length;
                    }
                    None => steps.push(GlobStep::Byte(b'[')),
                },
                byte => steps.push(GlobStep::Byte(fold_case(*byte, ignore_case))),
            }
        }
        Self { steps, ignore_case }
    }

    pub(super) fn matches(&self, path: &[u8]) -> bool {
        let mut now = vec![false; self.steps.len() + 1];
        let mut next = now.clone();
        now[0] = true;
        self.skip_empty(&mut now);
        for byte in path {
            next.fill(false);
            let byte = fold_case(*byte, self.ignore_case);
            for (at, step) in self.steps.iter().enumerate() {
                if now[at]
                    && let Some(to) = step.next_state(at, byte)
                {
                    next[to] = true;
                }
            }
            self.skip_empty(&mut next);
            std::mem::swap(&mut now, &mut next);
        }
        now[self.steps.len()]
    }

    /// Steps that may match nothing are passed over.
    fn skip_empty(&self, states: &mut [bool]) {
        for (at, step) in self.steps.iter().enumerate() {
            match step {
                GlobStep::Run { .. } if states[at] => states[at + 1] = true,
                GlobStep::Folders if states[at] => states[at + 2] = true,
                GlobStep::Run { .. }
                | GlobStep::Folders
                | GlobStep::Byte(_)
                | GlobStep::One { .. }
                | GlobStep::InFolder => {}
            }
        }
    }
}

impl GlobStep {
    /// Where a byte leads from this step, the `at`th.
    fn next_state(&self, at: usize, byte: u8) -> Option<usize> {
        match self {
            Self::Byte(wanted) => (*wanted == byte).then_some(at + 1),
            Self::One { set, negated, slash } => {
                let inside = set.iter().any(|(from, to)| (*from..=*to).contains(&byte));
                (inside != *negated && (*slash || byte != b'/')).then_some(at + 1)
            }
            Self::Run { slash } => (*slash || byte != b'/').then_some(at),
            Self::Folders => Some(if byte == b'/' { at } else { at + 1 }),
            Self::InFolder => Some(if byte == b'/' { at - 1 } else { at }),
        }
    }
}

type Set = (Vec<(u8, u8)>, bool, usize);

/// The set after `[`, whether it is negated, and its length with the `]`.
fn parse_set(text: &[u8], ignore_case: bool) -> Option<Set> {
    let negated = matches!(text.first(), Some(b'!' | b'^'));
    let mut at = usize::from(negated);
    let mut set = Vec::new();
    let first = at;
    loop {
        let mut byte = *text.get(at)?;
        if byte == b']' && at > first {
            return Some((set, negated, at + 1));
        }
        if byte == b'\\' {
            at += 1;
            byte = *text.get(at)?;
        }
        at += 1;
        let mut to = byte;
        if text.get(at) == Some(&b'-') && text.get(at + 1).is_some_and(|byte| *byte != b']') {
            to = text[at + 1];
            at += 2;
        }
        set.push((fold_case(byte, ignore_case), fold_case(to, ignore_case)));
    }
}

const fn fold_case(byte: u8, ignore_case: bool) -> u8 {
    if ignore_case { byte.to_ascii_lowercase() } else { byte }
}

/// A literal text as a pattern.
pub(super) fn escape_literal(text: &[u8]) -> Vec<u8> {
    text.iter()
        .flat_map(|byte| if b"*?[\\".contains(byte) { vec![b'\\', *byte] } else { vec![*byte] })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, strict: bool, path: &str, expected: bool) {
        let glob = Glob::new(pattern.as_bytes(), strict, false);
        assert_eq!(glob.matches(path.as_bytes()), expected, "{pattern} {path}");
    }

    #[test]
    fn matches_as_git_does() {
        check("*respons*.md", false, "docs/a-responsibilities.md", true);
        check("a?c", false, "a/c", true);
        check("a?c", true, "a/c", false);
        check("[a-c]x", false, "bx", true);
        check("[!a-c]x", false, "bx", false);
        check("[]]x", false, "]x", true);
        check("[ab", false, "[ab", true);
        check("\\*x", false, "*x", true);
        check("\\*x", false, "yx", false);
    }

    #[test]
    fn strict_stars_stop_at_slashes() {
        check("docs/*.md", true, "docs/a/b.md", false);
        check("**/b.md", true, "b.md", true);
        check("**/b.md", true, "docs/a/b.md", true);
        check("**/b.md", true, "docs/ab.md", false);
        check("docs/**/b.md", true, "docs/b.md", true);
        check("docs/**", true, "docs/a/b.md", true);
    }

    #[test]
    fn takes_no_longer_for_hostile_patterns() {
        check(&"*a".repeat(200), false, &"a".repeat(199), false);
    }
}
