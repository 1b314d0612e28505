//! Which lines lead.

use super::*;

fn read(text: &str) -> Option<LeadCandidate> {
    let names = Names::builtin();
    let reader = TextReader::new(&names, Vec::new());
    of_title(text, &[Run::Text(text.to_owned())], &reader)
}

#[track_caller]
fn check(party: &Party, form: LeadForm, lines: &[&str]) {
    for line in lines {
        let found = read(line);
        let found = found.filter(|found| found.sure == Sure::Alone);
        let read = found.map(|found| (found.named, found.form));
        assert_eq!(read, Some((LeadParty::Party(party.clone()), form)), "{line}");
    }
}

#[test]
fn names_of_a_party_and_its_duties() {
    check(
        &Party::Ibm,
        LeadForm::Pure,
        &[
            "IBM responsibilities",
            "IBM's responsibilities:",
            "Responsibilities of IBM",
            "IBM's roles and responsibilities",
            "IBM has the following responsibilities:",
            "What IBM is responsible for",
        ],
    );
    check(
        &Party::Customer,
        LeadForm::Pure,
        &[
            "Your responsibilities",
            "Client’s duties:",
            "Your responsibilities include the following:",
            "Duties of the client",
            "Customer responsibilities are as follows:",
        ],
    );
    check(&Party::Shared, LeadForm::Pure, &["Shared responsibilities"]);
}

#[test]
fn words_between_and_behind() {
    check(
        &Party::Ibm,
        LeadForm::Worded,
        &[
            "IBM Cloud's resiliency and disaster recovery responsibilities",
            "IBM's responsibilities when a zone fails",
        ],
    );
    check(
        &Party::Customer,
        LeadForm::Worded,
        &[
            "Your responsibilities for HA and DR",
            "Customer's recovery responsibilities",
            "Client's duties for backups",
            "Your responsibilities with regard to keys",
            "Responsibilities of the customer in a recovery",
            "Backups: your responsibilities",
            "Your responsibilities (Standard plan)",
            "What are your responsibilities?",
            "What am I responsible for?",
        ],
    );
}

#[test]
fn sentences() {
    check(
        &Party::Customer,
        LeadForm::Sentence,
        &[
            "You are responsible for the following actions:",
            "You're responsible for:",
            "As a customer, you are also responsible for:",
            "The customer is then responsible for:",
            "The customer then is responsible for the use of the exported vaults:",
            "The customer is responsible for the use of the exported vaults, which includes:",
            "Users are responsible for the following.",
            "It is your responsibility to:",
            "The following tasks are the customer's responsibility:",
            "Review the tasks that you are responsible for:",
        ],
    );
    check(
        &Party::Ibm,
        LeadForm::Sentence,
        &["IBM is responsible for", "IBM Cloud is solely accountable for:"],
    );
    check(&Party::Shared, LeadForm::Sentence, &["You and IBM are responsible for:"]);
}

/// Wherever the part that is read ends, it may end inside a letter.
#[test]
fn long_sentences_in_any_alphabet() {
    for fill in 0..4 {
        let text = format!("You are responsible for {}{}:", "x".repeat(fill), "ü".repeat(150));
        assert!(read(&text).is_some(), "{text}");
    }
}

#[test]
fn what_takes_another_lead_beside_it() {
    for line in [
        "IBM recovery responsibilities",
        "User management responsibilities",
        "What you can do",
        "Responsibilities for customers",
        "Skyvault responsibilities",
        "Vault vendor responsibilities:",
    ] {
        assert_eq!(read(line).map(|found| found.sure), Some(Sure::BesideAnother), "{line}");
    }
    assert_eq!(read("IBM").map(|found| found.sure), Some(Sure::Bare));
}

#[test]
fn no_leads() {
    for line in [
        "Your responsibilities when using Skyvault",
        "Understanding your responsibilities when you use Skyvault",
        "Your responsibilities with Skyvault",
        "Your duties and rights in the vault:",
        "IBM is not responsible for:",
        "The gateway is responsible for:",
        "You are responsible for the keys.",
        "Your responsibilities for keys are described in the guide.",
        "You assign responsibilities to teams:",
        "Client certificates",
        "You can choose one of these options:",
        "Responsibilities",
    ] {
        assert!(read(line).is_none_or(|found| found.sure != Sure::Alone), "{line}");
    }
    assert_eq!(
        read("IBM and customer responsibilities").map(|f| f.named),
        Some(LeadParty::Several)
    );
}

#[test]
fn a_party_in_brackets() {
    for (line, party) in [
        ("Provider responsibilities (IBM)", Party::Ibm),
        ("Cloud customer (you) responsibilities", Party::Customer),
        ("Consumer duties (Customer):", Party::Customer),
    ] {
        let read = read(line).map(|found| (found.named, found.sure));
        assert_eq!(read, Some((LeadParty::Party(party), Sure::BesideAnother)), "{line}");
    }
    assert_eq!(read("Provider responsibilities (IBM or other)"), None);
}

#[test]
fn an_adjective_is_no_name() {
    assert_eq!(read("Additional responsibilities"), None);
    assert_eq!(read("Key responsibilities:"), None);
}

#[test]
fn a_sentence_that_calls_what_follows_a_party_s() {
    for line in [
        "The following are the responsibilities of IBM:",
        "The following tasks are the responsibility of IBM:",
        "The following items are IBM's responsibility:",
    ] {
        let found = read(line).unwrap();
        assert_eq!(
            (found.named, found.sure),
            (LeadParty::Party(Party::Ibm), Sure::Alone),
            "{line}"
        );
    }
}
