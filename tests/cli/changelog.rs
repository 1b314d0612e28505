//! The head of the changelog is true.

#[test]
fn the_newest_version_is_the_package_s() {
    let changelog =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/CHANGELOG.md")).unwrap();
    let mut headings = changelog.lines().filter_map(|line| line.strip_prefix("## ["));
    assert!(headings.next().is_some_and(|heading| heading.starts_with("Unreleased]")));
    let newest = headings.next().and_then(|heading| heading.split(']').next());
    assert_eq!(newest, Some(env!("CARGO_PKG_VERSION")));
}
