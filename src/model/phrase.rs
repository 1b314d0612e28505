//! A text of the page in the two forms that the tool needs.

use std::hash::{Hash, Hasher};

/// A label or the text of a duty, as people read it and as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// Plain text: no markup, keyrefs replaced by product names, white space single.
    pub text: String,
    /// Canonical words joined by single blanks; two phrases that mean the same by
    /// formatting alone (case, marks, punctuation, spelling of a product's or a
    /// party's name) have equal canonical forms.
    pub canonical: String,
}

impl Phrase {
    /// Whether no word is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.canonical.is_empty()
    }
}

impl Phrase {
    /// The form by which two phrases are equal or not.
    #[must_use]
    pub fn compared_form(&self) -> ComparedText<'_> {
        ComparedText(&self.canonical)
    }
}

/// A canonical text that equals another one whatever white space stands within its words:
/// "data sheets" is "datasheets". A blank between two digits counts ("4 7" is not "47").
#[derive(Clone, Copy, Debug)]
pub struct ComparedText<'a>(pub &'a str);

impl ComparedText<'_> {
    fn bytes(&self) -> impl Iterator<Item = u8> {
        let bytes = self.0.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let counts =
            move |at: usize| bytes[at] != b' ' || (at > 0 && digit(at - 1) && digit(at + 1));
        (0..bytes.len()).filter(move |at| counts(*at)).map(|at| bytes[at])
    }
}

impl PartialEq for ComparedText<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.bytes().eq(other.bytes())
    }
}

impl Eq for ComparedText<'_> {}

impl Hash for ComparedText<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        // one byte after the other would cost a round of the hasher each
        let mut chunk = [0; 8];
        let mut filled = 0;
        for byte in self.bytes() {
            chunk[filled] = byte;
            filled += 1;
            if filled == chunk.len() {
                hasher.write_u64(u64::from_le_bytes(chunk));
                filled = 0;
            }
        }
        hasher.write(&chunk[..filled]);
        hasher.write_u8(0xff);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, equal: bool) {
        assert_eq!(ComparedText(a) == ComparedText(b), equal, "{a} / {b}");
        let hash = |text| {
            let mut hasher = std::hash::DefaultHasher::new();
            ComparedText(text).hash(&mut hasher);
            hasher.finish()
        };
        assert_eq!(hash(a) == hash(b), equal, "{a} / {b}");
    }

    #[test]
    fn white_space_within_a_word_is_white_space() {
        check("seeopening a vault", "see opening a vault", true);
        check("read the datasheets", "read the data sheets", true);
        check("tls 1.2", "tls1.2", true);
        check("rotate 4 7 keys", "rotate 47 keys", false);
        check("back up", "back off", false);
    }
}
