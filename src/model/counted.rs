//! A number with its noun.

/// `1 duty`, `2 duties`, `0 pages`: the noun agrees with the number.
///
/// The last word of `noun` gets the plural, as in `responsibility page`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {}", noun_for(count, noun))
}

/// The same with its verb: `1 duty is`, `2 duties are`.
#[must_use]
pub fn counted_with_is(count: usize, noun: &str) -> String {
    format!("{} {}", counted(count, noun), if count == 1 { "is" } else { "are" })
}

/// The noun alone, as it agrees with a number that is not shown.
#[must_use]
pub fn noun_for(count: usize, noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if count != 1 => format!("{stem}ies"),
        None if count != 1 => format!("{noun}s"),
        Some(_) | None => noun.to_owned(),
    }
}

/// Some of a number of things that were named before, with its verb, as in `3 of them are`.
#[must_use]
pub fn some_of_them(some: usize, all: usize) -> String {
    match (some, all) {
        (1, 1) => "it is".to_owned(),
        (1, _) => "1 of them is".to_owned(),
        (some, all) if some >= all => "all of them are".to_owned(),
        (some, _) => format!("{some} of them are"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_their_number() {
        assert_eq!(counted(1, "duty"), "1 duty");
        assert_eq!(counted(2, "duty"), "2 duties");
        assert_eq!(counted(0, "page"), "0 pages");
        assert_eq!([1, 2].map(|count| noun_for(count, "commit")), ["commit", "commits"]);
        assert_eq!(
            [1, 2].map(|count| counted_with_is(count, "change")),
            ["1 change is", "2 changes are"]
        );
    }
}
