//! The words by which two texts are compared.

use std::borrow::Cow;
use std::ops::ControlFlow;

use unicode_normalization::UnicodeNormalization;

/// The words of a text: lower case, without punctuation and trade marks, numbers whole,
/// a party's names as one. Product names are still as written.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let _ = visit_words(text, |word| {
        words.push(word.to_owned());
        ControlFlow::Continue(())
    });
    words
}

/// Calls `visit` with each word of a text, until it breaks.
pub(super) fn visit_words(
    text: &str,
    visit: impl FnMut(&str) -> ControlFlow<()>,
) -> ControlFlow<()> {
    if text.is_ascii() {
        return visit_words_in(text.bytes().map(char::from), visit);
    }
    let text = &*composed_text(text);
    visit_words_in(text.chars().filter(|&c| !is_invisible(c)).map(straight_quote), visit)
}

/// The same for characters in one spelling.
fn visit_words_in(
    mut chars: impl Iterator<Item = char> + Clone,
    visit: impl FnMut(&str) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut splitter = Splitter { visit, word: String::new(), segment: 0 };
    let mut before = None;
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() {
            splitter.push_letter(c);
        } else {
            // none looks ahead further than four
            splitter.read_sign(c, before, |n| chars.clone().nth(n))?;
        }
        before = Some(c);
    }
    splitter.end_word()
}

/// The text in one spelling of its characters: letters composed, ligatures and wide forms as
/// plain letters, raised digits that mark footnotes left out. Behind a unit they are a power.
fn composed_text(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut before: Option<char> = None;
    let mut word = String::new();
    let mut opens_behind = None;
    let chars = text.chars().filter(|&c| !is_invisible(c)).filter(|&c| {
        let glued = before.is_some_and(|c| !c.is_numeric() && !c.is_whitespace());
        let marks = is_raised(c) && glued && !(opens_behind != Some('-') && is_unit(&word));
        if !marks {
            if c.is_alphabetic() {
                if word.is_empty() {
                    opens_behind = before;
                }
                word.push(c);
            } else {
                word.clear();
            }
            before = Some(c);
        }
        !marks
    });
    Cow::Owned(chars.nfkc().collect())
}

/// Lengths that are squared and cubed, and letters that stand for numbers.
fn is_unit(word: &str) -> bool {
    let lone = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    lone || matches!(word, "km" | "cm" | "mm" | "dm" | "nm" | "µm" | "ft" | "in" | "yd" | "mi")
}

const fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// The text without trade marks as keyboards have them: `(R)`, `(TM)`, `(SM)`. A small `(r)`
/// counts only right behind a word, as `(C)` and `(c)` do, which number the items of a text.
pub(super) fn without_typed_marks(text: &str) -> Cow<'_, str> {
    const MARKS: [&str; 4] = ["(R)", "(TM)", "(SM)", GLUED_ONLY];
    const GLUED_ONLY: &str = "(C)";
    if !text.contains('(') {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices('(') {
        let glued = text[..at].ends_with(char::is_alphanumeric);
        let mark = MARKS.iter().find(|mark| {
            let found = text.get(at..at + mark.len());
            found.is_some_and(|found| {
                (found == **mark && **mark != GLUED_ONLY)
                    || (glued && found.eq_ignore_ascii_case(mark))
            })
        });
        if let Some(mark) = mark {
            out.push_str(&text[from..at]);
            from = at + mark.len();
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Trade marks, and characters that no reader sees.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '®' | '™' | '©' | '℠' | '\u{ad}' | '\u{200b}'
            ..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}'
    )
}

/// Whether a minus belongs to the number behind it, and is no hyphen, range or bullet.
fn signs_number(before: Option<char>, next: Option<char>, second: Option<char>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let opens = before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '<' | '>' | '=' | '/' | '"' | '~' | '$')
    });
    opens && (digit(next) || (next == Some('.') && digit(second)))
}

fn straight_quote(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '＇' | '‛' => '\'',
        _ => c,
    }
}

struct Splitter<V> {
    /// Is called with each word.
    visit: V,
    word: String,
    /// Letters since the word began or an abbreviation's point went.
    segment: usize,
}

impl<V: FnMut(&str) -> ControlFlow<()>> Splitter<V> {
    /// Reads what is no letter; `ahead` gives the characters behind it.
    fn read_sign(
        &mut self,
        c: char,
        before: Option<char>,
        ahead: impl Fn(usize) -> Option<char>,
    ) -> ControlFlow<()> {
        match c {
            '\'' if self.in_word() && ahead(0).is_some_and(char::is_alphanumeric) => {
                self.keep_char(c);
                ControlFlow::Continue(())
            }
            '.' => self.read_point(before, ahead(0), ahead(1)),
            ',' => self.read_comma([ahead(0), ahead(1), ahead(2), ahead(3)]),
            '%' | '<' | '>' | '=' | '+' | '$' | '#' | '≠' | '€' | '£' => {
                self.push_sign(c.encode_utf8(&mut [0; 4]))
            }
            '≤' | '≥' => {
                self.push_sign(if c == '≤' { "<" } else { ">" })?;
                self.push_sign("=")
            }
            '&' => self.push_sign("and"),
            '-' | '−' if signs_number(before, ahead(0), ahead(1)) => self.push_sign("minus"),
            _ => self.end_word(),
        }
    }

    fn in_word(&self) -> bool {
        !self.word.is_empty()
    }

    fn push_letter(&mut self, c: char) {
        if c.is_ascii() {
            self.word.push(c.to_ascii_lowercase());
        } else {
            self.word.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        }
        self.segment += 1;
    }

    fn keep_char(&mut self, c: char) {
        self.word.push(c);
        self.segment += 1;
    }

    fn end_word(&mut self) -> ControlFlow<()> {
        self.segment = 0;
        if !self.word.is_empty() {
            (self.visit)(one_party_name(&self.word))?;
            self.word.clear();
        }
        ControlFlow::Continue(())
    }

    fn push_sign(&mut self, sign: &str) -> ControlFlow<()> {
        self.end_word()?;
        (self.visit)(sign)
    }

    /// `4.7` stays whole, so does `.5`; `e.g.` and `U.S.` lose their points; any other point ends
    /// a word.
    fn read_point(
        &mut self,
        before: Option<char>,
        next: Option<char>,
        second: Option<char>,
    ) -> ControlFlow<()> {
        let digit_next = next.is_some_and(|c| c.is_ascii_digit());
        let digit_before = before.is_some_and(|c| c.is_ascii_digit());
        let leading = !self.in_word() && before != Some('.');
        if digit_next && (digit_before || leading) {
            self.keep_char('.');
            return ControlFlow::Continue(());
        }
        let letter_before = before.is_some_and(char::is_alphabetic) && self.segment == 1;
        let letter_next = next.is_some_and(char::is_alphabetic)
            && !second.is_some_and(|c| c.is_alphanumeric() || c == '\'');
        if letter_before && letter_next {
            self.segment = 0;
            ControlFlow::Continue(())
        } else {
            self.end_word()
        }
    }

    /// `1,000,000` is one number.
    fn read_comma(&mut self, next: [Option<char>; 4]) -> ControlFlow<()> {
        let digits = |c: &Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let grouped = next[..3].iter().all(digits) && !digits(&next[3]);
        let number = self.in_word() && self.word.chars().all(|c| c.is_ascii_digit());
        if grouped && number { ControlFlow::Continue(()) } else { self.end_word() }
    }
}

/// Another name of the customer.
pub(super) const CLIENT: &str = "client";

/// Customer and client are one party.
fn one_party_name(word: &str) -> &str {
    match word {
        CLIENT => "customer",
        "clients" => "customers",
        "client's" => "customer's",
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let once = words_of(text).join(" ");
        assert_eq!(once, expected);
        assert_eq!(words_of(&once).join(" "), once, "not settled");
    }

    #[test]
    fn drops_case_marks_and_punctuation() {
        check("Back up the (whole) Vault®, \u{a0}IBM-owned; and/or shared.", {
            "back up the whole vault ibm owned and or shared"
        });
    }

    #[test]
    fn keeps_numbers_whole() {
        check("Version 4.7. Uptime of 99.99%, 1,000,000 keys, 2019, 2024.", {
            "version 4.7 uptime of 99.99 % 1000000 keys 2019 2024"
        });
        check("below .5 or <.5", "below .5 or < .5");
    }

    #[test]
    fn keeps_signs_that_carry_meaning() {
        check("R&D if x >= 5 + $3 in C#", "r and d if x > = 5 + $ 3 in c #");
    }

    #[test]
    fn a_minus_is_no_hyphen() {
        check("Keep -5 degrees, (−1,000) or <-.5", "keep minus 5 degrees minus 1000 or < minus .5");
        check("2019-2024, 3 - 4, a -b, x--5", "2019 2024 3 4 a b x 5");
    }

    #[test]
    fn abbreviations_lose_their_points() {
        check("e.g. the U.S.A. or eg. Node.js, i.e. 4.x", "eg the usa or eg node js ie 4 x");
    }

    #[test]
    fn apostrophes_within_a_word_stay() {
        check(
            "the client’s keys, 'all' of the clients'",
            "the customer's keys all of the customers",
        );
    }

    #[test]
    fn letters_in_every_form_are_one() {
        check("cafe\u{301} caf\u{e9}", "café café");
        check("Find the \u{fb01}le", "find the file");
        check("the vault.¹ and 10² m", "the vault and 102 m");
        check("20 m² of doors² and 3 km²", "20 m2 of doors and 3 km2");
        check("the plug-in³ and 8 in²", "the plug in and 8 in2");
        let bare = |text: &str| without_typed_marks(text).into_owned();
        assert_eq!(bare("IBM(R) Hat(tm) Vault (TM), key(s) (r)"), "IBM Hat Vault , key(s) (r)");
        assert_eq!(bare("Vault(c) and Door(C): (a) x, (C) y"), "Vault and Door: (a) x, (C) y");
    }

    #[test]
    fn plain_letters_are_read_as_all_others() {
        for text in [
            "Back up the (whole) vault, and 1,000 keys.",
            "e.g. the U.S.A., -5 or .5; R&D > C#",
            "'all' of the client's keys",
            " tab\tand\r\nline ",
            "",
        ] {
            assert_eq!(words_of(text), words_of(&format!("{text}\u{200b}")), "{text}");
        }
    }

    #[test]
    fn odd_letters_settle() {
        check("İstanbul ǅ ß ﬁ", &words_of("İstanbul ǅ ß ﬁ").join(" "));
    }
}
