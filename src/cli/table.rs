//! Columns that stand under each other, Chinese included.

use unicode_width::UnicodeWidthStr;

/// Rows of cells as lines; each column is as wide as its widest cell, the last
/// one as wide as it is.
pub(super) fn align(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line += cell;
            line += &" ".repeat(width - cell.width() + 2);
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::align;

    #[test]
    fn chinese_is_two_cells_wide() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [row(["草稿", "", "标题"]), row(["x", "2021-03-08", "a"])];
        assert_eq!(align(&rows), "草稿              标题\nx     2021-03-08  a\n");
    }
}
