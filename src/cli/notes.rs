//! `respdiff notes`: what changed, as release notes.

use std::collections::BTreeMap;
use std::path::Path;

use crate::deliver::{self, Progress};
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, Repository, Request};
use crate::normalize;
use crate::render::{self, NotesFormat, Template};
use crate::report::{LinkBase, Links, Notes, PageLog};
use crate::timeline::{self, NamesTable};

use super::args::{CommonArgs, NotesArgs, NotesByArg, NotesFormatArg};
use super::keyrefs::Keyrefs;
use super::output::Output;
use super::range::{self, Wanted};
use super::report::assign_controls;
use super::{Outcome, input, pages};

/// Columns of plain text that goes into a file.
const WIDTH: usize = 80;

pub(super) fn run(args: &NotesArgs, common: &CommonArgs) -> Result<Outcome> {
    let output = Output::of(common);
    let format = format(args)?;
    if args.print_template {
        output.write(format.unwrap_or_default().template().as_bytes())?;
        return Ok(Outcome::Done);
    }
    let template = args.template.as_ref().map(|path| template(path, common)).transpose()?;
    let base = args.link_base.as_deref().map(LinkBase::parse).transpose()?;
    let asked = Asked {
        args,
        common,
        range: args.range.as_ref().map(|word| input::text(word)).transpose()?,
        keyrefs: Keyrefs::load(common, args.keyrefs.as_deref())?,
    };
    let mut notes = asked.notes()?;
    notes.show_commits = args.commits;
    notes.links = base.map(|base| asked.links(base)).transpose()?;
    // `-` is standard output, as everywhere
    let file = args.output.as_ref().filter(|path| path.as_os_str() != "-");
    let is_file = file.is_some() || args.prepend.is_some();
    let width = if is_file { common.width.unwrap_or(WIDTH) } else { output.text(None).width };
    let bytes = match format {
        Some(format) => render::notes::notes(&notes, format, template.as_ref(), width)?,
        None => render::json::notes(&notes)?,
    };
    match (file, &args.prepend) {
        (Some(path), _) => write(path, common, &notes, &bytes)?,
        (None, Some(_)) => prepend(args, common, &notes, &bytes)?,
        (None, None) => output.write(&bytes)?,
    }
    Ok(Outcome::Done)
}

/// What the notes are rendered in; none for JSON.
fn format(args: &NotesArgs) -> Result<Option<NotesFormat>> {
    let refuse = |message: &str, hint: &str| {
        Err(Error::new(ErrorKind::Usage, message.to_owned()).hint(hint.to_owned()))
    };
    if args.heading.is_some() && args.by != NotesByArg::Range {
        return refuse("--heading is for the one entry of --by range", "add --by range");
    }
    if args.prepend.is_some() && args.format != NotesFormatArg::Markdown {
        return refuse("--prepend puts markdown into a changelog", "leave out --format");
    }
    match args.format {
        NotesFormatArg::Markdown => Ok(Some(NotesFormat::Markdown)),
        NotesFormatArg::Text => Ok(Some(NotesFormat::Text)),
        NotesFormatArg::Html => Ok(Some(NotesFormat::Html)),
        NotesFormatArg::Json if args.template.is_some() || args.print_template => refuse(
            "JSON has no template",
            "with a template, --format (markdown, text, html) says what its text is escaped for",
        ),
        NotesFormatArg::Json => Ok(None),
    }
}

fn template(path: &Path, common: &CommonArgs) -> Result<Template> {
    let bytes = input::read_option(&common.resolve(path))?;
    let name = path.display().to_string();
    let source = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::new(ErrorKind::Input, format!("`{name}` is not UTF-8 (at byte {at})"))
    })?;
    Ok(Template { name, source })
}

/// What was asked for, found good.
struct Asked<'a> {
    args: &'a NotesArgs,
    common: &'a CommonArgs,
    range: Option<String>,
    keyrefs: Keyrefs,
}

impl Asked<'_> {
    fn notes(&self) -> Result<Notes> {
        if self.args.by == NotesByArg::Edition {
            return self.editions();
        }
        let whole = self.range.as_deref().is_none_or(|range| !range.contains(".."));
        let revisions = if whole {
            let tip = self.range.clone().unwrap_or_else(|| "HEAD".to_owned());
            let root = Repository::open(self.common.folder())?.root(&tip)?;
            vec![root.to_string(), tip]
        } else {
            self.range.iter().cloned().collect()
        };
        let wanted = Wanted {
            folder: self.common.folder(),
            request: Request { revisions, cached: false },
            paths: &self.args.paths,
            keyrefs: &self.keyrefs,
        };
        if self.args.by == NotesByArg::Control {
            self.need_controls(&wanted.request)?;
        }
        let (report, _) = range::compare(&wanted)?;
        Ok(match self.args.by {
            NotesByArg::Control => Notes::by_control(&report),
            NotesByArg::Document => Notes::by_document(&report),
            NotesByArg::Range | NotesByArg::Edition => {
                Notes::by_range(&report, self.args.heading.as_deref())
            }
        })
    }

    /// Notes by control need a policy that has any.
    fn need_controls(&self, request: &Request) -> Result<()> {
        let repository = Repository::open(self.common.folder())?;
        let point = repository.ends(request)?.points.new;
        if self.keyrefs.in_force(&repository, &point)?.policy.policy.controls.is_empty() {
            let message = "--by control needs `controls` in the policy, and it has none";
            return Err(Error::new(ErrorKind::Usage, message).hint(
                "map areas or tasks to control ids in respdiff.yaml: \
                 `controls: [{area: 'Back*', ids: [cp-9]}]`",
            ));
        }
        Ok(())
    }

    fn editions(&self) -> Result<Notes> {
        let repository = Repository::open(self.common.folder())?;
        let span = repository.span(self.range.as_deref())?;
        let filter = repository.filter(&self.args.paths)?;
        let keyrefs = self.keyrefs.of_repository(&repository);
        let names_of = |tables: &[NamesTable]| keyrefs.names(tables);
        let progress = Progress::new("commits");
        let passed = |count: usize| progress.passed(count);
        let mut pages = Vec::new();
        let tip = Point::Commit(span.tip().clone());
        let policy = self.keyrefs.in_force(&repository, &tip)?;
        let mut keep = |mut page: PageLog| {
            assign_controls(&policy, &mut page);
            pages.push(page);
            Ok(())
        };
        timeline::log(&repository, &span, &filter, &names_of, &passed, &mut keep)?;
        self.keyrefs.warn();
        Ok(Notes::by_edition(&pages))
    }

    /// Where the pages are as they stand at the newer end: older ones are not published any more.
    fn links(&self, base: LinkBase) -> Result<Links> {
        let repository = Repository::open(self.common.folder())?;
        let tip = repository.span(self.range.as_deref())?.tip().commit.to_string();
        let point = pages::point(&repository, Some(tip))?;
        let pages = pages::at(&repository, &point, &self.args.paths, &self.keyrefs)?;
        let anchors: BTreeMap<_, _> = pages
            .iter()
            .map(|page| {
                (page.file.path.to_string(), normalize::anchors(&page.content, &page.names))
            })
            .collect();
        Ok(Links::new(base, anchors))
    }
}

/// Writes the notes where they were asked for, and says what is in them.
fn write(path: &Path, common: &CommonArgs, notes: &Notes, bytes: &[u8]) -> Result<()> {
    deliver::write(&common.to_write(path)?, bytes)?;
    let entries = counted(notes.entries.len());
    let shown = path.display().to_string();
    deliver::aside(&format!("Wrote {}: {entries}.\n", render::safe::visible(&shown)));
    Ok(())
}

fn counted(entries: usize) -> String {
    if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") }
}

/// Puts the entries into the changelog, and says what came of it.
fn prepend(args: &NotesArgs, common: &CommonArgs, notes: &Notes, bytes: &[u8]) -> Result<()> {
    let Some(path) = &args.prepend else { return Ok(()) };
    let file = common.to_write(path)?;
    let text = String::from_utf8_lossy(bytes);
    if !notes.entries.is_empty() && !text.contains(crate::report::marks::END) {
        return Err(Error::new(ErrorKind::Usage, "the template marks no entry").hint(
            "write {{ entry.begin | safe }} above each entry and {{ entry.end | safe }} below it",
        ));
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let _turn = deliver::Turn::take(folder.unwrap_or(Path::new(".")))?;
    let old = deliver::read_to_change(&file)?;
    let merged = deliver::prepend(old.as_deref(), &text, &notes.without_changes)
        .map_err(|error| error.about(&format!("`{}`", path.display())))?;
    if old.as_deref().unwrap_or_default() != merged.text.as_bytes() {
        deliver::write(&file, merged.text.as_bytes())?;
    }
    let told: Vec<String> =
        [(merged.added, "added"), (merged.updated, "updated"), (merged.removed, "removed")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", counted(count)))
            .collect();
    let told = if told.is_empty() { "nothing new".to_owned() } else { told.join(", ") };
    let shown = path.display().to_string();
    deliver::aside(&format!("{}: {told}\n", render::safe::visible(&shown)));
    Ok(())
}
