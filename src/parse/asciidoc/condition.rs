//! Conditions (`ifdef`, `ifndef`, `ifeval`) that nothing decides: their lines are read, and carry
//! them.

/// The condition of a line; 0 for none.
pub(super) type ConditionId = usize;

/// Deeper ones are read without their conditions.
const DEEPEST: usize = 16;

#[derive(Debug)]
struct NestedCondition {
    /// As people read it: "if rosa".
    text: String,
    outer: ConditionId,
    depth: usize,
}

/// All conditions of a page.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    all: Vec<NestedCondition>,
}

impl Conditions {
    /// A condition within another one; the same words within the same one are the same condition.
    pub(super) fn add_condition(&mut self, text: String, outer: ConditionId) -> ConditionId {
        const RECENT: usize = 64;
        let depth = 1 + self.get(outer).map_or(0, |outer| outer.depth);
        if depth > DEEPEST || self.with_outer(outer).any(|known| self.is(known, &text)) {
            return outer;
        }
        let recent = self.all.len().saturating_sub(RECENT);
        let same = |found: &&NestedCondition| found.outer == outer && found.text == text;
        if let Some(at) = self.all[recent..].iter().position(|found| same(&found)) {
            return recent + at + 1;
        }
        self.all.push(NestedCondition { text, outer, depth });
        self.all.len()
    }

    fn get(&self, id: ConditionId) -> Option<&NestedCondition> {
        self.all.get(id.checked_sub(1)?)
    }

    fn is(&self, id: ConditionId, text: &str) -> bool {
        self.get(id).is_some_and(|known| known.text == text)
    }

    /// A condition and those around it, from the inside out.
    fn with_outer(&self, id: ConditionId) -> impl Iterator<Item = ConditionId> + '_ {
        let outer = |id: &ConditionId| self.get(*id).map(|found| found.outer);
        std::iter::successors(Some(id), outer).filter(|id| *id > 0)
    }

    /// Whether a line under one condition is there wherever another one holds.
    pub(super) fn holds_within(&self, id: ConditionId, inner: ConditionId) -> bool {
        id == 0 || id == inner || self.with_outer(inner).any(|known| known == id)
    }

    /// All of a condition, as a section's name.
    pub(super) fn full_text(&self, id: ConditionId) -> String {
        let mut texts: Vec<&str> =
            self.with_outer(id).filter_map(|id| Some(self.get(id)?.text.as_str())).collect();
        texts.reverse();
        texts.join(", ")
    }
}

/// What an `ifdef` asks.
pub(super) struct IfdefTest<'t> {
    pub(super) name: &'t str,
    pub(super) target: &'t str,
}

impl IfdefTest<'_> {
    pub(super) fn attribute_names(&self) -> impl Iterator<Item = &str> {
        const MOST: usize = 64;
        self.target.split(['+', ',']).map(str::trim).filter(|name| !name.is_empty()).take(MOST)
    }

    /// As people read it.
    pub(super) fn text(&self) -> String {
        let names: Vec<&str> = self.attribute_names().collect();
        let names = names.join(if self.target.contains('+') { " and " } else { " or " });
        let word = if self.name == "ifdef" { "if" } else { "unless" };
        format!("{word} {names}")
    }
}
