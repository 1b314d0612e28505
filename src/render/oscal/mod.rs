//! OSCAL 1.2.1 as a set of files in the layout of a trestle workspace: a catalog whose controls are
//! the pages' tasks, a profile that takes all of them, and a system security plan whose exports say
//! what IBM provides and what the customer is responsible for.

mod catalog;
mod changes;
mod definition;
mod head;
mod plan;
mod tasks;
mod wire;

use crate::error::{Error, ErrorKind, Result};
use crate::report::{BlamedPage, OscalSource, control_chars};

use head::DocumentHead;
use tasks::{PageTasks, pages_with_tasks, uuid_of};
use wire::{Empty, Import, Merge, Model, Profile};

pub(in crate::render) use changes::OscalChanges;
pub use changes::{ExportedEnds, has_same_exports};

/// The file by which trestle knows a workspace, and what it writes there itself.
const WORKSPACE: (&str, &str) = (".trestle/config.ini", "# trestle config file\n");
/// The files of the set by their paths in the workspace.
///
/// # Errors
/// Where no page has a date: OSCAL asks for one, and no clock is read.
pub fn render_set(source: &OscalSource, with_definition: bool) -> Result<Vec<(String, Vec<u8>)>> {
    let pages = pages_with_tasks(&source.pages);
    let head = DocumentHead { source, modified: last_modified(&source.pages)? };
    let mut models = vec![
        Model::Catalog(catalog::build_catalog(&head, &pages)),
        Model::Profile(build_profile(&head)),
        Model::SystemSecurityPlan(Box::new(plan::build_plan(&head, &pages))),
    ];
    if with_definition {
        models.push(Model::ComponentDefinition(definition::build_definition(&head, &pages)));
    }
    let mut files = vec![(WORKSPACE.0.to_owned(), WORKSPACE.1.as_bytes().to_vec())];
    for model in models {
        files.push(model_file(model, &source.name)?);
    }
    Ok(files)
}

/// Whether a file of a folder is one that [`render_set`] wrote, whatever it was called then.
#[must_use]
pub fn is_ours(path: &str, bytes: &[u8]) -> bool {
    if path == WORKSPACE.0 {
        return bytes == WORKSPACE.1.as_bytes();
    }
    let parts: Vec<&str> = path.split('/').collect();
    let [folder, _, file] = parts.as_slice() else { return false };
    let is_placed = matches!(
        (*folder, *file),
        ("catalogs", "catalog.json")
            | ("profiles", "profile.json")
            | ("system-security-plans", "system-security-plan.json")
            | ("component-definitions", "component-definition.json")
    );
    let mark = tasks::NAMESPACE.as_bytes();
    is_placed && bytes.windows(mark.len()).any(|part| part == mark)
}

fn build_profile(head: &DocumentHead<'_>) -> Profile {
    Profile {
        uuid: String::new(),
        metadata: head.metadata("All tasks", false),
        imports: [Import {
            href: format!("trestle://catalogs/{}/catalog.json", head.source.name),
            include_all: Empty {},
        }],
        merge: Merge { as_is: true },
    }
}

/// The newest date of the pages: of their stamps, else of the commits that brought their duties.
fn last_modified(pages: &[BlamedPage]) -> Result<String> {
    let of_page = |page: &BlamedPage| {
        let events = page.duties.iter().flat_map(|duty| &duty.history);
        let times = events.filter_map(|event| event.brought.time);
        let newest = || times.map(|time| time.to_utc().date_naive()).max();
        page.stamp.last_updated.or_else(newest)
    };
    let newest = pages.iter().filter_map(of_page).max();
    newest.map(|day| format!("{day}T00:00:00Z")).ok_or_else(|| {
        Error::new(ErrorKind::Input, "no page has a date, which OSCAL requires")
            .with_hint("set `lastupdated` in the front matter, or commit the pages")
    })
}

/// A document under its name. Its own uuid is over all that it says: another content is another
/// revision.
fn model_file(mut model: Model, name: &str) -> Result<(String, Vec<u8>)> {
    let first = model_json(&model)?;
    let revision = |kind: &str| uuid_of(kind, &String::from_utf8_lossy(&first));
    let (folder, file) = match &mut model {
        Model::Catalog(catalog) => {
            catalog.uuid = revision("catalog");
            ("catalogs", "catalog.json")
        }
        Model::Profile(profile) => {
            profile.uuid = revision("profile");
            ("profiles", "profile.json")
        }
        Model::SystemSecurityPlan(plan) => {
            plan.uuid = revision("system-security-plan");
            ("system-security-plans", "system-security-plan.json")
        }
        Model::ComponentDefinition(definition) => {
            definition.uuid = revision("component-definition");
            ("component-definitions", "component-definition.json")
        }
    };
    Ok((format!("{folder}/{name}/{file}"), model_json(&model)?))
}

fn model_json(model: &Model) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(model).map_err(|source| {
        Error::new(ErrorKind::Output, "the result cannot be written as OSCAL").with_source(source)
    })?;
    bytes.push(b'\n');
    Ok(control_chars::quiet_json(bytes))
}

/// The token that a name of a set is made into.
#[must_use]
pub fn set_name(name: &str) -> String {
    tasks::name_token(name)
}

/// How many tasks and duties a set contains.
#[must_use]
pub fn task_counts(source: &OscalSource) -> (usize, usize) {
    let pages = pages_with_tasks(&source.pages);
    let tasks = || pages.iter().flat_map(|page: &PageTasks<'_>| &page.tasks);
    (tasks().count(), tasks().map(|task| task.duties.len()).sum())
}

#[cfg(test)]
mod tests;
