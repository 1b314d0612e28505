//! A page as it was stored.
#![no_main]

use libfuzzer_sys::fuzz_target;
use respdiff::laws;
use respdiff::normalize::{Names, canonical_text};
use respdiff::policy::Snapshot;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(&data[..data.len().min(laws::MOST)]);
    let names = Names::builtin();
    let words = |text: &str| canonical_text(text, &names);
    let Ok(stored) = Snapshot::read("s", &format!("{HEAD}{text}"), &words) else { return };
    let written = stored.write().unwrap();
    let again = Snapshot::read("s", &written, &words);
    assert!(again.as_ref().is_ok_and(|again| *again == stored), "{written}{again:?} {stored:?}");
    laws::same(&stored.document);
});

/// What any of them begins with: the rest is what a stranger may change.
const HEAD: &str = "\
# A page as it was accepted. Written by `respdiff snapshot`, renewed by `respdiff snapshot --accept`
# after review, compared by `respdiff check --baseline`.
format: respdiff.snapshot/1
";
