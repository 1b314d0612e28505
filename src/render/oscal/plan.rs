//! The system security plan: what each page's service provides, and what it leaves to the customer.

use super::head::{CUSTOMER, DocumentHead, PROVIDER};
use super::tasks::{
    PageTasks, Task, TaskDuty, controls_of_task, duty_props, mapped_props, one_line, one_paragraph,
    own_prop, uuid_of,
};
use super::wire::Href;
use super::wire::{
    ByComponent, Characteristics, Component, Described, Export, Exported, Implementation,
    Information, InformationType, Plan, PlanControls, Prop, Requirement, ResponsibleRole, State,
    SystemId,
};
use crate::model::Party;

pub(super) fn build_plan(head: &DocumentHead<'_>, pages: &[PageTasks<'_>]) -> Plan {
    let requirements = pages
        .iter()
        .flat_map(|page| page.tasks.iter().map(move |task| task_requirement(page, task)));
    Plan {
        uuid: String::new(),
        metadata: head.metadata("Shared responsibilities", true),
        import_profile: Href { href: head.profile_href() },
        system_characteristics: system_characteristics(&head.source.name),
        system_implementation: Implementation { components: plan_components(head, pages) },
        control_implementation: PlanControls {
            description: "Who is responsible for what, according to the responsibility pages.",
            implemented_requirements: requirements.collect(),
        },
    }
}

fn system_characteristics(name: &str) -> Characteristics {
    Characteristics {
        system_ids: [SystemId {
            identifier_type: "http://ietf.org/rfc/rfc4122",
            id: uuid_of("system", name),
        }],
        system_name: name.to_owned(),
        description: "The services whose responsibility pages were read.".to_owned(),
        system_information: Information {
            information_types: [InformationType {
                uuid: uuid_of("information-type", name),
                title: "Not stated",
                description: "The responsibility pages do not say what information is held.",
            }],
        },
        status: State { state: "operational" },
        authorization_boundary: Described {
            description: "Not stated in the responsibility pages.",
        },
    }
}

fn plan_components(head: &DocumentHead<'_>, pages: &[PageTasks<'_>]) -> Vec<Component> {
    let of_page = |page: &PageTasks<'_>| Component {
        uuid: page.component_uuid(),
        kind: "service",
        title: page.component.clone(),
        description: format!("The service that {} is about.", one_line(&page.page.path)),
        props: page_props(page),
        status: State { state: "operational" },
    };
    let system = Component {
        uuid: uuid_of("this-system", &head.source.name),
        kind: "this-system",
        title: "This System".to_owned(),
        description: "All services together.".to_owned(),
        props: Vec::new(),
        status: State { state: "operational" },
    };
    std::iter::once(system).chain(pages.iter().map(of_page)).collect()
}

/// Which page it is, and its edition.
pub(super) fn page_props(page: &PageTasks<'_>) -> Vec<Prop> {
    let edition = page.page.stamp.written_date().unwrap_or_default();
    let props = [("path", page.page.path.as_str()), ("edition", &edition)];
    props.into_iter().filter_map(|(name, value)| own_prop(name, value)).collect()
}

fn task_requirement(page: &PageTasks<'_>, task: &Task<'_>) -> Requirement {
    Requirement {
        uuid: uuid_of("implemented-requirement", &task.control),
        control_id: task.control.clone(),
        description: None,
        props: requirement_props(task),
        statements: Vec::new(),
        by_components: by_component(page, task).into_iter().collect(),
        remarks: task_remarks(task),
    }
}

/// Where the implementation comes from, and the user's own controls.
pub(super) fn requirement_props(task: &Task<'_>) -> Vec<Prop> {
    let mut origins: Vec<&str> = Vec::new();
    for duty in &task.duties {
        let of_party: &[&str] = match duty.duty.party {
            Party::Ibm | Party::Provider(_) => &["system-specific"],
            Party::Customer => &["customer-provided"],
            Party::Shared => &["system-specific", "customer-configured"],
            Party::Other(_) => &[],
        };
        origins.extend(of_party);
    }
    origins.sort_unstable();
    origins.dedup();
    let origin = |value: &str| {
        let value = value.to_owned();
        Prop { name: "control-origination", ns: None, value }
    };
    let mapped = controls_of_task(task);
    origins.into_iter().map(origin).chain(mapped_props(&mapped)).collect()
}

/// What OSCAL has no place for: duties of others, and references.
pub(super) fn task_remarks(task: &Task<'_>) -> Option<String> {
    let others = task.duties.iter().filter_map(|duty| match &duty.duty.party {
        Party::Other(name) => {
            let text = one_line(&duty.duty.place.text);
            Some(one_paragraph(&format!("{name} is responsible: {text}")))
        }
        Party::Ibm | Party::Provider(_) | Party::Customer | Party::Shared => None,
    });
    let references =
        task.references.iter().map(|duty| format!("Reference: {}", one_line(&duty.place.text)));
    let lines: Vec<String> = others.chain(references).collect();
    (!lines.is_empty()).then(|| lines.join("\n\n"))
}

/// A duty's words; OSCAL wants some.
pub(super) fn text_of(duty: &TaskDuty<'_>) -> String {
    one_paragraph(&duty.duty.place.text)
}

/// The export of a task; none where neither IBM nor the customer has a part in it.
fn by_component(page: &PageTasks<'_>, task: &Task<'_>) -> Option<ByComponent> {
    let exported = |duty: &TaskDuty<'_>, uuid: String, role: &'static str| Exported {
        uuid,
        provided_uuid: None,
        description: text_of(duty),
        props: duty_props(page.page, duty.duty),
        responsible_roles: [ResponsibleRole { role_id: role }],
    };
    let provided: Vec<Exported> = task
        .duties
        .iter()
        .filter_map(|duty| Some(exported(duty, duty.provided_id()?, PROVIDER)))
        .collect();
    let first = provided.first().map(|provided| provided.uuid.clone());
    let responsibilities: Vec<Exported> = task
        .duties
        .iter()
        .filter_map(|duty| {
            let mut own = exported(duty, duty.responsibility_id()?, CUSTOMER);
            // a shared duty builds on IBM's part of it, any other on what IBM does for the task
            own.provided_uuid = duty.provided_id().or_else(|| first.clone());
            Some(own)
        })
        .collect();
    if provided.is_empty() && responsibilities.is_empty() {
        return None;
    }
    Some(ByComponent {
        component_uuid: page.component_uuid(),
        uuid: uuid_of("by-component", &task.control),
        description: one_paragraph(&task.title),
        export: Export { provided, responsibilities },
    })
}
