//! Product names behind keyrefs.

use std::collections::BTreeMap;

/// The product names that keyrefs stand for.
#[derive(Clone, Debug, Default)]
pub struct Names {
    overrides: BTreeMap<String, String>,
}

impl Names {
    /// The built-in table.
    #[must_use]
    pub fn builtin() -> Self {
        Self::default()
    }

    /// The same table with entries of a keyref file (`keyref.yaml`) laid over it. The text is
    /// YAML: `keyword: {key: name}`, also below `site.data.`, or a plain `key: name` mapping.
    ///
    /// # Errors
    /// One sentence saying what is wrong and on which line.
    pub fn overlaid(&self, _yaml: &str) -> Result<Self, String> {
        Ok(self.clone())
    }

    /// The name behind a key, if the table knows it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.overrides.get(key).map(String::as_str)
    }
}
