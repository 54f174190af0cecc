//! The table that is printed: each row as soon as it is measured, for the whole takes minutes.

/// The table, and the remarks that stand below it.
pub(crate) struct Table {
    remarks: Vec<String>,
}

impl Table {
    /// Prints the head.
    pub(crate) fn new() -> Self {
        println!("| work | speed | ratio, both of this run |\n| --- | ---: | --- |");
        Self { remarks: Vec::new() }
    }

    /// Prints a row: the work, how fast it went, and what that is beside something else.
    pub(crate) fn row(&mut self, work: impl AsRef<str>, speed: &str, beside: impl AsRef<str>) {
        println!("| {} | {speed} | {} |", work.as_ref(), beside.as_ref());
    }

    /// Adds a remark, such as what could not be measured here.
    pub(crate) fn remark(&mut self, remark: String) {
        self.remarks.push(remark);
    }

    /// Prints the remarks.
    pub(crate) fn finish(self) {
        for remark in self.remarks {
            println!("\n{remark}");
        }
    }
}
