//! Whether files hold pages, asked once for each distinct content.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{ContentKey, File, Id, IsPage, Repository};
use crate::error::Result;
use crate::model::Sides;

/// So many bytes may wait for other threads; past that the reading thread helps.
const WAITING: usize = 8 << 20;

/// The caller's answers, by content.
pub(super) struct PageCheck<'a> {
    is_page: IsPage<'a>,
    known: HashMap<ContentKey, bool>,
    pointers: HashSet<Id>,
}

/// How a file begins whose content Git LFS keeps elsewhere.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// Whether a file only says where Git LFS keeps its content.
#[must_use]
pub fn is_lfs_pointer(content: &[u8]) -> bool {
    content.starts_with(POINTER)
}

impl<'a> PageCheck<'a> {
    pub(super) fn new(is_page: IsPage<'a>) -> Self {
        Self { is_page, known: HashMap::new(), pointers: HashSet::new() }
    }

    /// Whether a file holds a page.
    pub(super) fn is_page(&mut self, repo: &Repository, file: &File) -> Result<bool> {
        if let Some(known) = self.known.get(&file.content_key()) {
            return Ok(*known);
        }
        let content = repo.read_file(file)?;
        if is_lfs_pointer(&content) {
            self.pointers.insert(file.blob);
        }
        let answer = self.is_page.is_page(file.path.format(), &content);
        self.known.insert(file.content_key(), answer);
        Ok(answer)
    }

    /// Whether a file that was asked for only says where its content is.
    pub(super) fn is_pointer(&self, file: &File) -> bool {
        self.pointers.contains(&file.blob)
    }

    /// Asks for the files of many pairs at once: this thread reads, the others look into what it
    /// read. Where the new file of a pair is a page, the old one is not asked for.
    pub(super) fn check_pairs(
        &mut self,
        repo: &Repository,
        pairs: &[Sides<Option<File>>],
    ) -> Result<()> {
        let is_page = self.is_page;
        let mut asked = HashSet::new();
        let waiting = AtomicUsize::new(0);
        let answers = Mutex::new(Vec::new());
        let done = rayon::in_place_scope(|scope| -> Result<()> {
            for pair in pairs {
                let mut contents = Vec::new();
                // The new side first: packs keep older contents as differences from newer ones.
                for file in [&pair.new, &pair.old].into_iter().flatten() {
                    let key = file.content_key();
                    if self.known.contains_key(&key) || !asked.insert(key) {
                        continue;
                    }
                    let content = repo.read_file(file)?;
                    if is_lfs_pointer(&content) {
                        self.pointers.insert(file.blob);
                    }
                    contents.push((key, content));
                }
                let length = contents.iter().map(|(_, content)| content.len()).sum();
                let (answers, waiting) = (&answers, &waiting);
                let look = move || {
                    let mut check = is_page.successive_check();
                    for (key, content) in contents {
                        let answer = check(key.1, &content);
                        if let Ok(mut answers) = answers.lock() {
                            answers.push((key, answer));
                        }
                        if answer {
                            break;
                        }
                    }
                    waiting.fetch_sub(length, Ordering::Relaxed);
                };
                if waiting.fetch_add(length, Ordering::Relaxed) > WAITING {
                    look();
                } else {
                    scope.spawn(move |_| look());
                }
            }
            Ok(())
        });
        self.known.extend(answers.into_inner().unwrap_or_default());
        done
    }
}
