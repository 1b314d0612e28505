//! Several duties in one cell.

use std::fmt::Write as _;

use super::Pen;
use crate::generator::model::{Duty, Holder, Text};
use crate::generator::rng::Rng;
use crate::generator::style::Cut;

impl Pen<'_> {
    /// The cell of one party in one row.
    pub(super) fn cell(&mut self, duties: &[&Duty], holder: Holder, rng: &mut Rng) -> String {
        if duties.is_empty() {
            return self.style.empty.to_owned();
        }
        let cut = if self.style.cut == Cut::Mixed {
            *rng.pick(&[
                Cut::Sentences,
                Cut::Break("<br>"),
                Cut::Ul,
                Cut::Dashes,
                Cut::Stars,
                Cut::Numbers,
                Cut::Lines,
            ])
        } else {
            self.style.cut
        };
        let cut = if duties.len() == 1 && !self.style.lone_item { Cut::Sentences } else { cut };
        let whole = cut == Cut::Sentences;
        let has_items = matches!(cut, Cut::Ul | Cut::Dashes | Cut::Stars | Cut::Numbers);
        if let Some(cell) = has_items.then(|| self.behind_sentence(duties, holder, cut)).flatten() {
            return cell;
        }
        let texts: Vec<String> =
            duties.iter().map(|duty| self.duty(duty, whole && duties.len() > 1)).collect();
        let lead = has_items && self.style.lead && rng.chance(60);
        let lead = if lead { self.lead(holder) } else { String::new() };
        self.join(&texts, cut, &lead)
    }

    /// A duty's text in the style; sentences that others follow keep their period.
    pub(super) fn duty(&mut self, duty: &Duty, keep_period: bool) -> String {
        let mut text = match &duty.text {
            Text::Reference(title) => {
                let title = self.spell.plain(title);
                format!("See [{title}](/docs/guide?topic=guide-more).")
            }
            Text::Double(first, second) => {
                let first = self.spell.dressed(&first.text());
                format!("{first} {}", self.spell.dressed(&second.text()))
            }
            Text::Built(_) | Text::Generic(_) => self.spell.dressed(&duty.text.text()),
        };
        let cut_finer = matches!(duty.text, Text::Double(..));
        if !self.style.final_period && !keep_period && !cut_finer && text.ends_with('.') {
            text.pop();
        }
        self.with_footnote(text)
    }

    pub(super) fn join(&self, texts: &[String], cut: Cut, lead: &str) -> String {
        let bullets = |sign: &str| {
            let mut cell = lead.to_owned();
            for (at, text) in texts.iter().enumerate() {
                if at > 0 || !lead.is_empty() || self.style.leading_break {
                    cell.push_str(" \\n ");
                }
                if sign == "1." {
                    let _ = write!(cell, "{}. {text}", at + 1);
                } else {
                    let _ = write!(cell, "{sign} {text}");
                }
            }
            cell.trim_start().to_owned()
        };
        match cut {
            Cut::Sentences | Cut::Mixed => texts.join(" "),
            Cut::Break(tag) => texts.join(tag),
            Cut::Ul => {
                let items: Vec<String> =
                    texts.iter().map(|text| format!("<li>{text}</li>")).collect();
                format!("{lead}<ul>{}</ul>", items.concat())
            }
            Cut::Dashes => bullets("-"),
            Cut::Stars => bullets("*"),
            Cut::Numbers => bullets("1."),
            Cut::Lines => texts.join(" \\n "),
        }
    }
}
