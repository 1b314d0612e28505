//! A table of names, and a page that asks for them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use respdiff::laws;
use respdiff::normalize::{Names, canonical_text};

const PAGE: &[u8] = b"| Task | IBM | You |\n|-|-|-|\n\
    | {{site.data.keyword.a}} | Keep {{site.data.keyword.b_notm}} and {{site.data.keyword.b_full}}. | Watch b. |\n";

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(&data[..data.len().min(laws::MOST)]);
    let Ok(names) = Names::builtin().with_keyref_file(&text) else { return };
    laws::page(PAGE, &names);
    laws::names(PAGE, &Names::builtin(), &names);
    // what stands behind a form feed is another version of the table
    if let Some((before, after)) = text.split_once('\x0c')
        && let (Ok(old), Ok(new)) =
            (Names::builtin().with_keyref_file(before), Names::builtin().with_keyref_file(after))
    {
        laws::names(PAGE, &old, &new);
        laws::names(&in_utf16(PAGE), &old, &new);
    }
    let again = names.with_keyref_file(&text);
    assert!(again.is_ok_and(|again| canonical_text("keep a and b", &again) == canonical_text("keep a and b", &names)));
});

/// The page as an editor on Windows may save it.
fn in_utf16(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}
