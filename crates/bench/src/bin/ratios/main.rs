//! One table of how fast jixiao is beside what its work costs at least, every ratio from one run:
//! `cargo xtask bench`. `JIXIAO` names the program, `PYTHON` a Python with XlsxWriter, openpyxl and python-calamine.

#![expect(clippy::print_stdout, reason = "a command-line program prints its results")]
#![expect(clippy::float_arithmetic, reason = "readings of a clock are no money")]

mod batch;
mod clock;
mod python;
mod table;
mod text;
mod workbooks;

use std::error::Error;

use table::Table;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut table = Table::new();
    text::measure(&mut table)?;
    workbooks::measure(&mut table)?;
    batch::measure(&mut table)?;
    table.finish();
    Ok(())
}
