//! How a run ended that did not fail.

/// How a run that did not fail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1: asked for with `--exit-code` or by `check`, and there is a change.
    Changed,
    /// Exit code 2: some of what was asked for could not be answered, and that was reported.
    Failed,
}

impl Outcome {
    /// How a run ended; `changed` counts where that was asked.
    pub(super) const fn from_changed(changed: bool) -> Self {
        if changed { Self::Changed } else { Self::Done }
    }
}
