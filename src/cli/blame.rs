//! `respdiff blame`: who holds each duty since when, and its line of descent.

use crate::error::{Error, ErrorKind, Result};
use crate::history::Repository;
use crate::model::Kind;
use crate::normalize::{self, Names};
use crate::render;
use crate::report::{BlamedDuty, BlamedPage};
use crate::timeline::{self, NamesTable};

use super::args::{BlameArgs, BlameFormat, CommonArgs};
use super::keyrefs::Keyrefs;
use super::output::Output;
use super::{Outcome, input, pages};

pub(super) fn run(args: &BlameArgs, common: &CommonArgs) -> Result<Outcome> {
    let output = Output::of(common);
    let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
    let revision = args.revision.as_ref().map(|word| input::text(word)).transpose()?;
    let repository = Repository::open(common.folder())?;
    let point = pages::point(&repository, revision)?;
    let keyrefs = keyrefs.in_force(&repository, &point)?;
    let filter = keyrefs.filter(&repository, &args.paths)?;
    let names_of = |tables: &[NamesTable]| keyrefs.names(tables);
    let mut blamed = timeline::blame(&repository, &point, &filter, &names_of)?;
    keyrefs.warn();
    if args.moved {
        retain(&mut blamed, &|duty| duty.history.iter().any(|event| event.kind == Kind::Moved));
    }
    if let Some(wanted) = &args.duty {
        let is_wanted = wanted_duty(wanted, keyrefs.names(&[]));
        retain(&mut blamed, &is_wanted);
        if blamed.is_empty() {
            return Err(Error::new(ErrorKind::Input, format!("no duty here is `{wanted}`")).hint(
                "give words that stand together in its text, or its id as `respdiff blame --ids` \
                 and `--format json` tell it",
            ));
        }
    }
    let base = (!repository.is_bare()).then(|| repository.place());
    let text = output.text(base);
    let bytes = match args.format {
        BlameFormat::Json => render::json::blame(&blamed)?,
        BlameFormat::Text if args.duty.is_some() => render::text::biography(&blamed, &text),
        BlameFormat::Text => render::text::blame(&blamed, &text, args.ids),
    };
    output.write(&bytes)?;
    Ok(Outcome::Done)
}

/// Leaves out the other duties, and pages in which none is left.
fn retain(pages: &mut Vec<BlamedPage>, is_wanted: &dyn Fn(&BlamedDuty) -> bool) {
    for page in &mut *pages {
        page.duties.retain(is_wanted);
    }
    pages.retain(|page| !page.duties.is_empty());
}

/// A duty by the beginning of its id, or by words of its text as it is or was.
fn wanted_duty(wanted: &str, names: Names) -> impl Fn(&BlamedDuty) -> bool + use<> {
    const SHORTEST_ID: usize = 4;
    let id = wanted.to_lowercase();
    let is_id = id.len() >= SHORTEST_ID && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = format!(" {} ", normalize::canonical(wanted, &names));
    move |duty: &BlamedDuty| {
        let says =
            |text: &str| format!(" {} ", normalize::canonical(text, &names)).contains(&words);
        let by_words = || words.trim() != "" && says(&duty.place.text);
        (is_id && duty.id.starts_with(&id)) || by_words()
    }
}
