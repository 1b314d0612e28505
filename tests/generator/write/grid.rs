//! The overview: an owner a resource and area.

use super::Pen;
use crate::generator::model::{Grid, Holder};
use crate::generator::rng::Rng;
use crate::generator::truth::OVERVIEW;
use crate::generator::vocabulary::WORDS;

impl Pen<'_> {
    pub(super) fn grid(&mut self, grid: &Grid, rng: &mut Rng) {
        self.heading(2, OVERVIEW);
        self.tables += 1;
        let mut order: Vec<usize> = (0..grid.columns.len()).collect();
        if self.style.shuffled.columns {
            rng.shuffle(&mut order);
        }
        let linked = self.style.header.is_multiple_of(3);
        let mut header = vec!["Resource".to_owned()];
        for at in &order {
            let name = WORDS.columns[grid.columns[*at]];
            header.push(if linked { format!("[{name}](#area-{at})") } else { name.to_owned() });
        }
        self.pipe_row(&header, false);
        self.separator(header.len());
        for row in &grid.rows {
            let mut cells = vec![row.label.clone()];
            for at in &order {
                cells.push(self.grid_owner(row.owners[*at], linked));
            }
            self.pipe_row(&cells, false);
        }
        self.attributes("each resource");
        self.line("");
    }

    fn grid_owner(&mut self, owner: Option<Holder>, linked: bool) -> String {
        let name = match owner {
            None if self.style.empty.starts_with('N') => "N/A".to_owned(),
            None => String::new(),
            Some(Holder::Ibm) => self.spell.ibm(),
            Some(Holder::Shared) if linked => "[Shared](#area-0)".to_owned(),
            Some(Holder::Shared) => "Shared".to_owned(),
            Some(holder @ (Holder::Vendor | Holder::Partner)) => holder.written().to_owned(),
            Some(Holder::Customer) if self.style.header.is_multiple_of(2) => "Customer".to_owned(),
            Some(Holder::Customer) => "You".to_owned(),
        };
        owner.map_or(name.clone(), |owner| self.with_remarks(&name, owner))
    }
}
