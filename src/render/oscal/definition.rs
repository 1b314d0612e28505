//! The component definition, the second form: one component per page, one requirement per task, one statement
//! a duty.

use super::catalog::part_id;
use super::head::{CUSTOMER, DocumentHead, PROVIDER};
use super::plan::{page_props, requirement_props, task_remarks, text_of};
use super::tasks::{PageTasks, Task, TaskDuty, duty_props, one_line, one_paragraph, uuid_of};
use super::wire::{
    ComponentDefinition, DefinedComponent, DefinedControls, Requirement, ResponsibleRole, Statement,
};
use crate::model::Party;

pub(super) fn build_definition(
    head: &DocumentHead<'_>,
    pages: &[PageTasks<'_>],
) -> ComponentDefinition {
    ComponentDefinition {
        uuid: String::new(),
        metadata: head.metadata("Shared responsibilities", true),
        components: pages.iter().map(|page| page_component(head, page)).collect(),
    }
}

fn page_component(head: &DocumentHead<'_>, page: &PageTasks<'_>) -> DefinedComponent {
    let requirements: Vec<Requirement> =
        page.tasks.iter().map(|task| task_requirement(page, task)).collect();
    let controls = DefinedControls {
        uuid: uuid_of("control-implementation", &page.page.path),
        source: head.profile_href(),
        description: "Who is responsible for what, according to the page.",
        implemented_requirements: requirements,
    };
    DefinedComponent {
        uuid: page.component_uuid(),
        kind: "service",
        title: page.component.clone(),
        description: format!("The service that {} is about.", one_line(&page.page.path)),
        props: page_props(page),
        control_implementations: if page.tasks.is_empty() { Vec::new() } else { vec![controls] },
    }
}

fn task_requirement(page: &PageTasks<'_>, task: &Task<'_>) -> Requirement {
    let statements = task.duties.iter().enumerate();
    Requirement {
        uuid: uuid_of("implemented-requirement", &task.control),
        control_id: task.control.clone(),
        description: Some(one_paragraph(&task.title)),
        props: requirement_props(task),
        statements: statements
            .filter_map(|(at, duty)| duty_statement(page, task, at, duty))
            .collect(),
        by_components: Vec::new(),
        remarks: task_remarks(task),
    }
}

/// A duty; none where it is another party's, which stands in the remarks.
fn duty_statement(
    page: &PageTasks<'_>,
    task: &Task<'_>,
    at: usize,
    duty: &TaskDuty<'_>,
) -> Option<Statement> {
    let roles: &[&'static str] = match duty.duty.party {
        Party::Ibm | Party::Provider(_) => &[PROVIDER],
        Party::Customer => &[CUSTOMER],
        Party::Shared => &[PROVIDER, CUSTOMER],
        Party::Other(_) => return None,
    };
    Some(Statement {
        id: part_id(task, at),
        uuid: duty.uuid.clone(),
        description: text_of(duty),
        props: duty_props(page.page, duty.duty),
        responsible_roles: roles.iter().map(|role_id| ResponsibleRole { role_id }).collect(),
    })
}
