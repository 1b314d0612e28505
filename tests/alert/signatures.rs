//! Signatures, as receivers check them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use super::answers::good;
use super::docs::Docs;
use super::server::Server;
use super::{KEY, alert, configure, stderr};

const OLD_KEY: &str = "whsec_c2t5dmF1bHQtc2t5dmF1bHQtc2t5dmF1bHQtMTIz";

/// Reads `[{secret, headers, body, good}]` and says of each whether it was taken.
const CHECK: &str = "
import json, sys
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
for case in json.load(sys.stdin):
    try:
        Webhook(case['secret']).verify(case['body'], case['headers'])
        print('taken')
    except WebhookVerificationError as error:
        print('refused')
";

#[test]
fn the_reference_library_takes_our_signatures() {
    let docs = Docs::new(3);
    let server = Server::new(&[("/hook", good)]);
    std::fs::write(docs.home().join("old.key"), format!("{OLD_KEY}\n")).unwrap();
    configure(
        docs.home(),
        &[format!(
            "    - {{name: hook, type: webhook, url: '{}', secret: [{{env: HOOK_KEY}}, \
         {{file: old.key}}], filters: {{level: wording}}, allow_private: true, allow_http: true}}\n",
            server.url("http", "/hook")
        )],
    );
    assert!(alert(docs.home(), &[]).status().unwrap().success());
    docs.publish(3);
    let output = alert(docs.home(), &[]).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let got = server.got("/hook");
    assert_eq!(got.len(), 3);
    for message in &got {
        assert_eq!(message.headers["content-type"], "application/json");
        assert_eq!(message.headers["webhook-signature"].split(' ').count(), 2);
        assert!(message.body.len() < 20_000);
    }
    let Some(python) = library() else {
        println!("skipped: the library standardwebhooks cannot be had here");
        return;
    };
    let mut cases = Vec::new();
    for message in &got {
        for secret in [KEY, OLD_KEY] {
            let (headers, body) = (&message.headers, &message.body);
            cases.push(json!({"secret": secret, "headers": headers, "body": body}));
            let other = body.replacen("moved", "Moved", 1);
            cases.push(json!({"secret": secret, "headers": headers, "body": other}));
        }
    }
    let told = tell(&python, &serde_json::to_string(&cases).unwrap());
    assert_eq!(told, "taken\nrefused\n".repeat(6));
}

/// A Python that has the library, put beside the build once.
fn library() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("standardwebhooks");
    let python = folder.join("bin/python");
    let runs = |program: &Path, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().ok()?;
        output.status.success().then_some(())
    };
    let import = ["-c", "import standardwebhooks"];
    if runs(&python, &import).is_none() {
        runs(Path::new("python3"), &["-m", "venv", folder.to_str()?])?;
        runs(&python, &["-m", "pip", "install", "--quiet", "standardwebhooks==1.0.1"])?;
        runs(&python, &import)?;
    }
    Some(python)
}

fn tell(python: &Path, cases: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases");
    std::fs::write(&path, cases).unwrap();
    let input = std::fs::File::open(&path).unwrap();
    let output = Command::new(python).args(["-c", CHECK]).stdin(input).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}
