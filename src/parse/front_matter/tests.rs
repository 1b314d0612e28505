use super::*;

fn parse(text: &str) -> (FrontMatter, usize, Vec<Notice>) {
    read_front_matter(&text.split('\n').collect::<Vec<_>>())
}

#[track_caller]
fn check(text: &str, date: &str, years: &str, notices: usize) {
    let (fields, _, told) = parse(text);
    assert_eq!(fields.last_updated.map(|f| f.0).unwrap_or_default(), date, "{text}");
    assert_eq!(fields.years.map(|f| f.0).unwrap_or_default(), years, "{text}");
    assert_eq!(told.len(), notices, "{text}\n{told:?}");
}

#[test]
fn the_usual_block() {
    let text = "---\n\ncopyright:\n  years: 2019, 2025\nlastupdated: \"2025-01-02\"\n\n\
                subcollection: skyvault\n\n---\n# T";
    let (fields, body, notices) = parse(text);
    assert_eq!(fields.last_updated, Some(("2025-01-02".to_owned(), 5)));
    assert_eq!(fields.years, Some(("2019, 2025".to_owned(), 4)));
    assert_eq!(fields.subcollection.as_deref(), Some("skyvault"));
    assert_eq!((body, notices.len()), (9, 0));
}

#[test]
fn years_in_every_form() {
    check("---\ncopyright:\n years: 2019\n---", "", "2019", 0);
    check("---\ncopyright:\n  years: [2019, 2020]\n---", "", "2019, 2020", 0);
    check("---\ncopyright:\n  years:\n  - 2019\n  - \"2020\"\n---", "", "2019, 2020", 0);
    check("---\ncopyright:\n  years: 2020, \n---", "", "2020,", 0);
    check("---\ncopyright:\n  years:2019\n---", "", "2019", 0);
    check("---\ncopyright: \"2023, 2024\"\n---", "", "2023, 2024", 0);
    check("---\ncopyright:\n  years: 2019, 2020, 2021\n---", "", "2019, 2020, 2021", 0);
    check("---\ncopyright:\n  years: \"2025\", \"2025\"\n---", "", "2025, 2025", 1);
}

#[test]
fn broken_blocks_are_read_by_line_and_told() {
    check(
        "---\nkeywords: {{site.data.keyword.x}} , y\nlastupdated: \"2020-02-03\"\n---",
        "2020-02-03",
        "",
        1,
    );
    check(
        "copyright:\n  years: 2020\nlastupdated: \"2020-02-03\"\n---\n# T",
        "2020-02-03",
        "2020",
        1,
    );
    check("\n---\nlastupdated: “2020-02-03”\n---\n", "2020-02-03", "", 0);
    check(
        "---\nsubcollection: a\nsubcollection: b\nlastupdated: 2020-02-03\n---",
        "2020-02-03",
        "",
        1,
    );
    check("---\nlastupdated: 2020-02-03\n\n# Title\n", "2020-02-03", "", 1);
    check("---\nlastupdated: [{LAST_UPDATED_DATE}]\n---", "[{LAST_UPDATED_DATE}]", "", 0);
}

#[test]
fn comments_belong_to_yaml() {
    check(
        "---\n# Use if asked.\ncopyright:\n  years: 2020 # first\n# Or:\n# lastupdated: 1\n\
         lastupdated: 2020-02-03\n## End\n---\n# T\n\nSome words\n\n---\n",
        "2020-02-03",
        "2020",
        0,
    );
    // no closing fence: the title is no comment
    let text = "---\nlastupdated: 2020-02-03\n\n# Title\n\nSome words\n\n---\nMore\n";
    let (_, body, told) = parse(text);
    assert_eq!((body, told.len()), (3, 1));
    let text = "---\n# About\nlastupdated: 2020-02-03\n\n# Title\n\nSome words\n";
    let (fields, body, _) = parse(text);
    assert_eq!((fields.last_updated, body), (Some(("2020-02-03".to_owned(), 3)), 4));
}

#[test]
fn values_in_every_form_that_yaml_has() {
    let day = "2020-02-03";
    check(
        "---\ncopyright:\n  years:\n    2019\nlastupdated:\n  \"2020-02-03\"\n---",
        day,
        "2019",
        0,
    );
    check("---\nday: &d 2020-02-03\nlastupdated: *d\n---", day, "", 0);
    check("---\nlastupdated: &d 2020-02-03\nreviewed: *d\n---", day, "", 0);
    check("---\nbase: &b\n  lastupdated: 2020-02-03\n<<: *b\n---", day, "", 0);
    check("---\nlastupdated: !day 2020-02-03\n---", day, "", 0);
    check("---\nlastupdated: >-\n  2020-02-03\n---", day, "", 0);
    check("---\nlastupdated: |\n  2020-02-03\n---", day, "", 0);
    check("---\n'lastupdated': '2020-02-03'\n\"copyright\":\n  'years': 2019\n---", day, "2019", 0);
    check("---\n{lastupdated: 2020-02-03, copyright: {years: \"2019\"}}\n---", day, "2019", 0);
    check("---\nkeywords: a: b\nlastupdated:\n  \"2020-02-03\"\n---", day, "", 1);
}

#[test]
fn bombs_are_not_parsed() {
    check("---\na: &a [x,x]\nb: [*a,*a]\nlastupdated: 2020-02-03\n---", "2020-02-03", "", 0);
    let bomb = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\n\
                d: [*c,*c,*c,*c,*c,*c,*c,*c]\n";
    check(&format!("---\n{bomb}lastupdated: 2020-02-03\n---"), "2020-02-03", "", 1);
    let deep = format!("---\na: {}\nlastupdated: 2020-02-03\n---", "[".repeat(9_000));
    check(&deep, "2020-02-03", "", 1);
}

#[test]
fn a_rule_at_the_top_is_no_front_matter() {
    assert_eq!(parse("---\nSome words\n\n# T").1, 0);
    assert_eq!(parse("# T\n\nlastupdated: x").1, 0);
}
