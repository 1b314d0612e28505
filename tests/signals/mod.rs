//! Which signals end a program here.

/// Whether a signal does: who runs tests in the background has some ignored, and so have all
/// programs that the tests start.
pub(crate) fn ends_programs(number: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    ignored >> (number - 1) & 1 == 0
}
