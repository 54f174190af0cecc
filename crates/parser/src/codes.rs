//! The codes of the readers' diagnostics: one table with what each one means.

use jixiao_core::{Diagnostic, FieldPath, Place, Severity};

/// What a reader can have to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// Bytes that are no text in the detected encoding.
    UndecodableBytes,
    /// The input holds no form.
    NoForm,
    /// Text before, between or after the forms.
    TextOutsideForm,
    /// Page headers and footers, page numbers, watermarks, notes: text of the page, not of the document.
    PageFurniture,
    /// Text inside a form that ended in no field.
    UnreadText,
    /// A column that the model does not have; its cells are quoted and not kept.
    UnkeptColumn,
    /// A cell whose text is not what its column demands.
    UnreadableCell,
    /// A cell with a near rival reading.
    UncertainCell,
    /// A row with a near rival reading.
    UncertainRow,
    /// The form's own figures do not add up as read.
    ArithmeticMismatch,
    /// A part that the form should have was not found.
    MissingPart,
    /// A limit cut the reading short.
    LimitReached,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 12] = [
        Self::UndecodableBytes,
        Self::NoForm,
        Self::TextOutsideForm,
        Self::PageFurniture,
        Self::UnreadText,
        Self::UnkeptColumn,
        Self::UnreadableCell,
        Self::UncertainCell,
        Self::UncertainRow,
        Self::ArithmeticMismatch,
        Self::MissingPart,
        Self::LimitReached,
    ];

    /// The stable name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UndecodableBytes => "undecodable-bytes",
            Self::NoForm => "no-form",
            Self::TextOutsideForm => "text-outside-form",
            Self::PageFurniture => "page-furniture",
            Self::UnreadText => "unread-text",
            Self::UnkeptColumn => "unkept-column",
            Self::UnreadableCell => "unreadable-cell",
            Self::UncertainCell => "uncertain-cell",
            Self::UncertainRow => "uncertain-row",
            Self::ArithmeticMismatch => "arithmetic-mismatch",
            Self::MissingPart => "missing-part",
            Self::LimitReached => "limit-reached",
        }
    }

    /// How serious a diagnostic of this code is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::TextOutsideForm | Self::PageFurniture | Self::UnkeptColumn | Self::ArithmeticMismatch => {
                Severity::Info
            }
            Self::NoForm | Self::LimitReached => Severity::Error,
            _ => Severity::Warning,
        }
    }

    /// What it means, for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::UndecodableBytes => "有字节不成文字",
            Self::NoForm => "没有找到自评表",
            Self::TextOutsideForm => "表外文字",
            Self::PageFurniture => "页眉、页脚、页码、水印等",
            Self::UnreadText => "表内文字未读入任何栏目",
            Self::UnkeptColumn => "自评表没有的栏目，未保留",
            Self::UnreadableCell => "单元格内容与栏目不符",
            Self::UncertainCell => "单元格读法不唯一",
            Self::UncertainRow => "整行读法不唯一",
            Self::ArithmeticMismatch => "读出的数字与表内合计不符",
            Self::MissingPart => "表的一部分没有找到",
            Self::LimitReached => "超出限制，后面的内容没有读",
        }
    }

    /// A diagnostic of this code.
    #[must_use]
    pub fn diagnostic(self, message: impl Into<String>, field: Option<FieldPath>, span: Option<Place>) -> Diagnostic {
        Diagnostic { code: self.name().to_owned(), severity: self.severity(), message: message.into(), field, span }
    }
}
