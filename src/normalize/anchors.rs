//! The ids by which a page's sections are linked to.

use std::collections::HashMap;

use super::Names;
use super::text::{TextReader, shortened_label};
use crate::model::{Anchor, Anchors};
use crate::parse::{Block, Heading, Run, Source};

/// A heading that is still open: its level and its text.
type AnchorHeading = (u8, String);

/// The ids of a page, its sections named as its matrices name them.
#[must_use]
pub fn page_anchors<'s>(source: impl Into<Source<'s>>, names: &Names) -> Anchors {
    let (page, _) =
        crate::parse::page_of_source(source.into(), names.attributes(), names.included_files());
    let mut reader = TextReader::new(names, Vec::new());
    let mut anchors =
        Anchors { subcollection: page.front_matter.subcollection.clone(), ..Anchors::default() };
    let mut open: Vec<AnchorHeading> = Vec::new();
    let mut slugs = Slugs::default();
    let mut titled = false;
    for block in &page.blocks {
        let Block::Heading(heading) = block else { continue };
        let slug = slugs.slug_for(heading);
        open.retain(|(level, _)| *level < heading.level);
        if heading.level == 1 {
            anchors.topic = anchors.topic.or_else(|| heading.id.clone().filter(|_| !titled));
            titled = true;
            continue;
        }
        let text = reader.plain_text(&heading.runs, heading.line);
        open.push((heading.level, shortened_label(&text).unwrap_or(text)));
        let section = open.iter().map(|(_, text)| text.clone()).collect();
        anchors.sections.push(Anchor { section, id: heading.id.clone(), slug });
    }
    anchors
}

/// The ids that GitHub makes, numbered where headings are alike.
#[derive(Default)]
struct Slugs(HashMap<String, usize>);

impl Slugs {
    fn slug_for(&mut self, heading: &Heading) -> String {
        let slug: String = source_text(&heading.runs)
            .trim()
            .chars()
            .filter_map(|c| match c {
                ' ' => Some('-'),
                '-' | '_' => Some(c),
                _ => c.is_alphanumeric().then_some(c),
            })
            .flat_map(char::to_lowercase)
            .collect();
        let count = self.0.entry(slug.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
    }
}

/// What stands in the file, where keyrefs mean nothing.
fn source_text(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        match run {
            Run::Text(words) | Run::Code(words) => text.push_str(words),
            Run::Keyref { key, well_formed: _ } => text.extend(["site.data.keyword.", key]),
            Run::Content(key) => text.extend(["site.data.content.", key]),
            Run::Image { .. } => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "---\nsubcollection: acme\n---\n# Duties\n{: #duties}\n\n## Area One {: #one}\n\
        ### IBM's responsibilities\n## {{site.data.keyword.acme}}: backups\n\n{: #two}\n### Area One\n";

    #[test]
    fn sections_have_the_author_s_ids_and_github_s() {
        let anchors = page_anchors(PAGE.as_bytes(), &Names::builtin());
        assert_eq!(anchors.subcollection.as_deref(), Some("acme"));
        assert_eq!(anchors.topic.as_deref(), Some("duties"));
        let found: Vec<_> = anchors
            .sections
            .iter()
            .map(|anchor| (anchor.section.join(" / "), anchor.id.as_deref(), &*anchor.slug))
            .collect();
        assert_eq!(found[0], ("Area One".to_owned(), Some("one"), "area-one"));
        let party = "Area One / IBM's responsibilities".to_owned();
        assert_eq!(found[1], (party, None, "ibms-responsibilities"));
        assert_eq!((found[2].1, found[2].2), (Some("two"), "sitedatakeywordacme-backups"));
        assert_eq!((found[3].1, found[3].2), (None, "area-one-1"));
    }
}
