//! How much of a document is read before it is refused: real documents of forms stay far below every limit, and none
//! of the limits lets a hostile one take more than a few hundred megabytes or more than a few seconds.

/// Bytes of an HTML page.
pub(crate) const MAX_HTML_BYTES: usize = 32 << 20;
/// Elements open within each other on an HTML page; browsers stop at 512 as well.
pub(crate) const MAX_HTML_DEPTH: usize = 512;
/// Nodes of an HTML page.
pub(crate) const MAX_HTML_NODES: usize = 800_000;
/// Bytes that the parts of a .docx that are read may unpack to, all together.
pub(crate) const MAX_UNPACKED_BYTES: u64 = 64 << 20;
/// Table cells of a document, as many as are read of a workbook.
pub(crate) const MAX_CELLS: usize = 150_000;
/// Fields of the grids of all tables of a document: a cell over two rows and three columns takes six.
pub(crate) const MAX_FIELDS: usize = 2_000_000;
/// Bytes of text of a Word document or an HTML page; a form has some five thousand.
pub(crate) const MAX_TEXT_BYTES: usize = 8 << 20;
/// Lines of text of such a document.
pub(crate) const MAX_LINES: usize = 200_000;
/// Tables within the cells of tables; what lies deeper is read as the text of its cell.
pub(crate) const MAX_NESTED_TABLES: usize = 16;
/// Columns of a table; spreadsheet programs stop at 16,384, and no page has room for as many.
pub(crate) const MAX_COLUMNS: u32 = 1_000;
/// Rows that one cell may span, as HTML has it.
pub(crate) const MAX_ROW_SPAN: u32 = 65_534;
/// Bytes of a PDF.
pub(crate) const MAX_PDF_BYTES: usize = 96 << 20;
/// Objects of a PDF; a page takes some ten.
pub(crate) const MAX_PDF_OBJECTS: usize = 500_000;
/// Pages of a PDF.
pub(crate) const MAX_PAGES: usize = 5_000;
/// Glyphs on a page; a page of small print has some five thousand.
pub(crate) const MAX_PAGE_GLYPHS: usize = 50_000;
/// Glyphs of a PDF.
pub(crate) const MAX_GLYPHS: usize = 2_000_000;
/// Stretches of text of a PDF; a page of a form has two hundred.
pub(crate) const MAX_RUNS: usize = 300_000;
/// Lines and rectangles on a page, before pieces are put together.
pub(crate) const MAX_PAGE_SHAPES: usize = 200_000;
/// Rules of one direction on a page, pieces put together.
pub(crate) const MAX_PAGE_RULES: usize = 4_000;
/// Fields between the rules of a table, merged or not.
pub(crate) const MAX_PAGE_CELLS: usize = 200_000;
/// Seconds that the drawing instructions of a PDF may take to be carried out, pages aside.
pub(crate) const MAX_PDF_SECONDS: u64 = 5;
/// Milliseconds that each page adds to them; an ordinary one takes five.
pub(crate) const MAX_PAGE_MILLISECONDS: u32 = 20;
/// Bytes that the drawing instructions of a page, or any other stream that is no picture and no font, may unpack to; those
/// of an ordinary page take some ten thousand. It also bounds the time of instructions that draw nothing.
pub(crate) const MAX_PDF_STREAM_BYTES: u64 = 12 << 20;
/// Bytes that a picture or a font may unpack to: whole Chinese fonts take 20 million, a page scanned in colour 26 million.
pub(crate) const MAX_PDF_PICTURE_BYTES: u64 = 48 << 20;
/// Bytes that all streams of a PDF, pictures aside, and the drawing instructions of all its pages may unpack to.
pub(crate) const MAX_PDF_UNPACKED_BYTES: u64 = 96 << 20;
