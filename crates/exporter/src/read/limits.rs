//! How much of a workbook is read before it is refused: real workbooks of forms stay far below every limit, and
//! none of the limits lets a hostile one take more than 256 MiB of memory, the results included.

/// Bytes that the parts of an archive that are read may unpack to, all together.
pub(crate) const MAX_UNPACKED_BYTES: u64 = 64 << 20;
/// Non-blank cells of a workbook.
pub(crate) const MAX_CELLS: usize = 150_000;
/// Cells of the rectangle around the cells of an .xls sheet, all of which its library allocates.
pub(crate) const MAX_XLS_RECTANGLE: u64 = 2_000_000;
/// Bytes of the texts of all cells.
pub(crate) const MAX_TEXT_BYTES: usize = 32 << 20;
/// Cells of a sheet that is filled, blank ones with a style included.
pub(crate) const MAX_LISTED_CELLS: usize = 1_000_000;
/// Merged areas of a workbook.
pub(crate) const MAX_MERGED_AREAS: usize = 200_000;
/// Shared strings of a workbook: no more than it may have cells, twice over for what editing left behind.
pub(crate) const MAX_SHARED_STRINGS: usize = 2 * MAX_CELLS;
/// Cell styles; spreadsheet programs stop at 65,490.
pub(crate) const MAX_STYLES: usize = 65_536;
/// Remarks of one kind about one sheet; the last one says how many more cells it holds for.
pub(crate) const MAX_REMARKS: usize = 200;
