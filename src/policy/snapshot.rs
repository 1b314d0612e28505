//! Snapshots: a page as it was accepted, as readable YAML.
//!
//! Beside what was read stands the page's own text, so that a respdiff that reads better can read
//! the accepted page again: what differs between both readings of the same text is the reader's
//! doing, and everything else is the page's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::broken_yaml::check_depth;
use super::checksum::{verify_checksum, with_checksum};
use super::level::PartyName;
use super::read::{before_block, once_each, read_checked};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Document, Duty, Format, Layout, Matrix, Party, Phrase, Row, Stamp, Years};
use crate::report::control_chars;

/// The format of the files.
const FORMAT: &str = "respdiff.snapshot/1";
/// What a snapshot begins with, by which ours are known.
pub(super) const HEAD: &str = "\
# An accepted page. Written by `respdiff snapshot`, updated by `respdiff snapshot --accept`
# after review, compared by `respdiff check --baseline`.
format: respdiff.snapshot/1
";
/// A page with more text was not written by a person.
const LARGEST: usize = 64 << 20;

/// A page as it was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The version of respdiff that read it.
    pub reader: String,
    /// A fingerprint of the policy's words; none where it has no words of its own.
    pub words: Option<String>,
    /// Its path.
    pub page: String,
    /// The commit it was read at; none for the working tree.
    pub commit: Option<String>,
    /// The id of its bytes in git.
    pub blob: String,
    /// What was read.
    pub document: Document,
    /// The names behind its keyrefs that the repository gave.
    pub names: BTreeMap<String, String>,
    /// Its text.
    pub source: String,
}

impl Snapshot {
    /// A page's file in a baseline: its path, each part with all but plain letters encoded, so that
    /// it stays in the baseline.
    #[must_use]
    pub fn file_name(page: &str) -> String {
        let parts: Vec<String> = page.split('/').map(encoded_part).collect();
        format!("{}.yaml", parts.join("/"))
    }

    /// Whether a file below the folder of a baseline is named as a page's snapshot.
    #[must_use]
    pub fn is_file_name(name: &str) -> bool {
        name.strip_suffix(".yaml").is_some_and(|page| Format::of_name(page.as_bytes()).is_some())
    }

    /// Whether a file's text begins as our snapshots do.
    #[must_use]
    pub fn is_ours(text: &str) -> bool {
        text.starts_with(HEAD)
    }

    /// The file's text.
    pub fn write(&self) -> Result<String> {
        let body =
            control_chars::quiet_yaml(&StoredSnapshot::from_snapshot(self)).map_err(|source| {
                Error::new(ErrorKind::Output, format!("{} cannot be written as YAML", self.page))
                    .with_source(source)
            })?;
        let body = body.strip_prefix(&format!("format: {FORMAT}\n")).unwrap_or(&body);
        Ok(format!("{HEAD}{}", with_checksum(body)))
    }

    /// Reads a file's text; `canonical` gives a text's words to compare.
    ///
    /// # Errors
    /// Where it is no snapshot, one of another format, or one that was cut off or damaged.
    pub fn read(name: &str, text: &str, canonical: &dyn Fn(&str) -> String) -> Result<Self> {
        if !Self::is_ours(text) {
            let message = format!("{name} is not a respdiff snapshot");
            return Err(Error::new(ErrorKind::Input, message).with_hint(
                "restore the file from git (git checkout -- FILE); if it never was a snapshot, \
                     move it to another folder",
            ));
        }
        verify_checksum(name, &text[HEAD.len()..])?;
        if text.len() > LARGEST {
            let message = format!("{name} is larger than {LARGEST} bytes");
            return Err(Error::new(ErrorKind::Input, message)
                .with_hint("exclude this page from the baseline"));
        }
        match before_block(text, "source") {
            // a page may open what it likes; the rest has to be whole without it
            Some(head) => {
                check_depth(name, head)?;
                read_checked::<StoredSnapshot>(name, &format!("{head}source: ''\n"))?;
            }
            None => check_depth(name, text)?,
        }
        let stored: StoredSnapshot = read_checked(name, text)?;
        Ok(stored.into_snapshot(canonical))
    }
}

/// One part of a path, as the name of a file on any system.
fn encoded_part(part: &str) -> String {
    use std::fmt::Write as _;
    const LONGEST: usize = 200;
    let mut name = String::new();
    for (at, byte) in part.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if plain || (byte == b'.' && at > 0) {
            name.push(char::from(byte));
        } else {
            // writing to a String cannot fail
            let _ = write!(name, "%{byte:02X}");
        }
    }
    if name.len() > LONGEST {
        // what is cut off still counts
        let digest = part.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        name.truncate(LONGEST);
        let _ = write!(name, "~{digest:016x}");
    }
    name
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredSnapshot {
    format: String,
    page: String,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subcollection: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_updated: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    suffix: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    copyright: Option<StoredYears>,
    matrices: Vec<StoredMatrix>,
    /// The respdiff that read it.
    reader: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
    blob: String,
    #[serde(default, deserialize_with = "once_each", skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<String, String>,
    source: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredYears {
    first: i32,
    last: i32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    open: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredMatrix {
    #[serde(with = "StoredLayout")]
    layout: Layout,
    section: Vec<String>,
    line: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
    rows: Vec<StoredRow>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Layout", rename_all = "kebab-case")]
enum StoredLayout {
    PartyColumns,
    OwnerGrid,
    OwnerList,
    Raci,
    PartyLists,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredRow {
    task: String,
    line: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    duties: Vec<StoredDuty>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredDuty {
    #[serde(serialize_with = "write_party", deserialize_with = "read_party")]
    party: Party,
    text: String,
    column: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    /// Where it is not its row's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    reference: bool,
    /// Where it has a lead-in.
    #[serde(default, skip_serializing_if = "is_zero")]
    lead_words: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

fn write_party<S: serde::Serializer>(
    party: &Party,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_str(party)
}

fn read_party<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Party, D::Error> {
    PartyName::deserialize(deserializer).map(|name| name.party_called("other"))
}

impl StoredSnapshot {
    fn from_snapshot(snapshot: &Snapshot) -> Self {
        let Snapshot { reader, words, page, commit, blob, document, names, source } = snapshot;
        let stamp = &document.stamp;
        let years = |Years { first, last, open }| StoredYears { first, last, open };
        Self {
            format: FORMAT.to_owned(),
            page: page.clone(),
            title: document.title.clone(),
            subcollection: document.subcollection.clone(),
            last_updated: stamp.last_updated.map(|day| day.to_string()),
            suffix: stamp.suffix.clone(),
            copyright: stamp.copyright.map(years),
            matrices: document
                .matrices
                .iter()
                .map(|matrix| StoredMatrix::from_matrix(matrix))
                .collect(),
            reader: reader.clone(),
            words: words.clone(),
            commit: commit.clone(),
            blob: blob.clone(),
            names: names.clone(),
            source: source.clone(),
        }
    }

    fn into_snapshot(self, canonical: &dyn Fn(&str) -> String) -> Snapshot {
        let years = |StoredYears { first, last, open }| Years { first, last, open };
        let document = Document {
            title: self.title,
            subcollection: self.subcollection,
            stamp: Stamp {
                last_updated: self.last_updated.and_then(|day| day.parse().ok()),
                suffix: self.suffix,
                copyright: self.copyright.map(years),
                field: crate::model::DateField::default(),
            },
            matrices: self.matrices.into_iter().map(|m| m.into_matrix(canonical).into()).collect(),
            ..Document::default()
        };
        Snapshot {
            reader: self.reader,
            words: self.words,
            page: self.page,
            commit: self.commit,
            blob: self.blob,
            document,
            names: self.names,
            source: self.source,
        }
    }
}

impl StoredMatrix {
    fn from_matrix(matrix: &Matrix) -> Self {
        Self {
            layout: matrix.layout,
            section: matrix.section.iter().map(|heading| heading.text.clone()).collect(),
            line: matrix.line,
            caption: matrix.caption.clone(),
            rows: matrix.rows.iter().map(StoredRow::from_row).collect(),
        }
    }

    fn into_matrix(self, canonical: &dyn Fn(&str) -> String) -> Matrix {
        Matrix {
            layout: self.layout,
            section: self.section.into_iter().map(|text| phrase_of(text, canonical)).collect(),
            line: self.line,
            caption: self.caption,
            rows: self.rows.into_iter().map(|row| row.into_row(canonical)).collect(),
        }
    }
}

impl StoredRow {
    fn from_row(row: &Row) -> Self {
        let duty = |duty: &Duty| StoredDuty {
            party: duty.party.clone(),
            text: duty.phrase.text.clone(),
            column: duty.column.clone(),
            area: duty.area.as_ref().map(|area| area.text.clone()),
            line: Some(duty.line).filter(|line| *line != row.line),
            reference: duty.reference,
            lead_words: duty.lead_words,
        };
        Self {
            task: row.task.text.clone(),
            line: row.line,
            duties: row.duties.iter().map(duty).collect(),
        }
    }

    fn into_row(self, canonical: &dyn Fn(&str) -> String) -> Row {
        let line = self.line;
        let duty = |duty: StoredDuty| Duty {
            party: duty.party,
            column: duty.column,
            phrase: phrase_of(duty.text, canonical),
            area: duty.area.map(|area| phrase_of(area, canonical)),
            line: duty.line.unwrap_or(line),
            reference: duty.reference,
            lead_words: duty.lead_words,
            included: None,
        };
        Row {
            task: phrase_of(self.task, canonical),
            line,
            duties: self.duties.into_iter().map(duty).collect(),
        }
    }
}

fn phrase_of(text: String, canonical: &dyn Fn(&str) -> String) -> Phrase {
    let canonical = canonical(&text);
    Phrase { text, canonical }
}

#[cfg(test)]
mod tests;
