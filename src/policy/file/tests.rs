use super::*;

const WHOLE: &str = "\
version: 1
sources: [docs, ':!docs/drafts']
parties:
  Tenant: customer
  Auditor: other
placeholders: [Fill me in]
keyrefs: [names/keyref.yaml]
levels:
  - {kind: reworded, level: 'off'}
lint:
  - {code: cut-off, severity: error}
controls:
  - {area: 'Back*', task: All, ids: [cp-9, 'pci:12.8.5']}
  - {ids: sc-1}
provider: {name: Red Hat, spellings: [SRE]}
preset: [ccm, pci]
stamp: [ms.date, revdate]
asciidoc:
  files: [attributes/common.adoc]
  attributes: {rosa: true, osd: false, product: Skyvault}
gate:
  fail-on: scope
  unreadable: pass
";

#[test]
fn a_whole_policy_is_read_and_told() {
    let policy = Policy::read("respdiff.yaml", WHOLE, Whose::Repository).unwrap();
    assert_eq!(policy.parties["Auditor"], Party::Other("Auditor".to_owned()));
    assert_eq!(policy.fail_on, Some(Level::Scope));
    let again = Policy::read("respdiff.yaml", &policy.to_yaml(), Whose::Repository).unwrap();
    assert_eq!(again, policy);
    let default = Policy::default();
    let plain = Policy::read("x", &default.to_stored_yaml(), Whose::User).unwrap();
    assert_eq!(plain, Policy { origin: Some("x".to_owned()), ..default.clone() });
    assert_eq!(plain.differs_in(&default), [""; 0]);
    assert_eq!(plain.differs_in(&policy).len(), 12);
    let named = Policy { origin: Some("a\nb: c".to_owned()), ..policy.clone() };
    let again = Policy::read("respdiff.yaml", &named.to_yaml(), Whose::Repository).unwrap();
    assert_eq!(again, policy, "what it is called is a comment");
}

#[track_caller]
fn check(text: &str, message: &str) {
    let error = Policy::read("respdiff.yaml", text, Whose::Repository).unwrap_err();
    let told = format!("{error}; {}", error.advice().unwrap_or_default());
    assert!(told.starts_with(message), "{told}");
}

#[test]
fn slips_have_a_place_and_a_suggestion() {
    check("", "respdiff.yaml is empty; begin it with `version: 1`");
    check("sources: [docs]\n", "respdiff.yaml:1:1: missing key `version`");
    check(
        "version: 2\n",
        "respdiff.yaml:1:10: version: this version of respdiff does not support format 2",
    );
    check(
        "version: 1\nlevel: []\n",
        "respdiff.yaml:2:1: unknown key `level`; did you mean `levels`?",
    );
    check(
        "version: 1\nsources: docs\n",
        "respdiff.yaml:2:10: sources: expected a list, found \"docs\"",
    );
    check(
        "version: 1\nsources: [/etc]\n",
        "respdiff.yaml:2:11: sources[0]: the path `/etc` is absolute",
    );
    check(
        "version: 1\nlevels:\n  - level: 'off'\n    kind: movd\n",
        "respdiff.yaml:4:11: levels[0].kind: unknown value `movd`; did you mean `moved`?",
    );
    check(
        "version: 1\nparties: {Tenant: custmer}\n",
        "respdiff.yaml:2:19: parties.Tenant: unknown value `custmer`; did you mean `customer`?",
    );
    check(
        "version: 1\nlint: [{severity: error, code: cutoff}]\n",
        "respdiff.yaml:2:32: lint[0].code: unknown value `cutoff`; did you mean `cut-off`?",
    );
    check(
        "version: 1\nlevels: [{level: 'off', area: 'a[b'}]\n",
        "respdiff.yaml:2:31: levels[0].area: the pattern",
    );
}

#[test]
fn slips_in_controls_have_a_place() {
    let at = "respdiff.yaml:3:";
    let rule = |rule: &str, message: &str| {
        check(&format!("version: 1\ncontrols:\n  - {rule}\n"), &format!("{at}{message}"));
    };
    rule("{area: a, id: ac-2}", "15: controls[0]: unknown key `id`; did you mean `ids`?");
    rule("{area: a, ids: ''}", "20: controls[0].ids: a control id is empty");
    rule("{area: a, ids: [ac-2, '']}", "27: controls[0].ids[1]: a control id is empty");
    rule("{area: a, ids: []}", "20: controls[0].ids: no control id is given");
    rule("{area: a, ids: ' a'}", "20: controls[0].ids: the control id ` a` has spaces");
    rule("{area: a, ids: 'a;b'}", "20: controls[0].ids: a control id holds a semicolon");
    rule("{area: a}", "5: controls[0]: missing key `ids`");
    rule("{area: '', ids: a}", "12: controls[0].area: a pattern is empty");
}

#[test]
fn targets_are_the_user_s_own() {
    let text = "version: 1\nalert:\n  targets: []\n";
    check(text, "respdiff.yaml:3:3: alert: the policy of a repository cannot set alert targets");
    check(
        "version: 1\nalert: ~\n",
        "respdiff.yaml:2:8: alert: invalid type: unit value, expected no `alert`",
    );
    assert!(Policy::read("mine.yaml", text, Whose::User).is_ok());
}

#[test]
fn the_schema_takes_the_same_files() {
    let schema: serde_json::Value = serde_json::from_slice(&policy_schema().unwrap()).unwrap();
    let value = |text: &str| serde_yaml::from_str::<serde_json::Value>(text).unwrap();
    let whole = value(WHOLE);
    let fits = jsonschema::validate(&schema, &whole);
    assert!(fits.is_ok(), "{fits:?}");
    for bad in ["version: 2", "version: 1\nlevel: []", "version: 1\nalert: {}"] {
        assert!(!jsonschema::is_valid(&schema, &value(bad)), "{bad}");
    }
}
