use super::*;
use crate::model::Phrase;

fn duty(party: Party, canonical: &str) -> Duty {
    Duty {
        party,
        column: String::new(),
        phrase: Phrase { text: canonical.to_owned(), canonical: canonical.to_owned() },
        area: None,
        line: 1,
        reference: false,
        lead_words: 0,
        included: None,
    }
}

#[test]
fn a_party_that_is_said_not_to_do_it() {
    let reported = |party, text| denies_own_party(&duty(party, text));
    for text in [
        "ibm does not back up the vaults",
        "ibm is not responsible for vaults you seal",
        "ibm does not have access to your seals",
        "ibm has no access to your seals",
        "ibm cannot open your vaults",
        "ibm can't open your vaults",
        "ibm is unable to open your vaults",
        "it is not ibm's responsibility to seal the vaults",
        "sealing the vaults is not ibm's responsibility",
        "sealing the vaults is not the responsibility of ibm",
        "ibm takes no responsibility for the vaults",
        "ibm cloud does not have access to your seals",
        "ibm will not rotate the keys",
        "ibm is not liable for the keys",
        "guest systems are not managed by ibm",
    ] {
        assert!(reported(Party::Ibm, text), "{text}");
        assert!(!reported(Party::Customer, text), "{text}");
    }
    for text in [
        "you do not have to seal the vaults",
        "customers are not responsible for sealing",
        "you do not have access to the vaults",
        "you cannot open the vaults",
        "it is not your responsibility to seal the vaults",
        "it is not the customer's responsibility to seal the vaults",
    ] {
        assert!(reported(Party::Customer, text), "{text}");
        assert!(!reported(Party::Ibm, text), "{text}");
    }
}

#[test]
fn what_is_promised_or_has_another_side_is_not_plain() {
    let reported = |party, text| denies_own_party(&duty(party, text));
    for text in [
        "ibm does not store your seals",
        "ibm does not open a vault unless you ask for it",
        "ibm does not have access to your seals but stores them",
        "ibm cannot open a vault when you sealed it",
        "keep what is not ibm's responsibility apart",
        "tell which tasks are not ibm's responsibility",
        "store keys. ibm cannot open them",
        "protect what is not managed by ibm",
        "the keys are not read by ibm",
    ] {
        assert!(!reported(Party::Ibm, text), "{text}");
    }
    for text in [
        "do not seal the vaults",
        "you cannot change the seals",
        "you can open the vaults but ibm cannot",
    ] {
        assert!(!reported(Party::Customer, text), "{text}");
    }
}

#[test]
fn the_other_party_in_a_cell() {
    let reported = |party, text| names_other_party(&duty(party, text), "IBM").is_some();
    for text in [
        "the customer is responsible for sealing the vault",
        "you are fully responsible for sealing the vault",
        "it is your responsibility to seal the vault",
        "it is the customer's responsibility to seal the vault",
        "sealing the vault is the responsibility of the customer",
        "sealing the vault remains your responsibility",
    ] {
        assert!(reported(Party::Ibm, text), "{text}");
        assert!(!reported(Party::Customer, text), "{text}");
    }
    for text in [
        "ibm must seal the vault",
        "ibm and sky vault are fully responsible for the seals",
        "it is ibm's responsibility to seal the vault",
    ] {
        assert!(reported(Party::Customer, text), "{text}");
        assert!(!reported(Party::Ibm, text), "{text}");
    }
    for text in [
        "ibm does not seal the vault",
        "it is not ibm's responsibility to seal the vault",
        "ibm and you are responsible for the seals",
        "ibm and the customer are responsible for the seals",
        "read what is ibm's responsibility",
        "customer is responsible for sealing",
    ] {
        assert!(!reported(Party::Customer, text), "{text}");
    }
    assert!(!reported(Party::Ibm, "customers can seal the vault"));
    assert!(!reported(Party::Ibm, "it is not your responsibility to seal the vault"));
}
