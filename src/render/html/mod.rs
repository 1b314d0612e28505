//! The report page: one file that needs nothing else, and in which nothing of a document is markup.

mod anchors;
mod assets;
mod chart;
mod document;
mod editions;
mod headline;
mod matrix;
mod overview;
mod page;
mod policy;
mod stack;
mod tags;
mod words;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use crate::error::{Error, ErrorKind, Result};
use crate::report::{Dossier, Several};

/// The templates, by the names that they call each other.
const TEMPLATES: [(&str, &str); 6] = [
    ("page.html.j2", include_str!("page.html.j2")),
    ("overview.html.j2", include_str!("overview.html.j2")),
    ("chart.svg.j2", include_str!("chart.svg.j2")),
    ("document.html.j2", include_str!("document.html.j2")),
    ("matrix.html.j2", include_str!("matrix.html.j2")),
    ("editions.html.j2", include_str!("editions.html.j2")),
];

/// The report page of one repository or of several, each with its name.
///
/// # Errors
/// Where the page cannot be put together, which is a fault of this program.
pub fn render_report(dossiers: &Several<'_, Dossier>) -> Result<Vec<u8>> {
    let page = page::HtmlPage::from_results(dossiers);
    let html = render_template(&page).map_err(|source| {
        Error::new(ErrorKind::Output, format!("the report cannot be rendered: {source:#}"))
    })?;
    Ok(html.into_bytes())
}

fn render_template(page: &page::HtmlPage) -> std::result::Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?;
    environment.set_syntax(syntax);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    environment.get_template("page.html.j2")?.render(Serde(page))
}

#[cfg(test)]
mod tests;
