//! Release notes: templates over what `respdiff.notes/1` holds.
//!
//! All that a template prints is escaped for its format unless it says `| safe`.

pub(in crate::render) mod escape;
mod sentence;
mod wire;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, escape_formatter};

pub(in crate::render) use escape::escape_markdown as one_line;

use crate::error::{Error, ErrorKind, Result};
use crate::render::json::published::Published;
use crate::render::safe;
use crate::report::{Notes, NotesEntry, marks};

pub(super) use wire::NotesWire;

/// What the notes are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotesFormat {
    /// `CommonMark` with GitHub's struck words.
    #[default]
    Markdown,
    /// Plain text.
    Text,
    /// A page of its own.
    Html,
}

impl NotesFormat {
    /// The template that the format is rendered by.
    #[must_use]
    pub const fn own_template(self) -> &'static str {
        match self {
            Self::Markdown => include_str!("markdown.j2"),
            Self::Text => include_str!("text.j2"),
            Self::Html => include_str!("html.j2"),
        }
    }

    /// How its template is called in messages.
    const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown.j2",
            Self::Text => "text.j2",
            Self::Html => "html.j2",
        }
    }

    fn auto_escape(self) -> AutoEscape {
        match self {
            Self::Markdown => AutoEscape::Custom("markdown".into()),
            Self::Text => AutoEscape::Custom("text".into()),
            Self::Html => AutoEscape::Html,
        }
    }
}

/// A template of the user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// How messages call it.
    pub name: String,
    /// Its text.
    pub source: String,
}

/// Renders notes by the user's template, else by the format's own; `width` is that of plain text.
///
/// # Errors
/// Where the template is wrong, with its name and line.
pub fn render_notes(
    notes: &Notes,
    format: NotesFormat,
    template: Option<&Template>,
    width: usize,
) -> Result<Vec<u8>> {
    let (name, source) = template.map_or((format.name(), format.own_template()), |template| {
        (template.name.as_str(), template.source.as_str())
    });
    let mut environment = template_environment(format, width);
    let context = Value::from(Serde(notes.to_json()));
    environment.add_template(name, source).map_err(|error| template_fault(name, &error))?;
    let rendered = environment
        .get_template(name)
        .and_then(|template| template.render(context))
        .map_err(|error| template_fault(name, &error))?;
    let text = format!("{}\n", rendered.trim_matches('\n'));
    Ok(match format {
        NotesFormat::Markdown => marks::seal_entries(&text).into_bytes(),
        NotesFormat::Text | NotesFormat::Html => text.into_bytes(),
    })
}

/// What stands above the notes of one of several repositories, in markdown.
#[must_use]
pub fn repository_heading(name: &str) -> String {
    format!("# {}\n\n", one_line(&safe::make_visible(name)))
}

/// One entry's sections as a piece of HTML, for a feed.
///
/// # Errors
/// Where the template is wrong.
pub(in crate::render) fn html_fragment(notes: &Notes, entry: &NotesEntry) -> Result<String> {
    const NAME: &str = "feed.j2";
    let one = Notes {
        by: notes.by,
        ends: None,
        entries: vec![entry.clone()],
        without_changes: Vec::new(),
        pages_read: notes.pages_read,
        pages_at_end: notes.pages_at_end,
        pages_unread: notes.pages_unread,
        titles: notes.titles.clone(),
        links: notes.links.clone(),
        show_commits: notes.show_commits,
    };
    let mut environment = template_environment(NotesFormat::Html, 0);
    let wrong = |error| template_fault(NAME, &error);
    environment.add_template(NAME, include_str!("feed.j2")).map_err(wrong)?;
    let template = environment.get_template(NAME).map_err(wrong)?;
    let rendered = template.render(Value::from(Serde(one.to_json()))).map_err(wrong)?;
    Ok(format!("{}\n", rendered.trim_matches('\n')))
}

fn template_environment<'s>(format: NotesFormat, width: usize) -> Environment<'s> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // a line that holds but a tag leaves nothing behind
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_auto_escape_callback(move |_| format.auto_escape());
    environment.set_formatter(write_escaped);
    environment
        .add_filter("md", |text: String| Value::from_safe_string(escape::escape_markdown(&text)));
    environment.add_filter("wrapped", move |text: String, first: String, next: String| {
        let options = textwrap::Options::new(width)
            .initial_indent(&first)
            .subsequent_indent(&next)
            .break_words(false);
        Value::from_safe_string(textwrap::fill(&safe::make_visible(&text), options))
    });
    environment.add_filter("underlined", |text: String, sign: String| {
        let text = safe::make_visible(&text);
        let line = sign.repeat(unicode_width::UnicodeWidthStr::width(&*text));
        Value::from_safe_string(format!("{text}\n{line}"))
    });
    environment
}

/// Writes a value, escaped for the format.
fn write_escaped(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> std::result::Result<(), minijinja::Error> {
    if value.is_none() {
        return Ok(());
    }
    let text = value.to_string();
    if value.is_safe() {
        return Ok(out.write_str(&text)?);
    }
    let text = safe::make_visible(&text);
    if *state.auto_escape() == AutoEscape::Custom("markdown".into()) {
        Ok(out.write_str(&escape::escape_markdown(&text))?)
    } else if matches!(state.auto_escape(), AutoEscape::Html | AutoEscape::Json) {
        escape_formatter(out, state, &Value::from(text.as_ref()))
    } else {
        Ok(out.write_str(&text)?)
    }
}

/// What is wrong in a template, and where.
fn template_fault(name: &str, error: &minijinja::Error) -> Error {
    let place = match (error.name().unwrap_or(name), error.line()) {
        (name, Some(line)) => format!("{name}:{line}"),
        (name, None) => name.to_owned(),
    };
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    Error::new(ErrorKind::Input, format!("{place}: {}{detail}", error.kind())).with_hint(
        "see `respdiff notes --print-template` for a working template and `respdiff schema notes` for its data",
    )
}
