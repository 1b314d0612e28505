//! What a line in brackets says of the block below it: `[cols="1,2a",options="header"]`.

/// Longer lists of attributes are text.
const LONGEST: usize = 4096;

/// The attributes of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct BlockOptions {
    named: Vec<(String, String)>,
    options: Vec<String>,
    /// The id by which it is linked to.
    pub(super) id: Option<String>,
}

/// Whether a line holds the attributes of the block below.
pub(super) fn is_options(line: &str) -> bool {
    let Some(inside) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return false;
    };
    let starts = |c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '.' | '#' | '%' | '{' | ',' | '"' | '\'' | '[')
    };
    line.len() <= LONGEST && (inside.is_empty() || inside.starts_with(starts))
}

impl BlockOptions {
    /// Takes in a line of attributes.
    pub(super) fn add_line(&mut self, line: &str) {
        let inside = line.trim_start_matches('[').trim_end_matches(']');
        if line.starts_with("[[") {
            self.id = inside.split(',').next().map(str::to_owned);
            return;
        }
        for (at, (name, value)) in split(inside).into_iter().enumerate() {
            match name.as_deref() {
                Some("id") => self.id = Some(value),
                Some("options" | "opts") => {
                    self.options.extend(value.split(',').map(|option| option.trim().to_owned()));
                }
                Some(name) => self.named.push((name.to_owned(), value)),
                None if at == 0 => self.add_shorthand(&value),
                None => {}
            }
        }
    }

    /// `style#id.role%option`.
    fn add_shorthand(&mut self, text: &str) {
        let is_sign = |c: char| matches!(c, '#' | '.' | '%');
        let mut rest = text;
        while let Some(at) = rest.find(is_sign) {
            let part = &rest[at + 1..];
            let end = part.find(is_sign).unwrap_or(part.len());
            match rest.as_bytes()[at] {
                b'#' => self.id = Some(part[..end].to_owned()),
                b'%' => self.options.push(part[..end].to_owned()),
                _ => {}
            }
            rest = &part[end..];
        }
    }

    /// A named attribute; the last one counts.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.named.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether an option is on.
    pub(super) fn has_option(&self, option: &str) -> bool {
        self.options.iter().any(|known| known == option)
    }
}

/// The values between commas, with their names.
pub(super) fn split(text: &str) -> Vec<(Option<String>, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let name = rest.find(['=', ',', '"', '\'']).filter(|at| rest.as_bytes()[*at] == b'=');
        let name = name.map(|at| {
            let name = rest[..at].trim().to_owned();
            rest = rest[at + 1..].trim_start();
            name
        });
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let closed = quote.and_then(|quote| Some((quote, rest[1..].find(quote)?)));
        let value = if let Some((_, end)) = closed {
            let value = rest[1..=end].to_owned();
            rest = rest[end + 2..].trim_start_matches(|c| c != ',');
            value
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            let value = rest[..end].trim().to_owned();
            rest = &rest[end..];
            value
        };
        if name.is_some() || !value.is_empty() || rest.starts_with(',') {
            found.push((name, value));
        }
        match rest.strip_prefix(',') {
            Some(below) => rest = below,
            None => return found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> BlockOptions {
        let mut options = BlockOptions::default();
        options.add_line(line);
        options
    }

    #[test]
    fn attributes_in_every_form() {
        let found = of("[%header%autowidth,cols=\"1,.^2a\", separator=¦]");
        assert!(found.has_option("header") && found.has_option("autowidth"));
        assert_eq!(found.get("cols"), Some("1,.^2a"));
        assert_eq!(found.get("separator"), Some("¦"));
        assert!(of("[options='header,footer']").has_option("footer"));
        assert!(of("[cols=2*,opts=header]").has_option("header"));
        assert_eq!(of("[id=\"a_{context}\"]").id.as_deref(), Some("a_{context}"));
        assert_eq!(of("[[anchor,Text]]").id.as_deref(), Some("anchor"));
        assert_eq!(of("[#x.role]").id.as_deref(), Some("x"));
        assert_eq!(of("[cols=\"open]").get("cols"), Some("\"open"));
    }

    #[test]
    fn lines_that_hold_attributes() {
        for line in ["[]", "[cols=\"1\"]", "[.lead]", "[[a]]", "[%header]", "[1]"] {
            assert!(is_options(line), "{line}");
        }
        for line in ["[ a]", "[a] b", "a", "[*]"] {
            assert!(!is_options(line), "{line}");
        }
    }
}
