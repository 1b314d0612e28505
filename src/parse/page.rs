//! What parsing yields: the page as its author wrote it, free of syntax.

use crate::model::Notice;

/// A run of inline text of one nature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Words, markup removed, entities decoded.
    Text(String),
    /// Words in code ticks or `<code>`.
    Code(String),
    /// `{{site.data.keyword.KEY}}` in any spelling, or `{[KEY]}`.
    Keyref {
        /// The key, suffixes included (`cloud_notm`).
        key: String,
        /// Whether it is spelled as the renderer wants it.
        well_formed: bool,
    },
    /// `{{site.data.content.KEY}}` or an include: text that is kept elsewhere.
    Content(String),
    /// An image.
    Image {
        /// Its alternative text.
        alt: String,
        /// Its target.
        target: String,
    },
}

/// What a piece of a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Text, up to a break (`<br>`, `\n`, `<p>`).
    Text,
    /// One list item (bullet or number) at a depth from 0.
    Item {
        /// Nesting depth, from 0.
        depth: usize,
    },
}

/// A piece of a cell: a list item, or the text between two breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Item or text.
    pub kind: PieceKind,
    /// Its inline text.
    pub runs: Vec<Run>,
    /// Line of the file, from 1.
    pub line: usize,
}

/// What a cell goes on with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spans {
    /// Nothing: it was written here.
    #[default]
    Nothing,
    /// The cell above, whose text it repeats.
    Above,
    /// The cell left of it, whose text it does not repeat.
    Left,
}

/// One cell; empty where the author left it blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// Whether it is part of one that spans rows or columns.
    pub spans: Spans,
}

/// One row of a table below its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Line of the file where it begins, from 1.
    pub line: usize,
    /// Its cells, as many as were written.
    pub cells: Vec<Cell>,
}

impl TableRow {
    /// The cell that stands in a column, and the column where it begins.
    #[must_use]
    pub fn cell_over(&self, column: usize) -> Option<(usize, &Cell)> {
        let cells = self.cells.get(..=column)?;
        let begin = cells.iter().rposition(|cell| cell.spans != Spans::Left)?;
        Some((begin, &cells[begin]))
    }
}

/// What a table was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableSource {
    /// Pipes.
    Pipe,
    /// HTML `<table>`.
    Html,
    /// AsciiDoc.
    AsciiDoc,
}

/// A table as written; nothing is padded or cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Line of the file of its first row, from 1.
    pub line: usize,
    /// Pipes or HTML.
    pub source: TableSource,
    /// The header cells; none for rows that stand without a header.
    pub header: Option<Vec<Cell>>,
    /// How many columns the separator row has; 0 without one.
    pub separator_columns: usize,
    /// The rows below the header.
    pub rows: Vec<TableRow>,
    /// Attributes of the lists after or inside it (`caption`, `summary`, `tab-title`, ...), and
    /// `caption` of an HTML `<caption>`, in order. Keyrefs are left as written.
    pub attributes: Vec<(String, String)>,
}

impl Table {
    /// Its caption as written.
    #[must_use]
    pub fn caption(&self) -> Option<&str> {
        let named = |(name, _): &&(String, String)| name == "caption";
        self.attributes.iter().find(named).map(|(_, value)| value.as_str())
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Line of the file, from 1.
    pub line: usize,
    /// 1 to 6.
    pub level: u8,
    /// Its text.
    pub runs: Vec<Run>,
    /// The id that an attribute list gives it (`{: #id}`), by which it is linked to.
    pub id: Option<String>,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Line of the file, from 1.
    pub line: usize,
    /// Its text; that of long prose with its markup, as one run.
    pub runs: Vec<Run>,
    /// Whether it is long prose, whose markup is not read yet.
    pub long: bool,
    /// Whether it is nothing but links.
    pub only_links: bool,
}

/// An item of a list outside tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// Line of the file, from 1.
    pub line: usize,
    /// Nesting depth, from 0.
    pub depth: usize,
    /// Its text.
    pub runs: Vec<Run>,
    /// Whether it is nothing but links.
    pub only_links: bool,
    /// Whether it has a box to tick.
    pub has_box: bool,
}

/// A list outside tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Line of the file, from 1.
    pub line: usize,
    /// Its items in order, nested ones after their parent.
    pub items: Vec<ListItem>,
}

/// A term with what defines it: an entry of a definition list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Line of the file of the term, from 1.
    pub line: usize,
    /// The term.
    pub term: Vec<Run>,
    /// What stands behind the colons.
    pub blocks: Vec<Block>,
}

/// Where a condition begins or ends under which the blocks below are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Line of the file, from 1.
    pub line: usize,
    /// As people read it ("if rosa"); none where it ends.
    pub text: Option<String>,
}

/// A block of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A condition begins or ends.
    Condition(Condition),
    /// A heading.
    Heading(Heading),
    /// A table.
    Table(Table),
    /// A list.
    List(List),
    /// An entry of a definition list.
    Definition(Definition),
    /// Anything else that holds text.
    Paragraph(Paragraph),
}

/// The front matter, field by field, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// `lastupdated` with its line, quotes removed.
    pub last_updated: Option<(String, usize)>,
    /// `copyright.years` (or a scalar `copyright`) with its line, quotes removed.
    pub years: Option<(String, usize)>,
    /// `subcollection`.
    pub subcollection: Option<String>,
}

/// A page, free of syntax.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its front matter.
    pub front_matter: FrontMatter,
    /// Its blocks in order, text in comments left out.
    pub blocks: Vec<Block>,
    /// Tables inside comments: nobody reads them, a writer may have forgotten them.
    pub hidden: Vec<Table>,
    /// Where footnotes are cited, and what they say, in the order of lines.
    pub footnotes: Vec<CitedFootnote>,
    /// What is read here but breaks on the published page.
    pub publishing: Vec<Notice>,
}

/// A footnote where it is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedFootnote {
    /// Line of the file that cites it, from 1.
    pub cited_on: usize,
    /// Line of the file where it stands, from 1.
    pub line: usize,
    /// What it says.
    pub runs: Vec<Run>,
}
