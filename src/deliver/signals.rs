//! Signals that end a run: unfinished files are removed, then the run ends by the signal, so that
//! the calling process sees which one it was (130 and 143 in a shell).

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a pager runs, whose own Ctrl-C is.
static PAGED: AtomicBool = AtomicBool::new(false);
static MINDED: Once = Once::new();

/// From now on Ctrl-C is the pager's, which may only leave a search with it: as git does, wait for
/// it to end.
pub(super) fn leave_interrupts_to_pager() {
    PAGED.store(true, Ordering::SeqCst);
    install_handlers();
}

/// Minds signals from now on. A run that writes no file needs none of it.
pub(super) fn install_handlers() {
    MINDED.call_once(listen);
}

#[cfg(unix)]
fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// A file that exceeds the user's size limit is then a write error, which is reported.
    const SIGXFSZ: i32 = 25;

    // where it cannot listen a signal ends the run as ever
    let _ = signal_hook::flag::register(SIGXFSZ, std::sync::Arc::new(AtomicBool::new(false)));
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT]) else { return };
    std::thread::spawn(move || {
        for signal in &mut signals {
            if signal == SIGINT && PAGED.load(Ordering::SeqCst) {
                continue;
            }
            let _stopped = super::process_group::stop_all();
            let _held = super::unfinished::remove_all();
            // ends the process
            let _ = emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
fn listen() {}
