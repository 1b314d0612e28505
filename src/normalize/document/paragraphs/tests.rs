//! What introduces duties, and what is one.

use crate::normalize::fixture::matrix_lines;
use crate::normalize::{Names, read_page};

#[track_caller]
fn check(page: &str, expected: &[&str]) {
    let page = format!("# Responsibilities for Skyvault\n\n{page}");
    let found = read_page(page.as_bytes(), &Names::builtin());
    let lines: Vec<String> = found.matrices.iter().flat_map(|m| matrix_lines(m)).collect();
    assert_eq!(lines, expected, "{page}");
}

#[test]
fn what_introduces_a_table_of_parties_is_no_duty() {
    let table = "| Task | IBM responsibilities | Your responsibilities |\n|--|--|--|\n\
                 | Doors | Build doors. | Shut doors. |\n";
    let rows = ["Doors > ibm: Build doors.", "Doors > customer: Shut doors."];
    for heading in ["Shared responsibilities", "Your responsibilities", "IBM responsibilities"] {
        for intro in [
            "Skyvault is part of the shared responsibility model of its cloud.",
            "Learn who does what.",
            "IBM provides vaults that are safe by default. Some tasks are yours.",
        ] {
            check(&format!("## {heading}\n\n{intro}\n\n{table}"), &rows);
        }
    }
    check(
        &format!("## Your responsibilities\n\nYou must keep the keys.\n\n{table}"),
        &[" > customer: You must keep the keys.", rows[0], rows[1]],
    );
    check(
        "## Shared responsibilities\n\nLearn who does what.\n\n### IBM responsibilities\n\n- Build doors\n\n\
         ### Your responsibilities\n\n- Shut doors\n",
        &[" > ibm: Build doors", " > customer: Shut doors"],
    );
    check("## Your responsibilities\n\nKeep the keys.\n", &[" > customer: Keep the keys."]);
}

#[test]
fn below_a_heading_that_says_what_for_only_what_binds_is_a_duty() {
    let prose = "Vaults can be out of reach for a moment. It is your responsibility to try again.\n\n\
                 You are responsible for the keys.\n";
    let duties = [
        " > customer: It is your responsibility to try again.",
        " > customer: You are responsible for the keys.",
    ];
    check(&format!("## Your responsibilities for HA and DR\n\n{prose}"), &duties);
    for other in [
        "IBM must restore the doors.",
        "IBM is responsible for the doors.",
        "If IBM cannot restore the doors, you must mend them.",
        "You should see the doors.",
        "Names must be unique.",
        "You are not responsible for the roof.",
        "You do not need to mend the roof.",
    ] {
        check(&format!("## Your responsibilities for HA and DR\n\n{other}\n"), &[]);
    }
}

#[test]
fn a_sentence_that_only_points_introduces_nothing_else() {
    let list = "- Store the keys\n- Open the doors\n";
    let duties = [" > customer: Store the keys", " > customer: Open the doors"];
    for intro in [
        "See the following list.",
        "The following list provides some examples:",
        "For example:",
        "The following checklist can help you to make a plan.",
        "The following list provides some examples of the responsibilites that customers have.",
    ] {
        check(&format!("## Your responsibilities\n\n{intro}\n\n{list}"), &duties);
    }
    let table = "| Responsibility | Description |\n|--|--|\n| Keys | Store the keys. |\n| Doors | Open the doors. |\n";
    check(
        &format!("## Your responsibilities\n\nSee the following table.\n\n{table}"),
        &["Keys > customer: Store the keys.", "Doors > customer: Open the doors."],
    );
    check(&format!("## Your responsibilities\n\nSee the following topics:\n\n{list}"), &[]);
    // what stands before it says what the list is
    let other = "Doors can have one of these states.";
    check(
        &format!("## Your responsibilities\n\n{other} For example:\n\n{list}"),
        &[&format!(" > customer: {other}")],
    );
}

#[test]
fn a_sentence_leads_whoever_is_responsible() {
    for (subject, party) in [
        ("{{site.data.keyword.messagehub}} is", "ibm"),
        ("Skyvault is", "ibm"),
        ("IBM Skyvault is", "ibm"),
        ("IBM Support is", "ibm"),
        ("The vendor is", "other:vendor"),
        ("Red Hat is", "other:Red Hat"),
        ("Your partner is", "other:Your partner"),
        ("IBM and you are both", "shared"),
    ] {
        check(
            &format!(
                "{subject} responsible for:\n\n- Build doors\n\nYou are responsible for:\n\n- Shut doors\n"
            ),
            &[&format!(" > {party}: Build doors"), " > customer: Shut doors"],
        );
    }
    for lead in [
        "You remain responsible for:",
        "Your organization is responsible for:",
        "Your team is solely responsible for:",
        "Your responsibilities (large vaults):",
    ] {
        check(
            &format!("IBM is responsible for:\n\n- Build doors\n\n{lead}\n\n- Shut doors\n"),
            &[" > ibm: Build doors", " > customer: Shut doors"],
        );
    }
    check(
        "Each door is responsible for:\n\n- Heat\n\nYou are responsible for:\n\n- Keys\n",
        &[" > customer: Keys"],
    );
}

#[test]
fn a_number_before_a_title_changes_no_party() {
    check(
        "### 1. IBM responsibilities\n\n- Build doors\n\n### 2. Your responsibilities\n\n- Shut doors\n",
        &[" > ibm: Build doors", " > customer: Shut doors"],
    );
}

#[test]
fn items_that_each_name_a_party_are_that_partys() {
    check(
        "## Shared responsibilities\n\n- **IBM**: Build doors.\n- **You**: Shut doors.\n",
        &[" > ibm: Build doors.", " > customer: Shut doors."],
    );
    check(
        "- IBM is responsible for building doors.\n- You are responsible for shutting doors.\n",
        &[
            " > ibm: IBM is responsible for building doors.",
            " > customer: You are responsible for shutting doors.",
        ],
    );
    // who is who in the table below
    let legend = "- **IBM**: The provider.\n- **Customer**: The buyer.\n";
    check(legend, &[]);
    let legend = "- **IBM**: IBM does it.\n- **Customer**: You do it.\n";
    check(&format!("{legend}- **Shared**: Both do it.\n"), &[]);
    check(
        &format!("{legend}\n| Task | Owner |\n|--|--|\n| Doors | IBM |\n"),
        &["Doors > ibm: Doors"],
    );
}

#[test]
fn a_line_about_responsibilities_ends_a_list_without_a_blank_line() {
    for lead in
        ["Your responsibilities:", "**Your responsibilities**", "**Your responsibilities:**"]
    {
        check(
            &format!(
                "IBM responsibilities:\n* Build doors.\n* Paint doors.\n{lead}\n* Shut doors.\n"
            ),
            &[" > ibm: Build doors.", " > ibm: Paint doors.", " > customer: Shut doors."],
        );
    }
    check(
        "IBM responsibilities:\n\n* Build doors\nof steel.\n\nYour responsibilities:\n\n* Shut doors.\n",
        &[" > ibm: Build doors of steel.", " > customer: Shut doors."],
    );
}

#[test]
fn a_title_over_a_list_is_no_duty() {
    let page = |title: &str| format!("## Your responsibilities\n\n{title}\n\n* Shut doors\n");
    check(&page("**Doors of steel**"), &[" > customer: Shut doors"]);
    check(&page("{{site.data.content.doors}}"), &[" > customer: Shut doors"]);
    check(&page("Keep the keys."), &[" > customer: Keep the keys.", " > customer: Shut doors"]);
}

#[test]
fn what_both_parties_do_stands_between_what_each_does() {
    let page = |both: &str| {
        format!(
            "### IBM responsibilities\n\n* Build doors\n\n### {both}\n\n* Plan doors\n\n\
             ### Customer responsibilities\n\n* Shut doors\n"
        )
    };
    for both in [
        "IBM and customer responsibilities",
        "Your and IBM responsibilities",
        "Shared responsibilities",
    ] {
        check(
            &page(both),
            &[" > ibm: Build doors", " > shared: Plan doors", " > customer: Shut doors"],
        );
    }
    // a title of all that follows
    check("## IBM and customer responsibilities\n\n* Doors\n", &[]);
}

#[test]
fn steps_and_things_under_a_party_are_no_duties() {
    for intro in [
        "To shut a door, complete the following steps:",
        "Complete these steps to shut a door:",
        "You need the following roles:",
        "You must have the following permissions:",
        "The following permissions are required:",
    ] {
        check(
            &format!(
                "## Your responsibilities\n\n- Shut doors\n\n{intro}\n\n1. Turn the key\n2. Go\n\n\
                 ## IBM responsibilities\n\n- Build doors\n"
            ),
            &[" > customer: Shut doors", " > ibm: Build doors"],
        );
    }
    check(
        "## Your responsibilities\n\nYou must complete the following steps:\n\n- Shut doors\n",
        &[" > customer: You must complete the following steps: Shut doors"],
    );
    check(
        "## Your responsibilities\n\nDo you need more doors?\n\nYou must do the following tasks:\n\n- Shut doors\n",
        &[" > customer: You must do the following tasks: Shut doors"],
    );
}

#[test]
fn titles_that_differ_in_the_party_only_are_leads() {
    for (ibm, you) in [
        ("Security responsibilities of IBM", "Security responsibilities of the client"),
        ("Understanding IBM responsibilities", "Understanding your responsibilities"),
        ("IBM-managed resources", "Customer-managed resources"),
        ("Tasks that IBM performs", "Tasks that you perform"),
        ("IBM's part", "Your part"),
    ] {
        check(
            &format!("## Tasks\n\n### {ibm}\n\n- Build doors\n\n### {you}\n\n- Shut doors\n"),
            &[" > ibm: Build doors", " > customer: Shut doors"],
        );
    }
    check("### IBM's vaults\n\n- Old doors\n\n### Your part\n\n- Shut doors\n", &[]);
    check("### IBM-managed resources\n\n- Old doors\n\n### Others\n\n- New doors\n", &[]);
}

#[test]
fn lines_that_differ_in_the_party_only_are_leads() {
    for (ibm, you) in [
        ("IBM takes care of these tasks:", "You take care of these tasks:"),
        ("The following items are managed by IBM:", "The following items are managed by you:"),
        ("**IBM-managed**", "**Customer-managed**"),
        ("Owner: IBM", "Owner: Customer"),
        ("On the IBM side:", "On your side:"),
        ("It's IBM's job to:", "It's your job to:"),
        ("What we do", "What you do"),
    ] {
        check(
            &format!("{ibm}\n\n- Build doors\n\n{you}\n\n- Shut doors\n"),
            &[" > ibm: Build doors", " > customer: Shut doors"],
        );
        check(
            &format!("- {ibm}\n    - Build doors\n- {you}\n    - Shut doors\n"),
            &[" > ibm: Build doors", " > customer: Shut doors"],
        );
    }
    let lists = |ibm: &str, you: &str| format!("{ibm}\n\n- Build doors\n\n{you}\n\n- Shut doors\n");
    check(&lists("If IBM opens a vault:", "If you open a vault:"), &[]);
    check(&lists("IBM can open these vaults:", "You can open these vaults:"), &[]);
    check("- IBM builds doors\n- You build doors\n", &[]);
}

#[test]
fn a_name_that_leads_in_one_section_leads_in_the_next_one_too() {
    let keys = "## Keys\n\n### IBM\n\n- Build doors\n\n### You\n\n- Shut doors\n\n";
    check(
        &format!("{keys}## Backup\n\n### You\n\n- Copy keys\n"),
        &[" > ibm: Build doors", " > customer: Shut doors", " > customer: Copy keys"],
    );
    check("## Backup\n\n### You\n\n- Copy keys\n", &[]);
}
