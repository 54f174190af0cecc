//! What can go wrong with a document. Each message is one Chinese sentence that says what to do.

use crate::limits;

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// An HTML page larger than any that holds forms.
    #[error("网页超过 {} MB，未予读取；请只保存自评表所在的页面", limits::MAX_HTML_BYTES >> 20)]
    PageTooLarge,
    /// Elements within elements without end.
    #[error(
        "网页的标签层层嵌套，超过 {} 层或 {} 个，疑似异常文件，未予读取；请用浏览器打开后把表格复制到 Excel 工作簿",
        limits::MAX_HTML_DEPTH,
        limits::MAX_HTML_NODES
    )]
    PageTooDeep,
    /// More cells than any document of forms has.
    #[error("文档中的单元格超过 {} 个，未予读取；请只保留自评表所在的部分后另存", limits::MAX_CELLS)]
    TooManyCells,
    /// More text than any document of forms has.
    #[error(
        "文档中的文字超过 {} MB 或 {} 行，未予读取；请只保留自评表所在的部分后另存",
        limits::MAX_TEXT_BYTES >> 20,
        limits::MAX_LINES
    )]
    TooMuchText,
    /// A Word file without the part that holds its text.
    #[error("不是可识别的 Word 文档（.docx）；请用 Word 或 WPS 打开后另存为 .docx")]
    NotADocx,
    /// A Word file that ends early or contradicts itself.
    #[error("Word 文档已损坏或不完整（{0}）；请重新获取该文件，或用 Word、WPS 打开修复后另存为 .docx")]
    DamagedDocx(String),
    /// A Word file that unpacks to more than any form needs.
    #[error("Word 文档解压后超过 {} MB，疑似异常文件，未予读取；请删去图片等内容后另存", limits::MAX_UNPACKED_BYTES >> 20)]
    UnpacksTooLarge,
    /// A PDF larger than any that holds forms.
    #[error("PDF 超过 {} MB，未予读取；请把文件拆开后再读", limits::MAX_PDF_BYTES >> 20)]
    PdfTooLarge,
    /// A PDF of more pages than any that holds forms.
    #[error("PDF 超过 {} 页，未予读取；请只保留自评表所在的页", limits::MAX_PAGES)]
    TooManyPages,
    /// A PDF of more parts than any that holds forms.
    #[error(
        "PDF 的内部对象超过 {} 个，疑似异常文件，未予读取；请用阅读器打开后另存（打印）为 PDF 再读",
        limits::MAX_PDF_OBJECTS
    )]
    TooManyPdfObjects,
    /// A PDF with more text than any that holds forms.
    #[error(
        "PDF 中的文字超过 {} 个，或多于 {} 处，未予读取；请只保留自评表所在的页",
        limits::MAX_GLYPHS,
        limits::MAX_RUNS
    )]
    TooMuchPdfText,
    /// A PDF whose drawing instructions take too long.
    #[error(
        "PDF 的内容 {} 秒内没有读完，疑似异常文件；请用阅读器打开后另存（打印）为 PDF 再读",
        limits::MAX_PDF_SECONDS
    )]
    PdfTooSlow,
    /// A PDF whose packed parts unpack to more than any document of forms.
    #[error(
        "PDF 的内容解压后过大（一处超过 {} MB，或合计超过 {} MB），疑似异常文件，未予读取；请用阅读器打开后另存（打印）为 PDF 再读",
        limits::MAX_PDF_STREAM_BYTES >> 20,
        limits::MAX_PDF_UNPACKED_BYTES >> 20
    )]
    PdfUnpacksTooLarge,
    /// A PDF that is damaged beyond repair.
    #[error("PDF 已损坏或不完整，无法读取；请重新获取该文件，或用阅读器打开后另存（打印）为 PDF")]
    DamagedPdf,
    /// A PDF locked with a password to open.
    #[error("PDF 设有打开密码，无法读取；请用阅读器打开，取消密码后另存")]
    EncryptedPdf,
    /// A PDF locked in a way that is not known.
    #[error("PDF 的加密方式不支持，无法读取；请用阅读器打开，取消加密后另存（打印）为 PDF")]
    UnknownPdfCipher,
    /// A PDF without any text or picture.
    #[error("PDF 的每一页都是空白的；请重新获取该文件，或用阅读器打开后另存（打印）为 PDF 再读")]
    BlankPdf,
    /// A PDF of pictures without text.
    #[error("第{pages}页是扫描的图片，没有文字；请先用文字识别（OCR）软件转成带文字的 PDF、Word 或 Excel 文件")]
    ScannedPdf {
        /// The numbers of the pages, one after the other.
        pages: String,
    },
    /// A PDF whose fonts do not tell what their glyphs mean.
    #[error(
        "PDF 的字体没有给出对应的文字，读出的是乱码（{percent}% 无法识别）；请向制作者索取 Word 或 Excel 文件，或打印为图片后做文字识别（OCR）"
    )]
    GarbledPdf {
        /// Percent of the characters that are unknown.
        percent: usize,
    },
    /// A Word file locked with a password.
    #[error("Word 文档设有打开密码，无法读取；请用 Word 或 WPS 打开，取消密码后另存")]
    EncryptedDocx,
}

impl From<jixiao_package::PackageError> for SourceError {
    fn from(error: jixiao_package::PackageError) -> Self {
        match error {
            jixiao_package::PackageError::Encrypted => Self::EncryptedDocx,
            jixiao_package::PackageError::Damaged(cause) => Self::DamagedDocx(cause),
            jixiao_package::PackageError::UnpacksTooLarge => Self::UnpacksTooLarge,
        }
    }
}
