//! Whatever stands in a cell, of a pipe table and of an HTML one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use respdiff::laws;
use respdiff::normalize::{Names, canonical_text};

fuzz_target!(|data: &[u8]| {
    let data = &data[..data.len().min(laws::MOST)];
    let text = String::from_utf8_lossy(data);
    let names = Names::builtin();
    let once = canonical_text(&text, &names);
    assert!(canonical_text(&once, &names) == once, "normalizing twice differs");
    laws::see_to_it(&text);
    let line: Vec<u8> = data.iter().map(|byte| if *byte == b'\n' { b' ' } else { *byte }).collect();
    let pipes = [b"| Task | IBM | You |\n|-|-|-|\n| Keys | ", &*line, b" | |\n"].concat();
    laws::page(&pipes, &names);
    let html = [
        b"<table><tr><th>Task</th><th>IBM</th><th>You</th></tr><tr><td>Keys</td><td>",
        data,
        b"</td><td></td></tr></table>\n",
    ]
    .concat();
    laws::page(&html, &names);
});
