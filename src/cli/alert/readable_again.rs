//! Pages that new names in a repository's policy made readable again.

use crate::error::Result;
use crate::history::{Point, Repository, Revision};
use crate::model::Sides;
use crate::policy::FILE;
use crate::report::DocumentReport;
use crate::timeline::{self, NamesTable};

use super::watch::RepositoryWatch;

impl RepositoryWatch {
    /// What could not be read by the names that the repository had at a commit, but can be now.
    pub(super) fn editions_readable_again(
        &self,
        repository: &Repository,
        base: &Revision,
        tip: &Revision,
    ) -> Result<Vec<DocumentReport>> {
        let point = Point::Commit(base.clone());
        let policy_at = |point: &Point| {
            let file = repository.read_setting(point, FILE);
            file.map(|file| file.map(|file| file.text))
        };
        // hardly any run has to read all files
        if policy_at(&point)? == policy_at(&Point::Commit(tip.clone()))? {
            return Ok(Vec::new());
        }
        // a policy that could not be used stopped the run that read it
        let Ok(before) = self.own_names.policy.with_names_of(repository, &point) else {
            return Ok(Vec::new());
        };
        let before = self.own_names.under_policy(before, repository).at_point(&point);
        let now = self.keyrefs.of_repository(repository);
        let (old, new) = (
            |tables: &[NamesTable]| before.names_with(tables),
            |tables: &[NamesTable]| now.names_with(tables),
        );
        let filter = self.keyrefs.path_filter(repository, &[])?;
        timeline::editions_readable_again(repository, base, &filter, Sides::new(&old, &new))
    }
}
