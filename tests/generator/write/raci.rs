//! A row a duty, with roles that say who does it: in a column a party, in a column a role, or
//! all in one cell.

use super::Pen;
use crate::generator::habits::{RoleLayout, Roles};
use crate::generator::model::{Area, Duty, Holder};
use crate::generator::rng::Rng;

const PARTY_HEADERS: [(&str, &str); 4] = [
    ("<ibm>", "Customer"),
    ("<ibm>", "Client"),
    ("<ibm> responsibility", "Your responsibility"),
    ("<ibm>", "You"),
];

/// What stands in the cell of who is responsible, and in the other's.
type Spelling = (&'static [&'static str], &'static [&'static str]);

const fn spelling(roles: Roles) -> Spelling {
    match roles {
        Roles::Letters => (&["R", "R", "R, A", "A, R"], &["I", "C", "C, I", "A"]),
        Roles::Slashes => (&["R", "R/A", "A/R", "R / A"], &["I", "C/I", "A"]),
        Roles::Together => (&["R", "RA", "AR", "RAI"], &["I", "CI", "C", "A"]),
        Roles::Bold => (&["**R**", "**RA**", "**R/A**", "*R*"], &["I", "*C*", "**C**, I"]),
        Roles::Words => (
            &["Responsible", "Responsible and accountable", "Responsible/Accountable"],
            &["Informed", "Consulted", "Consulted and informed", "Accountable"],
        ),
        Roles::More => (&["R, A, O", "R, S", "R/V", "RAQ"], &["C, I", "S", "V", "O, I"]),
        Roles::Small => (&["r", "r/a", "ra"], &["c", "i", "c/i"]),
    }
}

impl Pen<'_> {
    pub(super) fn raci(&mut self, area: &Area, rng: &mut Rng) {
        let duties: Vec<&Duty> = area.rows.iter().flat_map(|row| &row.duties).collect();
        let layout = self.style.habits.role_layout;
        let header = match layout {
            RoleLayout::Parties => {
                let (ibm, customer) = PARTY_HEADERS[self.style.header % PARTY_HEADERS.len()];
                let mut names = [self.spell.plain(ibm), customer.to_owned()];
                if self.style.customer_first {
                    names.reverse();
                }
                let [first, second] = names;
                vec!["Activity".to_owned(), first, second]
            }
            RoleLayout::Roles => {
                let roles = ["Activity", "Who is responsible (R)", "Who is accountable (A)"];
                roles.map(str::to_owned).to_vec()
            }
            RoleLayout::OneCell => vec!["Activity".to_owned(), "RACI".to_owned()],
        };
        self.pipe_row(&header, false);
        self.separator(header.len());
        for duty in duties {
            let mut cells = vec![self.duty(duty, false)];
            match layout {
                RoleLayout::Parties => cells.extend(self.roles_of_parties(duty.holder, rng)),
                RoleLayout::Roles => {
                    cells.push(self.owner(duty.holder));
                    cells.push((*rng.pick(&["n/a", "IBM", "Customer"])).to_owned());
                }
                RoleLayout::OneCell => cells.push(self.roles_in_one(duty.holder, rng)),
            }
            self.pipe_row(&cells, false);
        }
        self.attributes(&area.heading);
    }

    fn roles_of_parties(&mut self, holder: Holder, rng: &mut Rng) -> [String; 2] {
        let mut cells = [Holder::Ibm, Holder::Customer].map(|party| {
            let role = self.role(holder == party || holder == Holder::Shared, rng);
            self.with_note(role)
        });
        if self.style.customer_first {
            cells.reverse();
        }
        cells
    }

    /// "IBM (R/A), Customer (C)" or "R: IBM, C: Customer".
    fn roles_in_one(&mut self, holder: Holder, rng: &mut Rng) -> String {
        let brackets = self.style.header.is_multiple_of(2);
        let mut parts = [Holder::Ibm, Holder::Customer].map(|party| {
            let role = self.role(holder == party || holder == Holder::Shared, rng);
            // behind a name a lone S reads as a possessive
            let role = if role == "S" { "C" } else { role };
            let name = if party == Holder::Ibm { self.spell.ibm() } else { "Customer".to_owned() };
            if brackets { format!("{name} ({role})") } else { format!("{role}: {name}") }
        });
        if holder == Holder::Customer {
            parts.reverse();
        }
        parts.join(if brackets { ", " } else { "; " })
    }

    fn role(&self, responsible: bool, rng: &mut Rng) -> &'static str {
        let (own, other) = spelling(self.style.habits.roles);
        let of: &[&'static str] = if responsible { own } else { other };
        let role: &&'static str = rng.pick(of);
        role
    }
}
