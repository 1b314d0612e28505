//! A policy file, as a stranger's repository has it and as the user has it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use respdiff::laws;
use respdiff::policy::{Policy, Whose, alert, read};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(&data[..data.len().min(laws::MOST)]);
    let _ = read::read_yaml::<alert::UserConfig>("p", &text);
    let _ = alert::read_config("p", &text);
    let users = Policy::read("p", &text, Whose::User);
    let Ok(policy) = Policy::read("p", &text, Whose::Repository) else { return };
    assert!(users.is_ok_and(|users| users == policy), "the user's own is read otherwise");
    let written = policy.to_yaml();
    let mut again = Policy::read("p", &written, Whose::Repository);
    if let Ok(again) = &mut again {
        // the default is written, too
        assert!(policy.fail_on.is_none() || again.fail_on == policy.fail_on, "{written}");
        again.fail_on = policy.fail_on;
    }
    assert!(again.as_ref().is_ok_and(|again| *again == policy), "{written}{again:?} {policy:?}");
});
