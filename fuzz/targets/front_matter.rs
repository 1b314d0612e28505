//! Whatever stands between two `---`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use respdiff::laws;
use respdiff::normalize::Names;

fuzz_target!(|data: &[u8]| {
    let data = &data[..data.len().min(laws::MOST)];
    let text = [b"---\n", data, b"\n---\n\n# Duties\n"].concat();
    laws::page(&text, &Names::builtin());
    laws::page(data, &Names::builtin());
});
