//! A number over time as a row of bars, all rows of one report over the same time.

use chrono::{Days, NaiveDate};

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The time that the bars of a report cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    first: NaiveDate,
    last: NaiveDate,
}

impl Period {
    /// None where all is of one day: there is nothing to draw.
    pub(super) fn from_days(days: impl Iterator<Item = NaiveDate> + Clone) -> Option<Self> {
        let (first, last) = (days.clone().min()?, days.max()?);
        (first < last).then_some(Self { first, last })
    }

    /// One bar per column, between the least and the greatest value. `values` are in the order of
    /// days, each with the day since which it holds; a column without a value yet is blank.
    pub(super) fn draw_bars(self, values: &[(NaiveDate, usize)], columns: usize) -> String {
        let shown: Vec<Option<usize>> =
            (0..columns).map(|at| self.value_at(values, at, columns)).collect();
        let known = || shown.iter().flatten().copied();
        let (Some(least), Some(most)) = (known().min(), known().max()) else {
            return String::new();
        };
        if most == 0 {
            return String::new();
        }
        let bar = |value: &Option<usize>| {
            let Some(value) = value else { return ' ' };
            let level = match (value - least) * (BARS.len() - 1) {
                _ if most == least => 0,
                scaled => scaled.div_ceil(most - least),
            };
            BARS.get(level).copied().unwrap_or(' ')
        };
        shown.iter().map(bar).collect()
    }

    /// The value at a column's day: the first column has what there was to begin with, the last one
    /// what there is in the end.
    fn value_at(
        self,
        values: &[(NaiveDate, usize)],
        column: usize,
        columns: usize,
    ) -> Option<usize> {
        let days = u64::try_from((self.last - self.first).num_days()).unwrap_or(0);
        if column == 0 {
            return values
                .first()
                .filter(|(since, _)| *since <= self.first)
                .map(|(_, value)| *value);
        }
        let passed = days * column as u64 / (columns.max(2) - 1) as u64;
        let day = self.first.checked_add_days(Days::new(passed))?;
        values.iter().take_while(|(since, _)| *since <= day).last().map(|(_, value)| *value)
    }

    /// The first and the last day below the bars, years only where there is no room for days.
    pub(super) fn draw_axis(self, columns: usize) -> String {
        let form = if columns > 2 * "2024-05-31".len() { "%Y-%m-%d" } else { "%Y" };
        let (first, last) =
            (self.first.format(form).to_string(), self.last.format(form).to_string());
        let gap = columns.saturating_sub(first.len() + last.len()).max(1);
        format!("{first}{}{last}", " ".repeat(gap))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_first_bar_is_the_start_and_the_last_one_the_end() {
        let days = [day("2020-01-01"), day("2020-01-02"), day("2024-01-01")];
        let period = Period::from_days(days.into_iter()).unwrap();
        let values = [(days[0], 2), (days[0], 7), (days[1], 9), (days[2], 4)];
        assert_eq!(period.draw_bars(&values, 4), "▁██▃");
        assert_eq!(period.draw_bars(&values[2..], 4), " ██▁");
    }

    #[test]
    fn all_rows_are_as_long_as_their_axis() {
        let days = [day("2020-01-01"), day("2022-01-01"), day("2024-01-01")];
        let period = Period::from_days(days.into_iter()).unwrap();
        let values = [(days[0], 10), (days[1], 11), (days[2], 17)];
        assert_eq!(period.draw_bars(&values, 8), "▁▁▁▁▂▂▂█");
        assert_eq!(period.draw_bars(&values[1..], 8), "    ▁▁▁█");
        assert_eq!(period.draw_bars(&values[..1], 8), "▁▁▁▁▁▁▁▁");
        assert_eq!(period.draw_bars(&[(days[0], 0)], 8), "");
        assert_eq!(period.draw_axis(24), "2020-01-01    2024-01-01");
        assert_eq!(period.draw_axis(12), "2020    2024");
        assert_eq!(Period::from_days([days[0]].into_iter()), None);
    }
}
