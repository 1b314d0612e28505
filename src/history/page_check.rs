//! Whether files hold pages, asked once for each distinct content.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{ContentKey, File, Id, IsPage, Repository};
use crate::error::Result;

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
        if content.starts_with(POINTER) {
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

    /// Asks for many files at once: this thread reads, the others look into what it read.
    pub(super) fn check_files<'f>(
        &mut self,
        repo: &Repository,
        files: impl IntoIterator<Item = &'f File>,
    ) -> Result<()> {
        let is_page = self.is_page;
        let mut asked = HashSet::new();
        let waiting = AtomicUsize::new(0);
        let answers = Mutex::new(Vec::new());
        let done = rayon::in_place_scope(|scope| -> Result<()> {
            for file in files {
                let key = file.content_key();
                if self.known.contains_key(&key) || !asked.insert(key) {
                    continue;
                }
                let (blob, content) = (file.blob, repo.read_file(file)?);
                if content.starts_with(POINTER) {
                    self.pointers.insert(blob);
                }
                let length = content.len();
                let (answers, waiting) = (&answers, &waiting);
                let look = move || {
                    let answer = (key, is_page.is_page(key.1, &content));
                    if let Ok(mut answers) = answers.lock() {
                        answers.push(answer);
                    }
                    waiting.fetch_sub(content.len(), Ordering::Relaxed);
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
