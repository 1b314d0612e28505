//! Attributes: `:name: value` in a page, and those that a policy sets.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::condition::Conditions;
use super::text_place::TextPlace;

/// Longer values are not put in.
const LONGEST_VALUE: usize = 2048;
/// Values may name others until they have so many bytes in all.
const MOST_BYTES: usize = 16 << 20;
/// So many values of one name are looked through.
const MOST_VALUES: usize = 64;

/// Attributes that hold for every page: what a policy sets, and what its files of attributes say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocAttributes {
    /// By name; none where the attribute is not set, whatever a page says.
    set: BTreeMap<String, Option<String>>,
    /// What files say; a page may say otherwise.
    files: BTreeMap<String, String>,
}

impl DocAttributes {
    /// None at all.
    #[must_use]
    pub const fn none() -> Self {
        Self { set: BTreeMap::new(), files: BTreeMap::new() }
    }

    /// Attributes that a policy sets; without a value they are not set.
    #[must_use]
    pub fn new(set: BTreeMap<String, Option<String>>) -> Self {
        let lower = |(name, value): (String, Option<String>)| (name.to_lowercase(), value);
        Self { set: set.into_iter().map(lower).collect(), files: BTreeMap::new() }
    }

    /// The same with what a file of attributes says.
    pub(super) fn with_file_values(mut self, values: BTreeMap<String, String>) -> Self {
        self.files.extend(values);
        self
    }

    /// Whether nothing is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.files.is_empty()
    }
}

#[derive(Debug)]
struct AttributeEntry {
    place: TextPlace,
    value: Option<String>,
}

/// A field of a page's header.
#[derive(Clone, Debug)]
pub(super) struct HeaderField {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) line: usize,
}

/// The attributes of a page, by the line from which on they hold.
#[derive(Debug)]
pub(super) struct Attributes<'s> {
    policy: &'s DocAttributes,
    entries: HashMap<String, Vec<AttributeEntry>>,
    /// How many bytes all values have.
    bytes: usize,
}

/// What is known of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KnownValue<'a> {
    /// Nothing: it may be set where the page is published.
    Unknown,
    /// It is not set.
    Unset,
    /// It is set.
    Set(&'a str),
}

impl<'s> Attributes<'s> {
    pub(super) fn new(policy: &'s DocAttributes) -> Self {
        Self { policy, entries: HashMap::new(), bytes: 0 }
    }

    /// The value of each attribute that is set. Of values under conditions that nothing decides,
    /// the one without a condition counts, else the first.
    pub(super) fn values(&self) -> BTreeMap<String, String> {
        let value_of = |(name, entries): (&String, &Vec<AttributeEntry>)| {
            let plain = entries.iter().rev().find(|entry| entry.place.condition == 0);
            let value = plain.or(entries.first()).and_then(|entry| entry.value.clone())?;
            Some((name.clone(), value))
        };
        self.entries.iter().filter_map(value_of).collect()
    }

    /// Adds an attribute entry of a page; returns false if the line is not one.
    pub(super) fn add_entry(
        &mut self,
        entry: &str,
        place: TextPlace,
        conditions: &Conditions,
    ) -> bool {
        let Some((name, value)) = split_entry(entry) else { return false };
        let value = value.map(|value| {
            let is_spent = self.bytes >= MOST_BYTES;
            if is_spent { value.to_owned() } else { self.fill_value(value, place, conditions) }
        });
        self.bytes += value.as_ref().map_or(0, String::len);
        self.entries.entry(name).or_default().push(AttributeEntry { place, value });
        true
    }

    /// A value with the attributes that it names.
    pub(super) fn fill_value(&self, value: &str, at: TextPlace, conditions: &Conditions) -> String {
        let filled = fill_references(value, |name, before| match self.get(name, at, conditions) {
            KnownValue::Set(value) if before.len() + value.len() <= LONGEST_VALUE => Some(value),
            KnownValue::Set(_) | KnownValue::Unset | KnownValue::Unknown => None,
        });
        filled.into_owned()
    }

    /// What an attribute is on a line, by its order.
    pub(super) fn get(&self, name: &str, at: TextPlace, conditions: &Conditions) -> KnownValue<'_> {
        let lower = name.to_lowercase();
        match self.policy.set.get(&lower) {
            Some(Some(value)) => return KnownValue::Set(value),
            Some(None) => return KnownValue::Unset,
            None => {}
        }
        let entries = self.entries.get(&lower).map_or(&[][..], Vec::as_slice);
        let above = entries.partition_point(|entry| entry.place.order <= at.order);
        let recent = || entries[..above].iter().rev().take(MOST_VALUES);
        let holds =
            |entry: &&AttributeEntry| conditions.holds_within(entry.place.condition, at.condition);
        let here = recent().find(holds);
        // a value that some condition gives is better than none
        let entry = here.or_else(|| recent().next_back());
        match entry {
            Some(AttributeEntry { value: Some(value), .. }) if value.len() <= LONGEST_VALUE => {
                KnownValue::Set(value)
            }
            Some(AttributeEntry { value: None, .. }) => KnownValue::Unset,
            Some(_) | None => match (self.policy.files.get(&lower), intrinsic_attribute(&lower)) {
                (Some(value), _) if value.len() <= LONGEST_VALUE => KnownValue::Set(value),
                (_, Some(value)) => KnownValue::Set(value),
                (Some(_) | None, None) => KnownValue::Unknown,
            },
        }
    }

    /// Whether an attribute is set wherever a line is read; none where nothing decides.
    pub(super) fn is_set(
        &self,
        name: &str,
        at: TextPlace,
        conditions: &Conditions,
    ) -> Option<bool> {
        let lower = name.to_lowercase();
        let conditional =
            |entry: &&AttributeEntry| !conditions.holds_within(entry.place.condition, at.condition);
        let entries = self.entries.get(&lower).map_or(&[][..], Vec::as_slice);
        let is_decided = self.policy.set.contains_key(&lower);
        if !is_decided && entries.iter().take(MOST_VALUES).any(|entry| conditional(&entry)) {
            return None;
        }
        match self.get(&lower, at, conditions) {
            KnownValue::Unknown => None,
            KnownValue::Unset => Some(false),
            KnownValue::Set(_) => Some(true),
        }
    }

    /// The fields that the page sets, the first value of each.
    pub(super) fn header_fields(&self) -> Vec<HeaderField> {
        let mut fields: Vec<HeaderField> = self
            .entries
            .iter()
            .filter_map(|(name, entries)| {
                let entry = entries.first()?;
                let value = entry.value.clone()?;
                Some(HeaderField { name: name.clone(), value, line: entry.place.line })
            })
            .collect();
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        fields
    }
}

/// The name and value of an attribute entry; no value if it is unset.
fn split_entry(line: &str) -> Option<(String, Option<&str>)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let unset = name.strip_prefix('!').or_else(|| name.strip_suffix('!'));
    let bare = unset.unwrap_or(name);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let fits =
        bare.starts_with(|c: char| c.is_alphanumeric() || c == '_') && bare.chars().all(is_name);
    if !fits || !(value.is_empty() || value.starts_with(' ')) {
        return None;
    }
    Some((bare.to_lowercase(), unset.is_none().then(|| value.trim())))
}

/// A text with the values of the attributes that it names. `value_of` is asked for each with its name
/// and the text before it; a reference without a value stays as it is written.
pub(super) fn fill_references<'t, 'v>(
    text: &'t str,
    mut value_of: impl FnMut(&str, &str) -> Option<&'v str>,
) -> Cow<'t, str> {
    let Some(first) = text.find('{') else { return Cow::Borrowed(text) };
    let mut filled = text[..first].to_owned();
    let mut rest = &text[first..];
    while !rest.is_empty() {
        let name = reference_name(rest);
        if let Some((name, value)) = name.and_then(|name| Some((name, value_of(name, &filled)?))) {
            filled.push_str(value);
            rest = &rest[name.len() + 2..];
        } else {
            filled.push('{');
            rest = &rest[1..];
        }
        let (words, below) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
        filled.push_str(words);
        rest = below;
    }
    Cow::Owned(filled)
}

/// The name in an attribute reference at the start of a text that begins with `{`.
pub(super) fn reference_name(text: &str) -> Option<&str> {
    const LONGEST_NAME: usize = 100;
    let inside = &text[1..];
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = inside.bytes().take(LONGEST_NAME).take_while(|byte| is_name(byte)).count();
    let starts = inside.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    (starts && inside.as_bytes().get(length) == Some(&b'}')).then(|| &inside[..length])
}

/// Attributes that every page has.
fn intrinsic_attribute(name: &str) -> Option<&'static str> {
    Some(match name {
        "empty" | "blank" | "zwsp" | "wj" => "",
        "sp" | "nbsp" => " ",
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "vbar" => "|",
        "plus" => "+",
        "asterisk" => "*",
        "backtick" => "`",
        "apos" | "rsquo" | "lsquo" => "'",
        "quot" | "ldquo" | "rdquo" => "\"",
        "startsb" => "[",
        "endsb" => "]",
        "caret" => "^",
        "tilde" => "~",
        "backslash" => "\\",
        "deg" => "°",
        "two-colons" => "::",
        "two-semicolons" => ";;",
        "cpp" => "C++",
        "pp" => "++",
        "brvbar" => "¦",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_told_from_text() {
        for (line, expected) in [
            (":name: value ", Some(("name", Some("value")))),
            (":Na-me:", Some(("na-me", Some("")))),
            (":!name:", Some(("name", None))),
            (":name!:", Some(("name", None))),
            (":name:value", None),
            ("::name: a", None),
            (":a b: c", None),
        ] {
            let expected = expected.map(|(name, value)| (name.to_owned(), value));
            assert_eq!(split_entry(line), expected, "{line}");
        }
        assert_eq!(reference_name("{a-b} c"), Some("a-b"));
        assert_eq!(reference_name("{a b}"), None);
        assert_eq!(reference_name("{}"), None);
    }

    #[test]
    fn a_file_fills_in_and_a_policy_decides() {
        let set =
            BTreeMap::from([("rosa".to_owned(), Some(String::new())), ("osd".to_owned(), None)]);
        let file = ":product: Skyvault\nifdef::rosa[]\n:product: Skyvault on Red\nendif::[]\nifdef::osd[]\n:product: none\nendif::[]\n";
        let policy = DocAttributes::new(set).with_file(file);
        let conditions = Conditions::default();
        let page = Attributes::new(&policy);
        let at = TextPlace { order: 1, ..TextPlace::default() };
        assert_eq!(page.get("Product", at, &conditions), KnownValue::Set("Skyvault on Red"));
        assert_eq!(page.is_set("rosa", at, &conditions), Some(true));
        assert_eq!(page.is_set("osd", at, &conditions), Some(false));
        assert_eq!(page.is_set("other", at, &conditions), None);
    }
}
