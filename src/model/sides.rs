//! Both sides of a comparison, as one type.

/// Which side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The earlier one.
    Old,
    /// The later one.
    New,
}

impl Side {
    /// The other one.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}

/// A pair of the same thing, before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sides<T> {
    /// Before.
    pub old: T,
    /// After.
    pub new: T,
}

impl<T> Sides<T> {
    /// A pair of both sides.
    pub const fn new(old: T, new: T) -> Self {
        Self { old, new }
    }

    /// What a function gives for each side.
    pub fn from_fn(mut f: impl FnMut(Side) -> T) -> Self {
        Self { old: f(Side::Old), new: f(Side::New) }
    }

    /// A pair by one of its sides.
    pub fn from_side(side: Side, own: T, other: T) -> Self {
        match side {
            Side::Old => Self { old: own, new: other },
            Side::New => Self { old: other, new: own },
        }
    }

    /// Each side with the same side of another pair.
    pub fn zip<U>(self, other: Sides<U>) -> Sides<(T, U)> {
        Sides { old: (self.old, other.old), new: (self.new, other.new) }
    }

    /// Applies one function to both sides.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Sides<U> {
        Sides { old: f(self.old), new: f(self.new) }
    }

    /// Both sides, borrowed.
    pub const fn as_ref(&self) -> Sides<&T> {
        Sides { old: &self.old, new: &self.new }
    }

    /// The sides exchanged.
    #[must_use]
    pub fn swap(self) -> Self {
        Self { old: self.new, new: self.old }
    }

    /// One side.
    pub const fn get(&self, side: Side) -> &T {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }

    /// One side, to change it.
    pub const fn get_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Old => &mut self.old,
            Side::New => &mut self.new,
        }
    }
}
