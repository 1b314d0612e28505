//! Pages as OSCAL sees them: tasks are controls, and each duty keeps one uuid.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::wire::Prop;
use crate::model::Party;
use crate::report::{BlamedDuty, BlamedPage};

/// Names whose props are ours, and what every uuid is made from.
pub(super) const NAMESPACE: &str = "urn:respdiff:oscal";

/// A token is cut to this many characters, since names of folders are made of them.
const LONGEST_TOKEN: usize = 48;
/// A title is cut to this many, for the same reason.
const LONGEST_TITLE: usize = 120;

/// The uuid (version 5) of a thing of a kind by its name: the same name, the same uuid.
pub(super) fn uuid_of(kind: &str, name: &str) -> String {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, NAMESPACE.as_bytes());
    Uuid::new_v5(&namespace, format!("{kind} {name}").as_bytes()).to_string()
}

/// One page with its tasks.
pub(super) struct PageTasks<'a> {
    pub(super) page: &'a BlamedPage,
    /// The id of its group of controls.
    pub(super) group: String,
    /// The title of its component, unlike all others and fit for the name of a folder.
    pub(super) component: String,
    pub(super) tasks: Vec<Task<'a>>,
}

impl PageTasks<'_> {
    /// The uuid of its component.
    pub(super) fn component_uuid(&self) -> String {
        uuid_of("component", &self.page.path)
    }
}

/// One task: the duties that share headings and label.
pub(super) struct Task<'a> {
    /// Its id as a control.
    pub(super) control: String,
    pub(super) title: String,
    pub(super) duties: Vec<TaskDuty<'a>>,
    /// What only points elsewhere.
    pub(super) references: Vec<&'a BlamedDuty>,
}

/// A duty with its uuid.
pub(super) struct TaskDuty<'a> {
    pub(super) duty: &'a BlamedDuty,
    pub(super) uuid: String,
}

impl TaskDuty<'_> {
    /// The uuid of what IBM provides of it; none where IBM has no part in it.
    pub(super) fn provided_id(&self) -> Option<String> {
        match self.duty.party {
            Party::Ibm | Party::Provider(_) => Some(self.uuid.clone()),
            Party::Shared => Some(uuid_of("provision", &self.uuid)),
            Party::Customer | Party::Other(_) => None,
        }
    }

    /// The uuid of what the customer has to do of it; none where the customer has no part in it.
    pub(super) fn responsibility_id(&self) -> Option<String> {
        match self.duty.party {
            Party::Customer | Party::Shared => Some(self.uuid.clone()),
            Party::Ibm | Party::Provider(_) | Party::Other(_) => None,
        }
    }
}

/// All pages with their tasks, ids made unique in the order of the pages.
pub(super) fn pages_with_tasks(pages: &[BlamedPage]) -> Vec<PageTasks<'_>> {
    let (mut tokens, mut titles) = (BTreeSet::new(), BTreeSet::from(["This System".to_owned()]));
    let mut uuids = BTreeSet::new();
    let mut all = Vec::new();
    for page in pages {
        let group = unused_name(&mut tokens, name_token(page.path.trim_end_matches(".md")));
        let component = unused_name(&mut titles, folder_title(page));
        let mut tasks: Vec<(TaskKey<'_>, Task<'_>)> = Vec::new();
        for duty in &page.duties {
            let place = &duty.place;
            let key = (place.section.as_slice(), place.area.as_str(), place.task.as_str());
            let at = tasks.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                let control =
                    unused_name(&mut tokens, control_id(&group, &place.area, &place.task));
                let title = task_title(&place.section, &place.area, &place.task, &page.title);
                let (duties, references) = (Vec::new(), Vec::new());
                tasks.push((key, Task { control, title, duties, references }));
                tasks.len() - 1
            });
            let Some((_, task)) = tasks.get_mut(at) else { continue };
            if duty.reference {
                task.references.push(duty);
            } else {
                task.duties.push(TaskDuty { duty, uuid: duty_uuid(&mut uuids, page, duty) });
            }
        }
        let tasks = tasks.into_iter().map(|(_, task)| task).collect();
        all.push(PageTasks { page, group, component, tasks });
    }
    all
}

/// Headings, area and label.
type TaskKey<'a> = (&'a [String], &'a str, &'a str);

/// A hash of the id that a duty always keeps. If a page took the path of another one, two duties
/// may have begun alike: the later one is distinguished by its page.
fn duty_uuid(taken: &mut BTreeSet<String>, page: &BlamedPage, duty: &BlamedDuty) -> String {
    let mut name = duty.id.clone();
    loop {
        let uuid = uuid_of("duty", &name);
        if taken.insert(uuid.clone()) {
            return uuid;
        }
        name = format!("{name} {}", page.path);
    }
}

/// A name that nothing else has.
fn unused_name(taken: &mut BTreeSet<String>, name: String) -> String {
    if taken.insert(name.clone()) {
        return name;
    }
    let mut numbered = (2..).map(|number: usize| format!("{name}-{number}"));
    // there are fewer names than numbers
    numbered.find(|name| taken.insert(name.clone())).unwrap_or(name)
}

/// Letters, digits and hyphens, a letter first.
pub(super) fn name_token(text: &str) -> String {
    let mut token = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            token.push(c.to_ascii_lowercase());
        } else if !token.is_empty() && !token.ends_with('-') {
            token.push('-');
        }
        if token.len() >= LONGEST_TOKEN {
            break;
        }
    }
    let token = token.trim_end_matches('-');
    match token.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => token.to_owned(),
        Some(_) => format!("n-{token}"),
        None => "unnamed".to_owned(),
    }
}

/// Page, area and label.
fn control_id(group: &str, area: &str, task: &str) -> String {
    let labels = [area, task].into_iter().filter(|label| !label.trim().is_empty()).map(name_token);
    std::iter::once(group.to_owned()).chain(labels).collect::<Vec<_>>().join(".")
}

fn task_title(section: &[String], area: &str, task: &str, page: &str) -> String {
    let mut labels: Vec<&str> = section.iter().map(String::as_str).collect();
    if labels.last() != Some(&area) {
        labels.push(area);
    }
    labels.push(task);
    labels.retain(|label| !label.trim().is_empty());
    let title = one_line(&labels.join(" › "));
    if title.is_empty() { one_line(page) } else { title }
}

/// A title of which a folder can be named: readers make one of it.
fn folder_title(page: &BlamedPage) -> String {
    let title = if page.title.trim().is_empty() { &page.path } else { &page.title };
    let plain: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let plain: String = one_line(&plain).chars().take(LONGEST_TITLE).collect();
    let plain = plain.trim();
    if plain.is_empty() { "Page".to_owned() } else { plain.to_owned() }
}

/// A text in one line, with no white space around it.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as one paragraph of markdown, which descriptions are in OSCAL. trestle loses or refuses
/// one that begins as another block does.
pub(super) fn one_paragraph(text: &str) -> String {
    let line = one_line(text);
    let begins_block = line.starts_with(['#', '<', '>', '|']) || line.starts_with("```");
    if begins_block { format!("\\{line}") } else { line }
}

/// A prop of ours; none where it would say nothing.
pub(super) fn own_prop(name: &'static str, value: &str) -> Option<Prop> {
    let value = one_line(value);
    (!value.is_empty()).then_some(Prop { name, ns: Some(NAMESPACE), value })
}

/// Who has a duty, where it stands, and since when it is that party's.
pub(super) fn duty_props(page: &BlamedPage, duty: &BlamedDuty) -> Vec<Prop> {
    let commit = duty.since.commit.as_deref();
    let mut props: Vec<Prop> = [
        ("party", duty.party.to_string()),
        ("duty-id", duty.id.clone()),
        ("path", page.path.clone()),
        ("line", duty.place.line.to_string()),
        ("edition", page.stamp.written_date().unwrap_or_default()),
        ("commit", commit.unwrap_or_default().to_owned()),
    ]
    .into_iter()
    .filter_map(|(name, value)| own_prop(name, &value))
    .collect();
    props.extend(mapped_props(&duty.controls));
    props
}

/// The controls that the policy maps something to.
pub(super) fn mapped_props(controls: &[String]) -> impl Iterator<Item = Prop> {
    controls.iter().filter_map(|id| own_prop("mapped-control", id))
}

/// The controls of all duties of a task, each once.
pub(super) fn controls_of_task(task: &Task<'_>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let of_duties = task.duties.iter().flat_map(|duty| &duty.duty.controls);
    for id in of_duties.chain(task.references.iter().flat_map(|duty| &duty.controls)) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids
}
