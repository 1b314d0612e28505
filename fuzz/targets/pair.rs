//! Two versions of a page, with a form feed between them; without one, a page and half of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use respdiff::laws;
use respdiff::normalize::Names;

fuzz_target!(|data: &[u8]| {
    let data = &data[..data.len().min(laws::MOST)];
    let names = Names::builtin();
    let cut = data.iter().position(|byte| *byte == b'\x0c');
    let (old, new) = match cut {
        Some(cut) => (&data[..cut], &data[cut + 1..]),
        None => (data, &data[..data.len() / 2]),
    };
    let (old, new) = (laws::page(old, &names), laws::page(new, &names));
    laws::same(&old);
    laws::same(&new);
    laws::mirror(&old, &new);
    laws::order(&old, &new);
    laws::company(&old, &new);
    laws::holders(&old, &new);
    // it makes long pages of these
    if data.len() % 16 == 0 {
        laws::time(&old, &new, 60_000);
    }
});
