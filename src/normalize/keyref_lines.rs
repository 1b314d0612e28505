//! Keyref files line by line: their versions share most of their lines, and each is read once a
//! run.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::parse::yaml::{plain_text, read_yaml};

/// This many distinct lines are remembered; after that the memory is cleared.
const MOST_LINES: usize = 100_000;

/// The keys above the pairs of a keyref file, from the outside in.
pub(super) const KEYS_ABOVE: [&str; 3] = ["site", "data", "keyword"];

/// Names by key. Versions of a file, and the tables made from them, share both.
pub(super) type NamesByKey = BTreeMap<Arc<str>, Arc<str>>;

/// What a line says by itself: a key, and its name if it has one.
type KeyAndName = (Arc<str>, Option<Arc<str>>);

/// What a keyref file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct KeyrefFile {
    /// Names by key. A nested key is written with points, as pages ask for it.
    pub(super) entries: NamesByKey,
    /// Keys that stand twice, each with its lines from 1. The last line counts.
    pub(super) twice: Vec<(String, Vec<usize>)>,
}

/// The pairs that were read. None of those that say nothing by themselves.
#[derive(Debug, Default)]
pub(super) struct KeyrefLines(Mutex<KnownLines>);

impl KeyrefLines {
    /// What a file says, if it is a plain list: pairs of one indent below some of the usual keys,
    /// each on a line of its own or with a name that goes on in lines set in further. `None` where
    /// only the file as a whole can be understood.
    pub(super) fn read_plain_list(&self, text: &str) -> Option<KeyrefFile> {
        let mut known = self.known_lines();
        let mut list = PlainList::default();
        for (line, content) in pairs_in(text)? {
            list.add_pair(line, content, pair_in(&mut known, content)?)?;
        }
        list.into_file()
    }

    /// Whether a file is such a list, and each pair in it one of which `holds` is true. Pairs with
    /// the words of `checked` are such, and those that are found to be are added.
    pub(super) fn all_pairs_hold(
        &self,
        text: &str,
        checked: &mut FxHashSet<String>,
        holds: impl Fn(&str, &str) -> bool,
    ) -> bool {
        let Some(pairs) = pairs_in(text) else { return false };
        let mut known = self.known_lines();
        pairs.into_iter().all(|(_, content)| {
            if checked.contains(content) {
                return true;
            }
            let pair = pair_in(&mut known, content);
            let is_one =
                pair.is_some_and(|(key, name)| name.as_ref().is_none_or(|name| holds(key, name)));
            is_one && checked.insert(content.to_owned())
        })
    }

    fn known_lines(&self) -> MutexGuard<'_, KnownLines> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > MOST_LINES {
            known.clear();
        }
        known
    }
}

type KnownLines = FxHashMap<String, Option<KeyAndName>>;

/// What a pair says where the lines around it cannot change that.
fn pair_in<'k>(known: &'k mut KnownLines, content: &str) -> Option<&'k KeyAndName> {
    if !known.contains_key(content) {
        known.insert(content.to_owned(), pair_of(content));
    }
    known.get(content)?.as_ref()
}

/// The pairs of a plain list, each with its first line, from 1.
fn pairs_in(text: &str) -> Option<Vec<(usize, &str)>> {
    let mut keys = KEYS_ABOVE.iter();
    let mut indent = Indent::default();
    // of each pair, where it begins and ends
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    // where the line above ends, if a name may go on below it
    let mut open = None;
    let mut end = 0;
    for (at, whole) in text.split_inclusive('\n').enumerate() {
        let start = end;
        end += whole.len();
        let line = whole.trim_end_matches(['\n', '\r']);
        let content = line.trim_matches(' ');
        if content.is_empty() || content.starts_with('#') {
            open = None;
            continue;
        }
        let here = line.len() - line.trim_start_matches(' ').len();
        let content_end = start + here + content.len();
        let above = content.strip_suffix(':').filter(|_| pairs.is_empty());
        if above.is_some_and(|above| keys.any(|key| *key == above)) {
            indent.step_below(here)?;
            continue;
        }
        let above = pairs.last_mut().filter(|_| open == Some(start) && indent.is_within(here));
        if let Some(pair) = above {
            pair.2 = content_end;
        } else {
            indent.stay_at(here)?;
            pairs.push((at + 1, start + here, content_end));
        }
        open = Some(end);
    }
    let pairs = pairs.into_iter();
    Some(pairs.filter_map(|(line, from, to)| Some((line, text.get(from..to)?))).collect())
}

/// A key of a plain list.
struct PlainKey<'t> {
    /// The line where it stands first, from 1.
    line: usize,
    /// How it is spelled there.
    spelling: &'t str,
    /// Its last name.
    name: Option<Arc<str>>,
}

/// A plain list as far as it is read.
#[derive(Default)]
struct PlainList<'t> {
    keys: BTreeMap<Arc<str>, PlainKey<'t>>,
    /// Keys that stood before, in the order of the lines where that is seen.
    twice: Vec<(String, Vec<usize>)>,
}

impl<'t> PlainList<'t> {
    /// Adds the pair that begins in a line. `None` where a key that is spelled in another way may
    /// or may not be the same.
    fn add_pair(&mut self, line: usize, content: &'t str, pair: &KeyAndName) -> Option<()> {
        let (key, name) = pair;
        let spelling = content.split(':').next().unwrap_or_default();
        let Some(known) = self.keys.get_mut(key) else {
            self.keys.insert(Arc::clone(key), PlainKey { line, spelling, name: name.clone() });
            return Some(());
        };
        if known.spelling != spelling || *spelling != **key {
            return None;
        }
        known.name.clone_from(name);
        match self.twice.iter_mut().find(|(twice, _)| **twice == **key) {
            Some((_, lines)) => lines.push(line),
            None => self.twice.push((key.to_string(), vec![known.line, line])),
        }
        Some(())
    }

    fn into_file(self) -> Option<KeyrefFile> {
        let named = |(key, known): (Arc<str>, PlainKey<'_>)| Some((key, known.name?));
        (!self.keys.is_empty()).then(|| KeyrefFile {
            entries: self.keys.into_iter().filter_map(named).collect(),
            twice: self.twice,
        })
    }
}

/// How far the lines of a plain list are set in.
#[derive(Default)]
struct Indent {
    above: Option<usize>,
    pairs: Option<usize>,
}

impl Indent {
    /// A key above the pairs stands at the margin, or further in than the key above it.
    fn step_below(&mut self, here: usize) -> Option<()> {
        let fits = self.above.map_or(here == 0, |above| above < here);
        self.above = Some(here);
        fits.then_some(())
    }

    /// Whether a line is set in further than the pairs.
    fn is_within(&self, here: usize) -> bool {
        self.pairs.is_some_and(|pairs| pairs < here)
    }

    /// All pairs are set in alike.
    fn stay_at(&mut self, here: usize) -> Option<()> {
        let fits = match (self.pairs, self.above) {
            (Some(pairs), _) => pairs == here,
            (None, Some(above)) => above < here,
            (None, None) => here == 0,
        };
        self.pairs = Some(here);
        fits.then_some(())
    }
}

/// What a pair says where the lines around it cannot change that.
fn pair_of(pair: &str) -> Option<KeyAndName> {
    if let Some((key, name)) = simple_pair(pair) {
        return Some((key.into(), Some(name.into())));
    }
    // YAML takes some of these as ends of lines
    let is_odd = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
    };
    let goes_on = pair.contains('\n');
    // the last line end of a block counts, and here it is cut off
    let is_block = || pair.split_once(':').is_some_and(|(_, name)| name.contains(['|', '>']));
    if pair.contains(is_odd) || pair.starts_with(['?', '-']) || (goes_on && is_block()) {
        return None;
    }
    let found = read_yaml(pair).ok()?;
    let mut pairs = found.value.as_mapping()?.iter();
    let (key, value) = pairs.next().filter(|_| pairs.len() == 0)?;
    let is_nested = value.is_mapping() || value.is_sequence();
    // what begins with a bar goes on below
    let is_open = value.as_str() == Some("") && !pair.contains(['\'', '"']);
    (!is_nested && !is_open)
        .then(|| Some((plain_text(key)?.into(), plain_text(value).map(Arc::from))))?
}

/// The key and the name of a pair that says just what is written, as most do: words of letters and
/// digits. Whatever YAML may take for something else is left to its reader.
fn simple_pair(pair: &str) -> Option<(&str, &str)> {
    let (key, written) = pair.split_once(": ")?;
    let is_simple = |byte: u8| byte.is_ascii_alphanumeric() || b" _-./".contains(&byte);
    let is_word = |text: &str| {
        let is_other = ["true", "false", "null"].iter().any(|word| text.eq_ignore_ascii_case(word));
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && !text.ends_with(' ')
            && !is_other
    };
    let quoted = written.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    let name = quoted.unwrap_or(written);
    let says_so = if quoted.is_some() { !name.is_empty() } else { is_word(name) };
    let is_plain = says_so && is_word(key) && key.bytes().chain(name.bytes()).all(is_simple);
    is_plain.then_some((key, name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::keyref_file::parse_whole_file;
    use super::*;

    /// What the lines say, and what the file says.
    fn entries(text: &str) -> (Option<KeyrefFile>, Option<KeyrefFile>) {
        (KeyrefLines::default().read_plain_list(text), parse_whole_file(text).ok())
    }

    proptest! {
        #[test]
        fn simple_pairs_say_what_yaml_reads(
            pair in "[a-zA-Z0-9_ -]{0,4}:? {0,2}'?(true|Null|no|0x1|1e3|\\.nan|[a-zA-Z0-9 _./-]{0,5})'?",
        ) {
            let pair = pair.trim_matches(' ');
            if let Some((key, name)) = simple_pair(pair) {
                let file = parse_whole_file(pair).unwrap();
                let expected = NamesByKey::from([(key.into(), name.into())]);
                prop_assert_eq!(file.entries, expected, "{}", pair);
            }
        }
    }

    #[test]
    fn pairs_that_only_yaml_can_read_are_not_simple() {
        for pair in
            ["a: 1", "a: True", "null: a", "a: 'it''s'", "a: b: c", "a: b # c", "a: ''", "a:"]
        {
            assert_eq!(simple_pair(pair), None, "{pair}");
        }
        for (pair, name) in
            [("a: Sky vault", "Sky vault"), ("a: '4.20'", "4.20"), ("a: 'True'", "True")]
        {
            assert_eq!(simple_pair(pair), Some(("a", name)), "{pair}");
        }
    }

    #[test]
    fn plain_lists_read_as_they_do_as_a_whole() {
        for text in [
            "keyword:\n  sky: Skyvault # short\n  day: 08 May 2031\n  n: 1.10\n  yes: 'True'\n",
            "site:\n  data:\n    keyword:\n      # all\n\n      'a b': \"x: y\"\n      c: it's\n",
            "a: 1\r\nb: two words\r\nc:\r\nd: 0x10\r\n",
            "data:\n keyword:\n  a: ~\n  b: \"{{site.data.keyword.a}}\"\n",
            "keyword:\n  a: A\n  b: B\n  # a: C\n  a: D\n  c: E\n  b: ~\n  a: F\n",
            "a: 1\na: 1\n",
            "keyword:\n  'a': |\n  b: B\n",
            "keyword:\n  a: ''\n  b: \"\" # none\n  c: C\n",
            "keyword:\n  a: A\n    and more\n  b:\n    B and\n     more # short\n  c: C\n",
            "keyword:\n  a: \"A\n   and: more\"\n  b:\n    'B'",
            "a:\n  \"{{site.data.keyword.b}} and more\"\nb:\n  B\na: A\n",
        ] {
            let (lines, whole) = entries(text);
            assert!(lines.is_some(), "{text}");
            assert_eq!(lines, whole, "{text}");
        }
    }

    #[test]
    fn of_other_files_the_lines_tell_nothing() {
        for text in [
            "",
            "keyword:\n",
            "keyword:\n  a: A\n  own:\n    b: B\n",
            "keyword:\n  a: A\n\n    and more\n",
            "keyword:\n  a: A # short\n    and more\n",
            "keyword:\n  a: A\n    and: more\n",
            "keyword:\n  a: >\n    A\n    and more\n",
            "keyword:\n  a: |\n    A\n",
            "keyword:\n  a: |\n  b: B\n",
            "keyword:\n  a: \"A\n  b: B\"\n",
            "keyword:\n  a: &x A\n  b: *x\n",
            "keyword:\n  a: A\n  'a': B\n",
            "keyword:\n  1: A\n  '1': B\n",
            "keyword:\n  a: [A]\n",
            "keyword:\n  a:\n  - A\n",
            "keyword:\n  ? a\n  : A\n",
            "keyword:\na: A\n",
            "keyword:\n  a: A\nother:\n  b: B\n",
            "keyword:\n  a: x\u{85}y: z\n",
            "keyword:\n\ta: A\n",
            "---\nkeyword:\n  a: A\n",
            "- a: A\n",
        ] {
            assert_eq!(entries(text).0, None, "{text}");
        }
    }
}
