//! Texts that are nothing but links.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::inline::LEAD;
use super::prepare::{self, Flow};

/// Whether a text is one link or several, and nothing else but marks and joining words.
pub(super) fn is_only_links(text: &str) -> bool {
    if !["](", "://", "<a "].iter().any(|sign| text.contains(sign)) {
        return false;
    }
    let prepared = prepare::prepare_text(text, Flow::Prose);
    let source = format!("{LEAD}{}", prepared.text.trim_matches(' '));
    let (mut inside, mut links, mut outside) = (0_usize, 0, String::new());
    for event in Parser::new_ext(&source, Options::empty()) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => inside += 1,
            Event::End(TagEnd::Link) => {
                inside = inside.saturating_sub(1);
                links += 1;
            }
            Event::End(TagEnd::Image) => inside = inside.saturating_sub(1),
            Event::InlineHtml(tag) | Event::Html(tag) => {
                let tag = tag.to_ascii_lowercase();
                if tag.starts_with("<a ") {
                    inside += 1;
                    links += 1;
                } else if tag.starts_with("</a") {
                    inside = inside.saturating_sub(1);
                }
            }
            Event::Text(text) | Event::Code(text) if inside == 0 => outside.push_str(&text),
            Event::Text(_)
            | Event::Code(_)
            | Event::Start(_)
            | Event::End(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_) => {}
        }
    }
    let outside = outside.strip_prefix('x').unwrap_or(&outside);
    let is_word = |c: char| c.is_alphanumeric() || prepared.reference_for(c).is_some();
    outside.split(char::is_whitespace).all(|word| {
        let word = word.trim_matches(|c| !is_word(c));
        let address = word.starts_with("https://") || word.starts_with("http://");
        links += usize::from(address);
        address || matches!(word, "" | "and" | "or")
    }) && links > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_links_alone() {
        for text in [
            "[Keys](/docs/keys)",
            "**[Keys](/docs/keys#a)**.",
            "[Keys](/docs/keys){: external}, [Vaults](/docs/vaults) and [Doors](x)",
            "[{{site.data.keyword.sky}} keys](/docs/keys) ![External link icon](launch-glyph.svg)",
            "<a href=\"/docs/keys\">Keys</a>",
            "[ ] [Keys](/docs/keys)",
            "https://cloud.example/docs/keys",
            "<https://cloud.example/docs/keys>",
        ] {
            assert!(is_only_links(text), "{text}");
        }
        for text in [
            "Read [the guide](/docs/keys)",
            "[Rotate the keys](/docs/keys) every year.",
            "{{site.data.keyword.sky}} [Keys](/docs/keys)",
            "[Keys]",
            "Keys",
            "",
        ] {
            assert!(!is_only_links(text), "{text}");
        }
    }
}
