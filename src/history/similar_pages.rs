//! The pages that somebody may have meant by a path that leads nowhere.

use super::suggest::edit_distance;
use super::{Filter, Point, Repository};

/// Shorter names of pages are like too many words.
const SHORTEST: usize = 4;

impl Repository {
    /// The tracked pages that somebody may have meant by a path, as seen from the current folder and
    /// in quotes: the name is misspelled or lacks its ending, or the page is in another folder.
    #[must_use]
    pub fn similar_pages(&self, wanted: &str) -> Vec<String> {
        const MOST: usize = 3;
        let wanted = wanted.rsplit('/').next().unwrap_or(wanted).to_lowercase();
        let count = wanted.chars().count();
        if count < SHORTEST {
            return Vec::new();
        }
        let allowed = if wanted.contains('.') { (count / 5).max(1) } else { 1 };
        let prefix = String::from_utf8_lossy(&self.prefix()).into_owned();
        let mut scored = Vec::new();
        for path in self.recorded_pages() {
            let name = path.rsplit('/').next().unwrap_or(&path).to_lowercase();
            let stem = name.split('.').next().unwrap_or(&name);
            let alike = [&*name, stem].map(|name| edit_distance(&wanted, name, allowed));
            if let Some(distance) = alike.into_iter().flatten().min() {
                let inside = path.strip_prefix(&prefix).filter(|_| prefix.is_empty());
                let below = path.strip_prefix(&prefix).and_then(|rest| rest.strip_prefix('/'));
                let shown = inside.or(below).map(str::to_owned);
                scored.push((distance, shown.unwrap_or_else(|| format!(":/{path}"))));
            }
        }
        scored.sort();
        scored.into_iter().take(MOST).map(|(_, path)| format!("'{path}'")).collect()
    }

    /// The paths of the files that may be pages; none where they cannot be read, which another
    /// message says.
    fn recorded_pages(&self) -> Vec<String> {
        let point = if self.is_bare() {
            self.find_revision("HEAD").ok().map(Point::Commit)
        } else {
            Some(Point::Index)
        };
        let files = point.and_then(|point| self.page_files(&point, &Filter::default()).ok());
        files.unwrap_or_default().into_iter().map(|file| file.path.to_string()).collect()
    }
}
