//! Decides what counts and who is notified: the policy file, acknowledgements, baselines, targets of alerts.
//!
//! ```text
//! let policy = Policy::read("respdiff.yaml", &text, Whose::Repository)?;
//! let level = policy.level(&change, path);                  // none for `off`
//! ```

mod acks;
pub mod alert;
mod broken_yaml;
mod checksum;
mod controls;
mod effect;
mod file;
mod gate_key;
mod judge;
mod key_places;
mod level;
mod lint;
mod one_or_more;
mod other_pages;
mod pattern;
pub mod read;
mod snapshot;
mod value_forms;
mod version;
mod yaml_text;
mod yaml_words;

pub use acks::{ACKS, Ack, Acks};
pub use broken_yaml::BrokenYaml;
pub use controls::ControlRule;
pub use effect::once_accepted;
pub use file::{FILE, Policy, Whose, level_name, policy_schema};
pub use gate_key::Unreadable;
pub use judge::{Gate, Judgement};
pub use level::LevelRule;
pub use lint::LintRule;
pub use other_pages::{OtherPages, Preset, Provider};
pub use pattern::{Pathspec, RepositoryFile};
pub use snapshot::Snapshot;
pub use value_forms::{SecretSource, Sources, TextOrSource};

/// Whether a text begins as the files of a baseline do, of pages or of the policy.
#[must_use]
pub fn is_stored(text: &str) -> bool {
    Snapshot::is_ours(text) || Policy::is_stored(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_text_makes_a_reader_panic(text in "[a-z\\-:\\[\\]{}'\"#&*!|>~ü0-9 \n\t]{0,200}") {
            let whole = format!("version: 1\n{text}");
            for text in [&text, &whole] {
                let _ = Policy::read("p", text, Whose::Repository);
                let _ = Acks::read("a", text);
                let _ = Snapshot::read("s", &format!("{}{text}", snapshot::HEAD), &str::to_owned);
            }
        }
    }
}
