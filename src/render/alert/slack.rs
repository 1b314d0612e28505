//! An event as a message for Slack, from the JSON that the outbox keeps.

use serde_json::{Value, json};

use super::event::{AlertEvent, EventChange, EventCommit, EventDocument, EventLinks, EventPlace};
use crate::error::{Error, ErrorKind, Result};
use crate::model::short_id;

/// Slack takes 50 blocks, 3,000 characters a section, and, as it is found, about 13,200 in all.
const BLOCKS: usize = 50;
const SECTION: usize = 2_700;
const TOTAL: usize = 12_000;
const HEADER: usize = 150;
/// So many notices are shown.
const SHOWN_NOTICES: usize = 5;

/// The event as Block Kit, with a `text` for notifications. Nothing in it is obeyed by Slack: what
/// pages say is escaped, and names and addresses in it are not made links.
///
/// # Errors
/// Where the JSON is not that of an event.
pub fn slack_message(event: &[u8]) -> Result<Vec<u8>> {
    let wrong = |error: serde_json::Error| {
        Error::new(ErrorKind::Input, "an event in the outbox cannot be read").with_source(error)
    };
    let AlertEvent { data, .. } = serde_json::from_slice(event).map_err(wrong)?;
    let heading = data.heading();
    let mut blocks = vec![
        json!({"type": "header", "text": {"type": "plain_text", "emoji": false,
               "text": clip_escaped(&heading, HEADER)}}),
        context_block(&escape_slack(&data.place())),
    ];
    if let Some(page) = data.links.page.as_deref().and_then(|page| link_text(page, "Open the page"))
    {
        blocks.push(context_block(&page));
    }
    if let Some(document) = &data.document {
        blocks.extend(change_sections(document, &data.links));
    }
    let message = json!({
        "text": clip_escaped(&escape_slack(&format!("{heading} ({})", data.repository)), SECTION),
        "mrkdwn": false, "link_names": false, "parse": "none",
        "unfurl_links": false, "unfurl_media": false, "blocks": blocks,
    });
    serde_json::to_vec(&message).map(crate::report::control_chars::quiet_json).map_err(wrong)
}

/// A section for each change as long as there is room, and a last one that says what is left out.
fn change_sections(document: &EventDocument, links: &EventLinks) -> Vec<Value> {
    let mut sections = Vec::new();
    let mut room = TOTAL;
    for notice in document.notices.iter().take(SHOWN_NOTICES) {
        let line = notice.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        let text = escape_slack(&clip_escaped(&format!("{line}{}", notice.message), SECTION / 8));
        room = room.saturating_sub(text.chars().count());
        sections.push(context_block(&text));
    }
    for (at, change) in document.changes.iter().enumerate() {
        let mut text = clip_escaped(&change_text(change), SECTION);
        if let Some(EventCommit { commit }) = &change.introduced {
            let name = format!("commit {}", short_id(commit));
            let link = links.commit_link(commit).and_then(|address| link_text(&address, &name));
            text = format!("{text}\n{}", link.unwrap_or_else(|| escape_slack(&name)));
        }
        let length = text.chars().count();
        if length > room || sections.len() + 5 > BLOCKS {
            let more = document.changes.len() - at;
            let path = escape_slack(&document.path);
            sections.push(context_block(&format!("{more} more: see `respdiff log -- {path}`")));
            break;
        }
        room -= length;
        sections.push(json!({"type": "section",
            "text": {"type": "mrkdwn", "verbatim": true, "text": text}}));
    }
    sections
}

fn context_block(text: &str) -> Value {
    json!({"type": "context", "elements":
        [{"type": "mrkdwn", "verbatim": true, "text": clip_escaped(text, SECTION)}]})
}

/// A link of ours. What could end it early is in no address that we make.
fn link_text(address: &str, name: &str) -> Option<String> {
    let is_plain = address.starts_with("https://")
        && address.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>|`\"".contains(&byte));
    is_plain.then(|| format!("<{}|{}>", escape_slack(address), escape_slack(name)))
}

fn change_text(change: &EventChange) -> String {
    let mut lines = vec![
        format!("*{}*", escape_slack(&change.title()).replace('*', "")),
        escape_slack(&clip_escaped(&change.place(), 300)),
    ];
    // either text may be long, and both have to be seen
    let text = |place: &Option<EventPlace>| {
        place.as_ref().map(|place| escape_slack(&clip_escaped(&place.text, SECTION / 8)))
    };
    match (text(&change.old), text(&change.new)) {
        (Some(old), Some(new)) if old != new => {
            lines.push(format!("before: {old}"));
            lines.push(format!("now: {new}"));
        }
        (_, Some(text)) | (Some(text), None) => lines.push(format!("> {text}")),
        (None, None) => {}
    }
    lines.join("\n")
}

/// Slack's own signs as text, line breaks as blanks.
fn escape_slack(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in crate::render::safe::make_visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // would quote code or strike the rest of the message
            '`' => out.push('\''),
            c => out.push(c),
        }
    }
    out
}

/// At most this many characters, and no half of an escape at the end.
fn clip_escaped(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    if let Some(at) = kept.rfind('&').filter(|at| !kept[*at..].contains(';')) {
        kept.truncate(at);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::alert::text::tests::{alert_of, change};

    fn message(texts: &[String]) -> (String, Value) {
        let alert = alert_of(texts.iter().map(|text| change(text)).collect());
        let bytes = slack_message(&crate::render::json::render_alert(&alert).unwrap()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let value = serde_json::from_str(&text).unwrap();
        (text, value)
    }

    #[test]
    fn a_page_cannot_call_everybody() {
        let (text, _) = message(&["Tell <!everyone> & <@U1> @here".into()]);
        assert!(!text.contains("<!") && !text.contains("<@"), "{text}");
        assert!(text.contains("Tell &lt;!everyone&gt; &amp; &lt;@U1&gt; @here"), "{text}");
    }

    #[test]
    fn limits_are_kept_and_what_is_left_out_is_counted() {
        let (_, value) = message(&vec!["<".repeat(500); 200]);
        let blocks = value["blocks"].as_array().unwrap();
        assert!(blocks.len() <= BLOCKS);
        let mut texts = blocks.iter().map(|block| {
            block["text"]["text"].as_str().or(block["elements"][0]["text"].as_str()).unwrap()
        });
        assert!(texts.clone().all(|text| text.chars().count() <= 3_000));
        let total: usize = texts.clone().map(|text| text.chars().count()).sum();
        assert!(total < 13_000, "{total}");
        assert!(texts.next_back().unwrap().contains("more: see `respdiff log"));
    }

    #[test]
    fn a_clipped_text_ends_before_an_escape() {
        assert_eq!(clip_escaped("ab&amp;cd", 6), "ab…");
        assert_eq!(clip_escaped("ab&amp;", 7), "ab&amp;");
    }

    #[test]
    fn the_fallback_says_what_it_is_about() {
        let (_, value) = message(&["Lock it.".into()]);
        assert_eq!(value["text"], "1 duty moved to you: Skyvault (docs)");
    }
}
