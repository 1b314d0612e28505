//! Configurations that are read, and those that are not.

use super::super::SecretSource;
use super::*;

#[track_caller]
fn refused(text: &str, expected: &str) {
    let error = read_config("config.yaml", text).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn every_key_is_understood() {
    let text = "
policy: {other: keys}
alert:
  state: alert.sqlite
  fetch: true
  repositories:
    - {path: docs/skyvault, name: skyvault, branch: origin/main, timeout: 1h}
  targets:
    - name: ops
      type: webhook
      url: https://hooks.example.com/respdiff
      secret: [{env: NEW}, {file: old.key}]
      filters: {level: scope, party: [customer], area: [Backup], document: ['*.md'], repository: [sky]}
      allow_private: true
      allow_http: true
      proxy: true
      timeout: 300ms
      retries: [5s, 2h, 1d]
    - {name: chat, type: slack, url: {env: SLACK_URL}}
    - {name: pipe, type: command, command: [notify, --json]}
    - {name: feed, type: feed, file: feed.xml, url: 'https://docs.example/sky', entries: 9}
    - {name: mail, type: mail, from: a@b.example, to: 'c@d.example, e@f.example', smtp: {host: mx, port: 25, tls: none}}
    - {name: print, type: stdout, format: text}
";
    let config = read_config("config.yaml", text).unwrap();
    assert_eq!(config.repositories[0].timeout, Some(Duration::from_secs(3_600)));
    let ops = &config.targets[0];
    assert_eq!(ops.timeout, Some(Duration::from_millis(300)));
    assert_eq!(ops.retries.as_ref().unwrap()[2], Duration::from_secs(86_400));
    assert_eq!(ops.filters.level.to_level(), Level::Scope);
    assert_eq!(ops.secret.as_ref().unwrap().0.len(), 2);
    assert_eq!(config.targets[1].filters.level.to_level(), Level::Boundary);
    assert!(
        matches!(&config.targets[1].url, Some(TextOrSource::Kept(SecretSource::Env(name))) if name == "SLACK_URL")
    );
}

#[test]
fn a_secret_in_the_wrong_place_is_not_repeated() {
    for secret in ["whsec_abc", "[whsec_abc]", "{env: whsec_abc}", "{env: 'whsec abc/+'}"] {
        let text = format!(
            "alert: {{targets: [{{name: a, type: webhook, url: 'https://a.example', secret: {secret}}}]}}"
        );
        let error = read_config("config.yaml", &text).unwrap_err().to_string();
        assert!(!error.contains("whsec"), "{error}");
        assert!(error.contains("secret") || error.contains("OPS_KEY"), "{error}");
    }
}

#[test]
fn what_cannot_be_is_refused() {
    refused("targets: []", "has no `alert:`");
    refused("alert: {targets: []}", "names no target: `targets` is empty");
    refused("alert: {targets: [{name: a, type: feed, file: x}]}", "`url` is missing");
    refused("alert: {targets: [{name: a, type: feed, url: x}]}", "`file` is missing");
    refused(
        "alert: {targets: [{name: a, type: feed, url: x, file: y, entries: 0}]}",
        "`entries` is 0",
    );
    refused("alert: {targets: [{name: a, type: stdout, entries: 9}]}", "`entries` is not used");
    refused("alert: {target: []}", "target");
    refused("alert: {targets: {}}", "alert.targets: expected a list, found a mapping");
    refused("alert: []", "alert: expected a mapping");
    refused("alert: {targets: [stdout]}", "alert.targets[0]: ");
    refused("alert: {targets: [{name: a, type: mail, to: b@c.d}]}", "`from` is missing");
    refused("alert: {targets: [{name: a, type: mail, from: b@c.d}]}", "`to` is missing");
    refused("alert: {targets: [{name: a, type: stdout, smtp: {host: x}}]}", "`smtp` is not used");
    refused(
        "alert: {targets: [{name: a, type: mail, from: a@b.c, to: a@b.c, sendmail: x, smtp: {host: x}}]}",
        "both given",
    );
    refused("alert: {targets: [{name: a, type: pigeon}]}", "pigeon");
    refused(
        "alert: {targets: [{name: a, type: webhook, url: 'https://a.example'}]}",
        "`secret` is missing",
    );
    refused("alert: {targets: [{name: a, type: stdout, url: x}]}", "`url` is not used");
    refused("alert: {targets: [{name: a b, type: stdout}]}", "not valid");
    refused("alert: {targets: [{name: a, type: stdout}, {name: a, type: stdout}]}", "two targets");
    refused("alert: {targets: [{name: a, type: command, command: []}]}", "`command` is empty");
    refused(
        "alert: {targets: [{name: a, type: stdout, timeout: soon}]}",
        "config.yaml:1:52: alert.targets[0].timeout: `soon` is not a duration",
    );
    refused(
        "alert: {targets: [{name: a, type: stdout, timeout: [20s]}]}",
        "alert.targets[0].timeout: expected a duration such as 20s, found a list",
    );
    refused(
        "alert: {targets: [{name: a, type: slack, url: x, retries: [5s, soon]}]}",
        "alert.targets[0].retries[1]: `soon` is not a duration",
    );
    refused("alert: {state: [x], targets: []}", "alert.state: expected a path, found a list");
    refused(
        "alert: {targets: [{name: a, type: mail, smtp: {host: h, port: 99999}}]}",
        "smtp.port: expected a number from 0 to 65535, found `99999`",
    );
    refused("alert: {targets: [{name: a, type: slack, url: {enf: X}}]}", "enf");
}

#[test]
fn the_schema_takes_the_same_files() {
    let schema: serde_json::Value = serde_json::from_slice(&alert_schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let takes = |text: &str| {
        let value: serde_json::Value = serde_yaml::from_str(text).unwrap();
        validator.is_valid(&value)
    };
    assert!(takes("{version: 1, alert: {targets: [{name: a, type: stdout, format: text}]}}"));
    assert!(takes("{alert: {targets: [{name: a, type: slack, url: {env: X}, timeout: 5s}]}}"));
    assert!(!takes("{alert: {targets: [{name: a, type: pigeon}]}}"));
    assert!(!takes("{alert: {target: []}}"));
}

#[test]
fn a_key_that_stands_twice_is_named_with_both_places() {
    for (text, expected) in [
        (
            "alert:\n  fetch: true\n  targets: []\n  fetch: false\n",
            "config.yaml:4:3: alert: key `fetch` appears twice, first on line 2",
        ),
        (
            "alert:\n  targets:\n    - name: a\n      type: stdout\n      name: b\n",
            "config.yaml:5:7: alert.targets[0]: key `name` appears twice, first on line 3",
        ),
        (
            "alert:\n  targets:\n    - {name: a, type: slack,\n       url: {env: A, env: B}}\n",
            "config.yaml:4:22: alert.targets[0].url: key `env` appears twice, first in column 14",
        ),
        ("alert: {}\nalert: {}\n", "config.yaml:2:1: key `alert` appears twice, first on line 1"),
    ] {
        refused(text, expected);
    }
}
