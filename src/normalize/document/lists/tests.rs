//! Whose the lists, definitions and paragraphs of a page are.

use crate::model::{Document, Layout};
use crate::normalize::fixture::{document, heading, list, matrix_lines, paragraph, table};
use crate::normalize::{Names, read_page};

#[track_caller]
fn check(page: &str, expected: &[&str]) {
    let found = read_page(page.as_bytes(), &Names::builtin());
    assert_eq!(duties(&found), expected, "{page}");
}

fn duties(page: &Document) -> Vec<String> {
    page.matrices.iter().flat_map(|matrix| matrix_lines(matrix)).collect()
}

#[test]
fn lists_under_lead_lines() {
    let page = document(vec![
        heading(2, "Keys"),
        paragraph("{IBM_notm}'s responsibilities:"),
        list(&["Store keys. Safely.", "N/A"]),
        paragraph("Your responsibilities"),
        list(&["Make keys"]),
        paragraph("Learn more:"),
        list(&["Vaults"]),
    ]);
    assert_eq!(page.matrices.len(), 1);
    assert_eq!(page.matrices[0].layout, Layout::PartyLists);
    assert_eq!(page.matrices[0].area().text, "Keys");
    assert_eq!(
        matrix_lines(&page.matrices[0]),
        [" > ibm: Store keys. Safely.", " > customer: Make keys",]
    );
}

#[test]
fn lists_under_headings_of_a_party() {
    let page = document(vec![
        heading(2, "Keys"),
        heading(3, "IBM responsibilities"),
        paragraph("Among others, these."),
        list(&["Store keys"]),
        heading(3, "Customer responsibilities"),
        list(&["Make keys"]),
        heading(2, "Links"),
        list(&["Vaults"]),
    ]);
    let areas: Vec<String> = page.matrices.iter().map(|m| m.area().text.clone()).collect();
    assert_eq!(areas, ["IBM responsibilities", "Customer responsibilities"]);
    assert_eq!(duties(&page), [" > ibm: Store keys", " > customer: Make keys"]);
}

#[test]
fn tables_under_a_lead() {
    let page = document(vec![
        heading(2, "Customer responsibilities"),
        table("Responsibility area | Examples", &["Keys | Make keys"]),
        heading(2, "IBM responsibilities"),
        table("Plan | Price", &["Vault | 3"]),
        heading(2, "Vaults"),
        paragraph("IBM is responsible for the following tasks:"),
        table("Task | Description", &["Vaults | Build them"]),
    ]);
    assert_eq!(duties(&page), ["Keys > customer: Make keys", "Vaults > ibm: Build them"]);
    assert_eq!(page.matrices.len(), 2);
}

#[test]
fn false_friends_are_no_leads() {
    let page = document(vec![
        heading(2, "Your responsibilities with Skyvault"),
        list(&["Vaults"]),
        paragraph("Your duties and rights in the vault:"),
        list(&["Vaults"]),
        table("Type | Responsibilities", &["Keys | Store keys"]),
    ]);
    assert!(page.matrices.is_empty());
}

#[test]
fn a_sentence_that_introduces_something_else_is_nearer() {
    check(
        "## Your responsibilities\n\nYou can choose one of these options:\n\n- Gold\n\n\
         The following diagram shows the vault:\n\n- Door\n\nFor each vault, you must:\n\n- Lock it.",
        &[" > customer: For each vault, you must: Lock it."],
    );
    check(
        "## Customer responsibilities\n\nIBM provides the following:\n\n- Doors\n\n\
         Complete the following tasks.\n\n- Lock it.",
        &[" > customer: Lock it."],
    );
    check("## IBM and customer responsibilities\n\n- Doors", &[]);
}

#[test]
fn links_alone_are_no_duties() {
    check(
        "## Your responsibilities\n[All](/docs/a)\n\n- [Keys](/docs/k).\n- [Doors](/docs/d){: external}\n",
        &[],
    );
    check("## Your responsibilities\n\nFor more information, see [the guide](/docs/a).\n", &[]);
    check(
        "## Your responsibilities\n\n- [Keys](/docs/k)\n- [Rotate keys](/docs/k) at night",
        &[" > customer: Rotate keys at night"],
    );
    // this sentence assigns each item, and a site map has none
    check(
        "## Vaults\n\n**You are responsible for:**\n\n- [Storing keys](/docs/k)\n- [Opening doors](/docs/d).\n",
        &[" > customer: Storing keys", " > customer: Opening doors."],
    );
    check("## Vaults\n\nThe services that you are responsible for:\n\n- [Keys](/docs/k)\n", &[]);
}

#[test]
fn a_checklist_is_labelled_by_the_item_above_it() {
    check(
        "## Your responsibilities\n\n- Keys\n  - [ ] Store them.\n  - [x] Count them.\n- Doors\n  - [ ] Shut \
         them.\n- Mend the roof.\n",
        &[
            "Keys > customer: Store them.",
            "Keys > customer: Count them.",
            "Doors > customer: Shut them.",
            " > customer: Mend the roof.",
        ],
    );
    check(
        "## Your responsibilities\n\n- Store the keys.\n  - [ ] Count them.\n",
        &[" > customer: Store the keys.", " > customer: Count them."],
    );
}

#[test]
fn definitions() {
    check(
        "IBM's responsibilities\n:   - Store keys.\n:   - Move keys.\n\nYour responsibilities\n:   Make keys.\n    - Now",
        &[
            " > ibm: Store keys.",
            " > ibm: Move keys.",
            " > customer: Make keys.",
            " > customer: Now",
        ],
    );
    check(
        "## Your duties\n\nKeys\n:   Make keys. Count keys.\n\nDoors\n:   - Shut them.",
        &[
            "Keys > customer: Make keys.",
            "Keys > customer: Count keys.",
            "Doors > customer: Shut them.",
        ],
    );
    check(
        "Keys\n:   IBM responsibilities: store them.\n:   Your responsibilities: make them.",
        &["Keys > ibm: store them.", "Keys > customer: make them."],
    );
    check(
        "<dl><dt>IBM responsibilities</dt><dd>Store keys.</dd><dt>Your responsibilities</dt><dd><ul><li>Make keys</li></ul></dd></dl>",
        &[" > ibm: Store keys.", " > customer: Make keys"],
    );
}

#[test]
fn a_glossary_explains_words() {
    check(
        "## IBM duties\n\nBackup\n:   A copy that is kept elsewhere.\n\nDoors\n:   The doors are shut.\n\n## Your duties\n\nRecovery time\n:   The time within which a vault is opened again.",
        &["Doors > ibm: The doors are shut."],
    );
    check(
        "Availability\n:   Of the vault.\n\nCustomer responsibility\n:   What customers give.\n\nOperations\n:   Of the vault.",
        &[],
    );
}

#[test]
fn items_that_lead() {
    check(
        "- User responsibilities\n\n    - Make keys.\n\n- IBM responsibilities\n    - Store keys.\n\n- More\n    - Words",
        &[" > customer: Make keys.", " > ibm: Store keys."],
    );
    check(
        "- Keys\n  - IBM is responsible for:\n    - storing them\n  - You are responsible for:\n    - making them\n- Doors",
        &["Keys > ibm: storing them", "Keys > customer: making them"],
    );
    check(
        "* **IBM responsibility:** Store keys.\n* **Your responsibility:** Make keys.",
        &[" > ibm: Store keys.", " > customer: Make keys."],
    );
    check(
        "1. IBM responsibilities\n   1. Store keys.\n2. Customer responsibilities\n   1. Make keys.",
        &[" > ibm: Store keys.", " > customer: Make keys."],
    );
}

#[test]
fn a_product_is_ibm_beside_the_customer() {
    let page = "**User responsibilities**:\n\n* Make keys.\n\n**{{site.data.keyword.sky}} on Satellite responsibilities**:\n\n* Store keys.\n";
    check(page, &[" > customer: Make keys.", " > ibm: Store keys."]);
    check(
        "# Duties with Skyvault\n\n## Skyvault responsibilities\n\n- Store keys.\n\n## Customer responsibilities\n\n- Make keys.",
        &[" > ibm: Store keys.", " > customer: Make keys."],
    );
    check(
        "**Backup responsibilities**:\n\n* Store.\n\n**User responsibilities**:\n\n* Make.",
        &[" > customer: Make."],
    );
    check("**{{site.data.keyword.sky}} responsibilities**:\n\n* Store keys.", &[]);
}

#[test]
fn names_alone_lead_beside_each_other() {
    check(
        "## Responsibilities\n\n### IBM\n\n- Store.\n\n### Customer\n\n- Make.",
        &[" > ibm: Store.", " > customer: Make."],
    );
    check(
        "# Duties with Skyvault\n\n## Managed by IBM\n\n- Store.\n\n## Managed by you\n\n- Make.",
        &[" > ibm: Store.", " > customer: Make."],
    );
    check(
        "# Shared responsibility\n\n1. IBM\n   - Store.\n1. Customer\n   - Make.",
        &[" > ibm: Store.", " > customer: Make."],
    );
    check("## Names\n\n### IBM\n\n- Store.\n\n### Customer\n\n- Make.", &[]);
    check("## Responsibilities\n\n### Users\n\n- Ada", &[]);
}

#[test]
fn paragraphs_under_a_party() {
    check(
        "### IBM responsibilities\n\nIBM mends doors. IBM tells you.\n\nReview the responsibilities.\n\n### Customer responsibilities\n\nShut doors.",
        &[" > ibm: IBM mends doors.", " > ibm: IBM tells you.", " > customer: Shut doors."],
    );
    check(
        "**IBM responsibilities**\n\nIBM mends doors.\n\n**Your responsibilities**\n\nShut doors.\n",
        &[" > ibm: IBM mends doors.", " > customer: Shut doors."],
    );
    check(
        "### Your responsibilities for doors\n\nDoors open.\n\n- Shut them.",
        &[" > customer: Shut them."],
    );
}

#[test]
fn subheadings_belong_to_the_party_above() {
    check(
        "## Client responsibilities\n\n### Doors\n\n- Shut them.\n\n#### IBM responsibilities\n\n- Mend them.\n\n### Related links\n\n- Vault news\n\n## Vaults\n\n- Gold",
        &[" > customer: Shut them.", " > ibm: Mend them."],
    );
}

#[test]
fn sentences_that_lead() {
    check(
        "IBM builds vaults. You are responsible for the following actions:\n\n- Export keys.",
        &[" > customer: Export keys."],
    );
    check(
        "You're responsible for the use of keys, which includes:\n\n- Plans.\n- Moves.",
        &[
            " > customer: You're responsible for the use of keys, which includes: Plans.",
            " > customer: You're responsible for the use of keys, which includes: Moves.",
        ],
    );
    check("IBM is not responsible for:\n\n- Keys.", &[]);
    check("The gateway is responsible for the following:\n\n- Keys.", &[]);
}

#[test]
fn leads_in_other_words() {
    for (ibm, customer) in [
        ("The following tasks are performed by IBM:", "The following tasks are handled by you:"),
        ("IBM performs the following tasks:", "You must complete these tasks:"),
        ("Tasks for IBM:", "Tasks for the customer:"),
        ("### IBM tasks", "### Your tasks"),
        ("IBM will:", "You will:"),
        ("### Responsibilities: IBM", "### Responsibilities: customer"),
        ("IBM takes responsibility for the following:", "You assume the responsibility for:"),
        ("**Skyvault for VPC responsibilities**", "**Your responsibilities**"),
    ] {
        let title = "# Duties with Skyvault\n\n## Responsibilities\n";
        let page = format!("{title}\n{ibm}\n\n- Build doors.\n\n{customer}\n\n- Oil doors.\n");
        check(&page, &[" > ibm: Build doors.", " > customer: Oil doors."]);
    }
    // outside of responsibilities such sentences only guide
    check("# Vaults\n\nYou must do the following:\n\n- Open it.\n\nIBM will:\n\n- Shut it.\n", &[]);
}

#[test]
fn words_that_are_explained_are_no_duties() {
    for terms in [
        "### Terms\n\n- Vault: a box.\n  - Door: its lid.\n",
        "### Glossary\n\n- Vault\n  - A box for keys.\n",
        "- Definitions\n  - Vault: a box.\n",
    ] {
        let page = format!("# Duties\n\n## Your responsibilities\n\n- Oil doors.\n\n{terms}");
        check(&page, &[" > customer: Oil doors."]);
    }
}

#[test]
fn a_sentence_of_another_kind_does_not_introduce() {
    let page = "# Duties\n\n## IBM responsibilities\n\n\
                IBM is responsible for sealing the vault by following the guide.\n\n\
                Keep the load below 5 percent. IBM is responsible for:\n\n- Build doors.\n";
    check(
        page,
        &[
            " > ibm: IBM is responsible for sealing the vault by following the guide.",
            " > ibm: Keep the load below 5 percent.",
            " > ibm: Build doors.",
        ],
    );
}

#[test]
fn a_footnote_is_no_paragraph_of_a_party() {
    let page = "# Duties\n\n## IBM responsibilities\n\nIBM builds doors [1].\n\n\
                ## Your responsibilities\n\nOil doors.\n\n[1] Only in the north.\n";
    check(page, &[" > ibm: IBM builds doors [1].", " > customer: Oil doors."]);
}

#[test]
fn lists_beside_the_duties_stand_below_their_own_titles_alone() {
    let page = |title: &str| {
        format!(
            "## Client responsibilities\n\n- Shut the doors.\n\n### {title}\n\n- Oil the locks.\n\n## IBM responsibilities\n\n- Mend the doors.\n"
        )
    };
    let (shut, oil, mend) =
        (" > customer: Shut the doors.", " > customer: Oil the locks.", " > ibm: Mend the doors.");
    for title in ["Prerequisites", "Limitations", "FAQ"] {
        check(&page(title), &[shut, mend]);
    }
    for title in ["Prerequisite software", "Limitations of access", "FAQ maintenance"] {
        check(&page(title), &[shut, oil, mend]);
    }
}

#[test]
fn leads_of_two_parties_in_one_paragraph() {
    for line_break in ["\n", "  \n", "\\\n"] {
        check(
            &format!(
                "## Doors\n\n**IBM responsibilities:** Mend the doors. Oil them.{line_break}**Your responsibilities:** Shut the doors.\n"
            ),
            &[" > ibm: Mend the doors.", " > ibm: Oil them.", " > customer: Shut the doors."],
        );
    }
}

/// A list of IBM's below a lead that is always read, and one below another lead.
#[track_caller]
fn check_lead(lead: &str, party: &str) {
    check(
        &format!(
            "# Responsibilities\n\n## Doors\n\nIBM is responsible for:\n\n- Mend them.\n\n{lead}\n\n- Shut them.\n"
        ),
        &[" > ibm: Mend them.", &format!(" > {party}: Shut them.")],
    );
}

#[test]
fn leads_that_say_no_more_than_whose_the_list_is() {
    for lead in [
        "You are required to:",
        "Customers are required to do the following:",
        "You are still responsible for the following:",
        "You are responsible only for:",
        "You are accountable for:",
        "Your responsibilities include, but are not limited to:",
        "Your responsibilities include, but are not limited to, the following:",
        "It is your responsibility to:",
        "The following are customer responsibilities:",
        "The following tasks are your responsibility:",
        "The following tasks are the responsibility of the customer:",
    ] {
        check_lead(lead, "customer");
    }
    for lead in [
        "The following responsibilities are shared between you and IBM:",
        "**Responsibilities shared by you and IBM**",
        "**IBM and the customer**",
        "### You and IBM",
    ] {
        check_lead(lead, "shared");
    }
    // roles that somebody needs are no duties
    check("## Doors\n\nYou are required to have these roles:\n\n- Guard\n", &[]);
}
