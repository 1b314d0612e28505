//! What counts: the policy file, acknowledgements and baselines.

pub mod read;
