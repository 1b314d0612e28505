//! An event as text for people, from the JSON that the outbox keeps: on standard output and in mails.

use super::event::{AlertEvent, Data, EventChange, EventCommit, EventPlace};
use crate::error::{Error, ErrorKind, Result};
use crate::model::short_id;
use crate::render::safe::make_visible;

/// The event as text, with a blank line at its end.
///
/// # Errors
/// Where the JSON is not that of an event.
pub fn plain_text(event: &[u8]) -> Result<Vec<u8>> {
    let data = data_of(event)?;
    Ok(format!("{}\n{}", one_line(&data.heading()), event_body(&data)).into_bytes())
}

/// Subject and text of a mail.
///
/// # Errors
/// Where the JSON is not that of an event.
pub fn mail_parts(event: &[u8]) -> Result<(String, String)> {
    const LONGEST: usize = 150;
    let data = data_of(event)?;
    let heading = one_line(&format!("{} ({})", data.heading(), data.repository));
    let subject: String = heading.chars().take(LONGEST).collect();
    let more = "\nIf you get this message twice, both copies have the same Message-ID.\n";
    Ok((format!("[respdiff] {subject}"), format!("{heading}\n{}{more}", event_body(&data))))
}

fn data_of(event: &[u8]) -> Result<Data> {
    let event: AlertEvent = serde_json::from_slice(event).map_err(|error| {
        Error::new(ErrorKind::Input, "an event in the outbox cannot be read").with_source(error)
    })?;
    Ok(event.data)
}

fn event_body(data: &Data) -> String {
    let mut lines = vec![one_line(&data.place())];
    lines.extend(data.links.page.as_deref().map(one_line));
    let document = data.document.as_ref();
    for notice in document.into_iter().flat_map(|document| &document.notices) {
        let line = notice.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        lines.push(format!("{line}{}", one_line(&notice.message)));
    }
    for change in document.into_iter().flat_map(|document| &document.changes) {
        lines.push(String::new());
        lines.extend(change_lines(change, data));
    }
    lines.join("\n") + "\n"
}

fn change_lines(change: &EventChange, data: &Data) -> Vec<String> {
    let mut lines = vec![one_line(&change.title())];
    let place = change.place();
    if !place.is_empty() {
        lines.push(format!("  in {}", one_line(&place)));
    }
    let text = |place: &Option<EventPlace>| place.as_ref().map(|place| one_line(&place.text));
    match (text(&change.old), text(&change.new)) {
        (Some(old), Some(new)) if old != new => {
            lines.push(format!("  before: {old}"));
            lines.push(format!("  now:    {new}"));
        }
        (_, Some(text)) | (Some(text), None) => lines.push(format!("  > {text}")),
        (None, None) => {}
    }
    if let Some(EventCommit { commit }) = &change.introduced {
        let link =
            data.links.commit_link(commit).map(|link| format!(" {link}")).unwrap_or_default();
        lines.push(one_line(&format!("  commit {}{link}", short_id(commit))));
    }
    lines
}

/// What stands in one line and steers no terminal.
fn one_line(text: &str) -> String {
    make_visible(text).replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::alert::text::tests::{alert_of, change};
    use crate::report::AlertLinks;

    #[test]
    fn an_event_reads_as_a_person_would_tell_it() {
        let mut alert = alert_of(vec![change("Lock it.\u{1b}[31m\nNow.")]);
        alert.links = AlertLinks { page: Some("https://a.example/p".into()), commits: None };
        let event = crate::render::json::render_alert(&alert).unwrap();
        let text = String::from_utf8(plain_text(&event).unwrap()).unwrap();
        assert_eq!(
            text,
            "1 duty moved to you: Skyvault\ndocs · main · duties.md · edition 2025-01-15\n\
             https://a.example/p\n\nMoved to you: IBM → customer\n  in Doors › Locks\n  \
             > Lock it.\\u{1b}[31m Now.\n"
        );
        let (subject, text) = mail_parts(&event).unwrap();
        assert_eq!(subject, "[respdiff] 1 duty moved to you: Skyvault (docs)");
        assert!(text.contains("Moved to you: IBM → customer"), "{text}");
    }
}
