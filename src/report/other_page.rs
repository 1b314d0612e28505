//! A page that has the duties of a removed page, too.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Party, Sides};

/// More duties than this are counted, not quoted.
const QUOTED: usize = 3;

/// A page that has duties of another page, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherPage {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// How many of the duties it has.
    pub duties: usize,
    /// The duties that it gives to another party.
    pub given_to_others: Vec<GivenDuty>,
}

/// A duty of a removed page that another page gives to another party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GivenDuty {
    /// Who had it on the removed page, and who has it on the other one.
    pub party: Sides<Party>,
    /// Its words.
    pub text: String,
}

impl OtherPage {
    /// Which duties it gives to whom, as in `1 is IBM's there: "Back up the data."`; none if it gives
    /// all of them to the party that had them.
    #[must_use]
    pub fn given_text(&self) -> Option<String> {
        let mut parties: Vec<(&Party, Vec<&str>)> = Vec::new();
        for given in &self.given_to_others {
            match parties.iter_mut().find(|(party, _)| *party == &given.party.new) {
                Some((_, texts)) => texts.push(&given.text),
                None => parties.push((&given.party.new, vec![&given.text])),
            }
        }
        let each = parties.into_iter().map(|(party, texts)| {
            let verb = if texts.len() == 1 { "is" } else { "are" };
            let quoted: Vec<String> =
                texts.iter().take(QUOTED).map(|text| format!("\"{text}\"")).collect();
            let more = match texts.len().saturating_sub(QUOTED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let (count, whose) = (texts.len(), party.possessive());
            format!("{count} {verb} {whose} there: {}{more}", quoted.join(", "))
        });
        let each: Vec<String> = each.collect();
        (!each.is_empty()).then(|| each.join("; "))
    }
}
