//! The table that is printed.

/// Rows of measured work, and the remarks below.
pub(crate) struct Table {
    rows: Vec<[String; 3]>,
    remarks: Vec<String>,
}

impl Table {
    pub(crate) const fn new() -> Self {
        Self { rows: Vec::new(), remarks: Vec::new() }
    }

    /// Adds a row: the work, how fast it went, and what that is beside something else.
    pub(crate) fn row(&mut self, work: impl Into<String>, speed: String, beside: impl Into<String>) {
        self.rows.push([work.into(), speed, beside.into()]);
    }

    /// Adds a remark, such as what could not be measured here.
    pub(crate) fn remark(&mut self, remark: String) {
        self.remarks.push(remark);
    }

    pub(crate) fn print(&self) {
        println!("| work | speed | ratio, both of this run |\n| --- | ---: | --- |");
        for [work, speed, beside] in &self.rows {
            println!("| {work} | {speed} | {beside} |");
        }
        for remark in &self.remarks {
            println!("\n{remark}");
        }
    }
}
