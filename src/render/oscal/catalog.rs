//! The catalog: one group per page, one control per task, one part per duty.

use super::head::DocumentHead;
use super::tasks::{
    PageTasks, Task, controls_of_task, duty_props, mapped_props, one_line, one_paragraph, own_prop,
};
use super::wire::{Catalog, Control, Group, Part};

pub(super) fn build_catalog(head: &DocumentHead<'_>, pages: &[PageTasks<'_>]) -> Catalog {
    Catalog {
        uuid: String::new(),
        metadata: head.metadata("Tasks of the responsibility pages", false),
        groups: pages.iter().map(page_group).collect(),
    }
}

fn page_group(page: &PageTasks<'_>) -> Group {
    let title = if page.page.title.is_empty() { &page.page.path } else { &page.page.title };
    Group {
        id: page.group.clone(),
        title: one_line(title),
        props: own_prop("path", &page.page.path).into_iter().collect(),
        controls: page.tasks.iter().map(|task| task_control(page, task)).collect(),
    }
}

fn task_control(page: &PageTasks<'_>, task: &Task<'_>) -> Control {
    let item = |(at, duty): (usize, &super::tasks::TaskDuty<'_>)| Part {
        id: part_id(task, at),
        name: "item",
        props: duty_props(page.page, duty.duty),
        prose: one_paragraph(&duty.duty.place.text),
        parts: Vec::new(),
    };
    let statement = Part {
        id: format!("{}_smt", task.control),
        name: "statement",
        props: Vec::new(),
        prose: one_paragraph(&task.title),
        parts: task.duties.iter().enumerate().map(item).collect(),
    };
    Control {
        id: task.control.clone(),
        title: task.title.clone(),
        props: mapped_props(&controls_of_task(task)).collect(),
        parts: vec![statement],
    }
}

/// The id of a duty's part, by its position in its task.
pub(super) fn part_id(task: &Task<'_>, at: usize) -> String {
    format!("{}_smt.{}", task.control, at + 1)
}
