//! Which voices a holder's duties are told in.

use super::model::Holder;
use super::rng::Rng;
use super::sentence::{Determiner, Sentence, Voice};

/// A voice that a duty of this holder may be told in. The column stays the holder's, so a voice
/// that names the other party is never used: it would be a contradiction.
pub(crate) fn draw(holder: Holder, service: usize, rng: &mut Rng) -> Voice {
    match holder {
        Holder::Ibm => *rng.weighted(&[
            (44, Voice::Imperative),
            (4, Voice::Gerund),
            (14, Voice::IbmIsResponsible),
            (14, Voice::IbmDoes),
            (10, Voice::ServiceDoes(service)),
            (14, Voice::PassiveIbm),
        ]),
        Holder::Customer => *rng.weighted(&[
            (46, Voice::Imperative),
            (4, Voice::Gerund),
            (13, Voice::YouMust),
            (4, Voice::YouShould),
            (10, Voice::YouAreResponsible),
            (16, Voice::CustomerIsResponsible),
            (4, Voice::CustomerDoes),
            (3, Voice::PassiveCustomer),
        ]),
        Holder::Shared | Holder::Vendor | Holder::Partner => {
            *rng.weighted(&[(9, Voice::Imperative), (1, Voice::Gerund)])
        }
    }
}

/// Whether the voice names no party, so that any cell may hold it.
pub(crate) const fn is_neutral(voice: Voice) -> bool {
    matches!(voice, Voice::Imperative | Voice::Gerund)
}

/// Puts a sentence into a voice of the holder that differs from the one it has.
pub(crate) fn change(sentence: &mut Sentence, holder: Holder, service: usize, rng: &mut Rng) {
    for _ in 0..20 {
        let voice = draw(holder, service, rng);
        if voice != sentence.voice {
            sentence.voice = voice;
            break;
        }
    }
    let determiner = &mut sentence.clauses[0].object.determiner;
    if holder != Holder::Customer && *determiner == Determiner::Your {
        *determiner = Determiner::The;
    }
}
