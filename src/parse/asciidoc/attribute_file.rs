//! Files of attributes, which a policy names.

use super::attributes::{Attributes, DocAttributes};
use super::condition::Conditions;
use super::include::Inclusion;
use super::lines::scan_lines;

impl DocAttributes {
    /// The same with what a file of attributes says. Of values under conditions that nothing
    /// decides, the one without a condition counts, else the first.
    #[must_use]
    pub fn with_file(self, text: &str) -> Self {
        let mut found = Attributes::new(&self);
        scan_lines(text, &mut found, &mut Conditions::default(), &mut Inclusion::new(None));
        let values = found.values();
        self.with_file_values(values)
    }
}
