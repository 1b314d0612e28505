//! Spells marks as names, and dresses words up.

use crate::generator::rng::Rng;
use crate::generator::style::{Quirk, Spelling, Style};
use crate::generator::vocabulary::WORDS;

/// Spells texts in a style.
pub(super) struct Speller<'a> {
    style: &'a Style,
    rng: Rng,
}

impl<'a> Speller<'a> {
    pub(super) fn new(style: &'a Style, rng: Rng) -> Self {
        Self { style, rng }
    }

    /// Marks as names, nothing else.
    pub(super) fn plain(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, mark, after)) = next_mark(rest) {
            out.push_str(before);
            let name = self.name(mark, out.is_empty());
            out.push_str(&name);
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// A duty's text: marks as names, words with links, emphasis, ticks and no-break spaces.
    pub(super) fn dressed(&mut self, text: &str) -> String {
        let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        if self.rng.chance(self.style.links) {
            let topic = self.rng.below(90);
            let close = if self.rng.chance(30) { "{: external}" } else { "" };
            self.wrap(&mut words, "[", &format!("](/docs/guide?topic=guide-{topic}){close}"));
        }
        if self.rng.chance(self.style.bold) {
            let sign = *self.rng.pick(&["**", "*", "_"]);
            self.wrap(&mut words, sign, sign);
        }
        if self.rng.chance(self.style.ticks) {
            self.wrap(&mut words, "`", "`");
        }
        let mut joined = String::new();
        for (at, word) in words.iter().enumerate() {
            if at > 0 {
                let no_break = self.rng.chance(self.style.no_break / 4);
                // between ticks an entity is no entity
                let in_ticks = joined.matches('`').count() % 2 == 1;
                joined.push_str(match no_break {
                    false => " ",
                    true if in_ticks || self.rng.chance(70) => "\u{a0}",
                    true => "&nbsp;",
                });
            }
            joined.push_str(word);
        }
        self.plain(&joined)
    }

    /// Puts signs around one to three bare words.
    fn wrap(&mut self, words: &mut [String], open: &str, close: &str) {
        let is_bare = |word: &String| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
        };
        let start = self.rng.below(words.len());
        let room = words[start..].iter().take_while(|word| is_bare(word)).count();
        if room == 0 {
            return;
        }
        let end = start + self.rng.below(room.min(3));
        words[start].insert_str(0, open);
        words[end].push_str(close);
    }

    fn name(&mut self, mark: &str, first: bool) -> String {
        match mark {
            "ibm" => self.ibm(),
            "customer" if first => {
                let mut name = self.style.customer.to_owned();
                name.replace_range(..1, "T");
                name
            }
            "customer" => self.style.customer.to_owned(),
            _ => self.product(mark.parse().unwrap_or(0)),
        }
    }

    /// IBM's name.
    pub(super) fn ibm(&mut self) -> String {
        let keyref = match self.style.spelling {
            Spelling::Written => 0,
            Spelling::Keyref(_) => 1,
            Spelling::Mixed => self.rng.below(3),
        };
        match keyref {
            0 if self.style.quirk == Quirk::Trademarks => "IBM®".to_owned(),
            0 => "IBM".to_owned(),
            1 => self.keyref("IBM_notm"),
            _ => self.keyref("IBM"),
        }
    }

    fn product(&mut self, at: usize) -> String {
        let product = &WORDS.products[at];
        let key = match self.style.spelling {
            Spelling::Written => None,
            Spelling::Keyref(at) => product.keys.get(at).or(product.keys.first()),
            Spelling::Mixed => product.keys.get(self.rng.below(product.keys.len() + 1)),
        };
        match key {
            Some(key) => self.keyref(key),
            None if self.style.quirk == Quirk::Trademarks => format!("{}&trade;", product.name),
            None => product.name.to_owned(),
        }
    }

    fn keyref(&self, key: &str) -> String {
        if self.style.quirk == Quirk::MalformedKeyrefs {
            return format!("{{[{key}]}}");
        }
        format!("{{{{site.data.keyword.{key}}}}}")
    }
}

/// Text before the next mark, the mark's name, and the rest. Tags (`<br>`) are no marks.
fn next_mark(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find('<').map(|at| at + from) {
        if let Some(end) = text[at..].find('>').map(|end| end + at) {
            let mark = &text[at + 1..end];
            let known = mark == "ibm" || mark == "customer";
            if known || (!mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit())) {
                return Some((&text[..at], mark, &text[end + 1..]));
            }
        }
        from = at + 1;
    }
    None
}
