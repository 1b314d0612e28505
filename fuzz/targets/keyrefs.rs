//! A table of names, and a page that asks for them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use respdiff::laws;
use respdiff::normalize::{Names, canonical};

const PAGE: &[u8] = b"| Task | IBM | You |\n|-|-|-|\n\
    | {{site.data.keyword.a}} | Keep {{site.data.keyword.b_notm}} and {{site.data.keyword.b_full}}. | Watch b. |\n";

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(&data[..data.len().min(laws::MOST)]);
    let Ok(names) = Names::builtin().overlaid(&text) else { return };
    laws::page(PAGE, &names);
    let again = names.overlaid(&text);
    assert!(again.is_ok_and(|again| canonical("keep a and b", &again) == canonical("keep a and b", &names)));
});
