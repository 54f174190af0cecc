//! How much of a workbook is read before it is refused: real workbooks of forms stay far below every limit, and
//! none of the limits lets a hostile one take more than a few hundred megabytes.

/// Bytes that the parts of an archive that are read may unpack to, all together.
pub(crate) const MAX_UNPACKED_BYTES: u64 = 64 << 20;
/// Non-blank cells of a workbook.
pub(crate) const MAX_CELLS: usize = 500_000;
/// Merged areas of a workbook.
pub(crate) const MAX_MERGED_AREAS: usize = 200_000;
