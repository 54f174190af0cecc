//! What can go wrong with a workbook. Each message is one Chinese sentence that says what to do.

use crate::read::limits;

/// A workbook that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A text longer than a cell of any spreadsheet program may be.
    #[error(
        "工作表「{sheet}」{range} 的文字有 {length} 个字符，超过单元格上限 32767 个；请缩短「{start}…」这段文字后再导出"
    )]
    TextTooLong {
        /// The sheet's name.
        sheet: String,
        /// The area in A1 notation.
        range: String,
        /// Characters of the text.
        length: usize,
        /// How the text begins.
        start: String,
    },
    /// More rows than a sheet has.
    #[error("工作表「{sheet}」需要 {rows} 行，超过工作表上限 1048576 行；请分成几张表导出")]
    TooManyRows {
        /// The sheet's name.
        sheet: String,
        /// Rows needed.
        rows: usize,
    },
    /// A template in a format that cannot be edited without loss.
    #[error("模板是 {0} 工作簿，不能在其中填写；请先用 Excel 或 WPS 另存为 .xlsx，再用另存的文件作模板")]
    OldTemplate(&'static str),
    /// A template that cannot be read at all.
    #[error(transparent)]
    Template(#[from] ImportError),
    /// A template whose parts contradict each other.
    #[error("模板已损坏或不完整（{0}）；请重新获取该文件，或用 Excel、WPS 打开修复后另存为 .xlsx")]
    TemplateDamaged(String),
    /// A template that holds no form.
    #[error("模板里没有找到自评表；请确认模板中有「三级指标」「年度指标值」等表头")]
    NoFormInTemplate,
    /// More forms than the template has room for.
    #[error("有 {forms} 张自评表要填，模板里只有 {places} 张表；请用 --split 文件夹，每张表单独填成一个文件")]
    TooManyForms {
        /// Forms to fill in.
        forms: usize,
        /// Forms of the template.
        places: usize,
    },
    /// The workbook library refused.
    #[error("工作簿无法写出：{0}")]
    Write(#[from] rust_xlsxwriter::XlsxError),
    /// The archive of the workbook could not be written.
    #[error("工作簿无法写出：{0}；请检查输出文件夹和临时文件夹所在磁盘的空间")]
    Archive(#[from] zip::result::ZipError),
}

/// A workbook that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The bytes are none of the workbook formats.
    #[error("不是可识别的工作簿（.xlsx、.xlsm、.xls、.ods）；请确认文件，或用 Excel、WPS 打开后另存为 .xlsx")]
    NotAWorkbook,
    /// The binary format .xlsb.
    #[error("这是二进制工作簿（.xlsb），暂不支持；请用 Excel 打开后另存为 .xlsx")]
    BinaryWorkbook,
    /// Protected by a password to open.
    #[error("工作簿设有打开密码，无法读取；请用 Excel 或 WPS 打开，取消密码后另存")]
    Encrypted,
    /// The archive or the file ends early or contradicts itself.
    #[error("工作簿已损坏或不完整（{0}）；请重新获取该文件，或用 Excel、WPS 打开修复后另存为 .xlsx")]
    Damaged(String),
    /// An archive that unpacks to more than any form needs.
    #[error(
        "工作簿解压后超过 {} MB，疑似异常文件，未予读取；请删去图片和无关工作表后另存",
        limits::MAX_UNPACKED_BYTES >> 20
    )]
    UnpacksTooLarge,
    /// More cells than any workbook of forms has.
    #[error(
        "工作簿中有内容的单元格超过 {} 个，未予读取；请分成几个工作簿，或只保留自评表所在的工作表后另存",
        limits::MAX_CELLS
    )]
    TooManyCells,
    /// More text than any workbook of forms has.
    #[error("工作簿中的文字超过 {} MB，未予读取；请只保留自评表所在的工作表后另存", limits::MAX_TEXT_BYTES >> 20)]
    TooMuchText,
    /// More merged areas than any workbook of forms has.
    #[error("工作簿中合并单元格超过 {} 处，未予读取；请只保留自评表所在的工作表后另存", limits::MAX_MERGED_AREAS)]
    TooManyMergedAreas,
}

impl From<jixiao_package::PackageError> for ExportError {
    fn from(error: jixiao_package::PackageError) -> Self {
        Self::Template(error.into())
    }
}

impl From<jixiao_package::PackageError> for ImportError {
    fn from(error: jixiao_package::PackageError) -> Self {
        match error {
            jixiao_package::PackageError::Encrypted => Self::Encrypted,
            jixiao_package::PackageError::Damaged(cause) => Self::Damaged(cause),
            jixiao_package::PackageError::UnpacksTooLarge => Self::UnpacksTooLarge,
        }
    }
}
