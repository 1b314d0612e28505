//! Macros: links, images, notes, index terms.

use super::scan::{Scan, without_html_tags};
use crate::parse::{CitedFootnote, Run};
use crate::vocabulary::WordList;

impl Scan<'_> {
    /// The colon of a macro (`link:target[text]`) or an address.
    pub(super) fn macro_target(&mut self) -> bool {
        static NAMES: WordList = WordList::named("macros of asciidoc");
        let length = self.words.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let name = &self.words[self.words.len() - length..];
        let Some(name) = NAMES.iter().find(|known| *known == name) else { return false };
        let is_address = matches!(name, "https" | "http" | "ftp" | "irc");
        let rest = self.nearby_text(self.position + 1);
        let stops =
            |c: char| c == '[' || c.is_whitespace() || (is_address && matches!(c, '<' | '>' | '"'));
        // `link:++a b.html++[text]`
        let bare = rest.strip_prefix("++").and_then(|inside| inside.find("++[")).map(|at| at + 4);
        let end = bare.unwrap_or_else(|| rest.find(stops).unwrap_or(rest.len()));
        let target = &rest[..end];
        if is_address && !target.starts_with("//") {
            return false;
        }
        let inside = rest[target.len()..].strip_prefix('[').and_then(text_in_brackets);
        let Some(inside) = inside else {
            // an address alone is text
            if !is_address {
                return false;
            }
            self.words.push(':');
            self.words.push_str(target);
            self.linked = true;
            self.position += 1 + target.len();
            return true;
        };
        let begin = self.words.len() - name.len();
        self.words.truncate(begin);
        if name == "pass" {
            self.pass_through(target, inside);
        } else {
            self.put_macro(name, target, inside);
        }
        self.position += 1 + target.len() + 1 + inside.len() + 1;
        true
    }

    /// `pass:[<b>HTML</b>]`, `pass:q[*text*]`, `pass:c[<text>]`.
    fn pass_through(&mut self, substitutions: &str, inside: &str) {
        if substitutions.contains(['q', 'n', 'm', 'a']) {
            for run in self.inner_runs(inside) {
                match run {
                    Run::Text(words) => self.push(&words),
                    run @ (Run::Code(_)
                    | Run::Keyref { .. }
                    | Run::Content(_)
                    | Run::Image { .. }) => self.push_run(run),
                }
            }
        } else if substitutions.contains(['c', 'v']) {
            self.push(inside);
        } else {
            self.push(&without_html_tags(inside));
        }
    }

    fn put_macro(&mut self, name: &str, target: &str, inside: &str) {
        match name {
            "image" | "icon" => {
                let alt = link_text(inside).to_owned();
                self.push_run(Run::Image {
                    alt,
                    target: target.trim_start_matches(':').to_owned(),
                });
            }
            "footnote" | "footnoteref" => {
                let runs = self.inner_runs(inside);
                let line = self.at.line;
                if !runs.is_empty() {
                    self.footnotes.push(CitedFootnote { cited_on: line, line, runs });
                }
            }
            "anchor" | "indexterm" => {}
            "menu" => self.push(&format!("{target} {inside}")),
            "kbd" | "btn" | "stem" | "indexterm2" => self.push(inside),
            _ => {
                let text = link_text(inside);
                let address = if matches!(name, "link" | "xref") {
                    target.to_owned()
                } else {
                    format!("{name}:{target}")
                };
                let runs = if text.is_empty() {
                    vec![Run::Text(address)]
                } else {
                    self.inner_runs(&text.replace("\\]", "]"))
                };
                self.linked = true;
                for run in runs {
                    match run {
                        Run::Text(words) => self.words.push_str(&words),
                        Run::Code(_) | Run::Keyref { .. } | Run::Content(_) | Run::Image { .. } => {
                            self.end_words();
                            self.out.push(run);
                        }
                    }
                }
            }
        }
    }

    /// `<<id,text>>`, `<https://example.com>`.
    pub(super) fn read_reference(&mut self) -> bool {
        if let Some(address) = self.nearby_text(self.position).strip_prefix('<')
            && (address.starts_with("http://") || address.starts_with("https://"))
            && let Some(end) =
                address.find(['>', ' ']).filter(|end| address[*end..].starts_with('>'))
        {
            self.linked = true;
            self.words.push_str(&address[..end]);
            self.position += end + 2;
            return true;
        }
        let Some(inside) = self.nearby_text(self.position).strip_prefix("<<") else { return false };
        let Some(end) = inside.find(">>").filter(|end| *end > 0) else { return false };
        let (id, text) = inside[..end].split_once(',').unwrap_or((&inside[..end], ""));
        let text = if text.trim().is_empty() { id } else { text.trim() };
        self.linked = true;
        self.words.push_str(text);
        self.position += end + 4;
        true
    }

    /// `((shown))`, `(((only in an index)))`, and signs in brackets.
    pub(super) fn read_parentheses(&mut self) -> bool {
        let rest = self.nearby_text(self.position);
        for (written, sign) in [("(C)", "©"), ("(R)", "®"), ("(TM)", "™")] {
            if rest.starts_with(written) {
                self.words.push_str(sign);
                self.position += written.len();
                return true;
            }
        }
        let hides = rest.starts_with("(((");
        let (open, close) = if hides { ("(((", ")))") } else { ("((", "))") };
        let Some(inside) = rest.strip_prefix(open) else { return false };
        let Some(end) = inside.find(close) else { return false };
        if !hides {
            self.push(&inside[..end]);
        }
        self.position += end + open.len() + close.len();
        true
    }
}

/// What stands before the bracket that closes.
fn text_in_brackets(text: &str) -> Option<&str> {
    let close = text.match_indices(']').find(|(at, _)| !text[..*at].ends_with('\\'));
    close.map(|(at, _)| &text[..at])
}

/// The text of a link, without its attributes.
fn link_text(inside: &str) -> &str {
    let text = inside.trim();
    let text = if text.contains('=') {
        if let Some((quoted, _)) = text.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
            quoted
        } else {
            let first = text.split(',').next().unwrap_or_default();
            if first.contains('=') && !first.contains(' ') { "" } else { first }
        }
    } else {
        text
    };
    text.trim().trim_end_matches('^')
}
