//! A file of acknowledgements.
#![no_main]

use libfuzzer_sys::fuzz_target;
use respdiff::laws;
use respdiff::policy::Acks;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(&data[..data.len().min(laws::MOST)]);
    let Ok(acks) = Acks::read("a", &text) else { return };
    let written = acks.write().unwrap();
    let again = Acks::read("a", &written);
    assert!(again.as_ref().is_ok_and(|again| *again == acks), "{written}{again:?} {acks:?}");
});
