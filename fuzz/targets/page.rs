//! A whole page.
#![no_main]

use libfuzzer_sys::fuzz_target;
use respdiff::laws;
use respdiff::normalize::Names;

fuzz_target!(|data: &[u8]| {
    let data = &data[..data.len().min(laws::MOST)];
    let page = laws::page(data, &Names::builtin());
    if !page.matrices.is_empty() {
        laws::same(&page);
    }
});
