//! Whatever stands below a table's header.
#![no_main]

use libfuzzer_sys::fuzz_target;
use respdiff::laws;
use respdiff::normalize::Names;

fuzz_target!(|data: &[u8]| {
    let data = &data[..data.len().min(laws::MOST)];
    let head = b"## Area\n\n| Task | IBM responsibilities | Your responsibilities |\n|-|-|-|\n";
    laws::same(&laws::page(&[head, data].concat(), &Names::builtin()));
    let head = b"<table><tr><th>Task</th><th>IBM</th><th>You</th></tr>\n<tr><td>";
    laws::page(&[head, data].concat(), &Names::builtin());
    laws::two_columns(&String::from_utf8_lossy(data));
});
