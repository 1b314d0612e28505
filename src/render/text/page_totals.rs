//! How many pages came, went, or cannot be read, and how many duties they have.

use crate::model::some_of_them;
use crate::report::{DocumentReport, PageTotals};

use super::names::counted;

/// That duties may count as removed although they stand there: nobody can tell any more who has them.
pub(in crate::render) fn lost_pages_text<'a>(
    documents: impl IntoIterator<Item = &'a DocumentReport>,
) -> Option<String> {
    let is_lost = |document: &&DocumentReport| document.lost_notices().next().is_some();
    let lost: Vec<_> = documents.into_iter().filter(is_lost).collect();
    let whole =
        if lost.iter().all(|document| document.reads_rest) { "a table or list of " } else { "" };
    (!lost.is_empty()).then(|| {
        format!(
            "respdiff can no longer tell who has which duty in {whole}{}: duties that count as \
             removed may still be there.",
            counted(lost.len(), "page")
        )
    })
}

/// How many pages respdiff can no longer read, and how many duties with them; `None` for none.
pub(in crate::render) fn unread_pages_text(unread: PageTotals, command: &str) -> Option<String> {
    let PageTotals { pages, duties, .. } = unread;
    let duties = counted(duties, "duty");
    let which = match pages {
        0 => return None,
        1 => "1 page".to_owned(),
        more => format!("{more} pages"),
    };
    Some(format!(
        "respdiff can no longer tell who has the {duties} of {which}: see `{command} log`."
    ))
}

/// How many duties respdiff can no longer read in pages whose other duties it reads; `None` for none.
pub(in crate::render) fn unread_tables_text(unread: PageTotals, command: &str) -> Option<String> {
    let (duties, pages) = (counted(unread.duties, "duty"), counted(unread.pages, "page"));
    (unread.pages > 0).then(|| {
        format!("respdiff can no longer tell who has {duties} of {pages}: see `{command} log`.")
    })
}

/// How many pages began, and how many duties they had that were on no page before.
pub(in crate::render) fn new_pages_text(new: PageTotals) -> Option<String> {
    let PageTotals { pages, duties, .. } = new;
    let of = counted(duties, "duty");
    match (pages, duties) {
        (0, _) => None,
        (1, 0) => Some("1 page was added, with duties from other pages.".to_owned()),
        (1, _) => Some(format!("1 page was added, with {of}.")),
        (more, 0) => Some(format!("{more} pages were added, with duties from other pages.")),
        (more, _) => Some(format!("{more} pages were added, with {of}.")),
    }
}

/// How many pages have no edition in a period, so that their duties are in no count.
pub(in crate::render) fn pages_not_counted_text(left_out: PageTotals) -> Option<String> {
    let PageTotals { pages, duties, .. } = left_out;
    let duties = counted(duties, "duty");
    match pages {
        0 => None,
        1 => Some(format!(
            "1 page without an edition in this period, with {duties}, is not counted."
        )),
        more => Some(format!(
            "{more} pages without an edition in this period, with {duties}, are not counted."
        )),
    }
}

/// How many pages were removed, and how many duties with them; `None` where none was.
pub(in crate::render) fn removed_pages_text(removed: PageTotals) -> Option<String> {
    let PageTotals { pages, duties, also_elsewhere, given_to_others, files_stay } = removed;
    let counted_duties = counted(duties, "duty");
    let elsewhere = match also_elsewhere {
        0 => String::new(),
        found => format!("; {} also on another page", some_of_them(found, duties)),
    };
    let given = match given_to_others {
        0 => String::new(),
        1 => ", which gives 1 more to another party".to_owned(),
        more => format!(", which gives {more} more to another party"),
    };
    match (pages, duties) {
        (0, _) => None,
        (1, 0) if files_stay == 1 => {
            Some("1 page was left without duties; they are on another page.".to_owned())
        }
        (1, _) if files_stay == 1 => Some(format!(
            "1 page was left without duties: {counted_duties} removed{elsewhere}{given}."
        )),
        (more, _) if files_stay > 0 => Some(format!(
            "{more} pages were removed or left without duties: {counted_duties} \
             removed{elsewhere}{given}."
        )),
        (1, 0) => Some("1 page was removed; its duties are on another page.".to_owned()),
        (1, _) => Some(format!("1 page was removed, with its {counted_duties}{elsewhere}{given}.")),
        (more, 0) => Some(format!("{more} pages were removed; their duties are on other pages.")),
        (more, _) => Some(format!(
            "{more} pages were removed, with their {counted_duties}{elsewhere}{given}."
        )),
    }
}
