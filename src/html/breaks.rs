//! Text as HTML with the places where a line may end.
//!
//! Takes the words of a title or a caption; gives them escaped, `<wbr>` between
//! them. Clauses, which end with ，：、 and their like, stand in
//! `<span class="c">`, which the theme makes a box: so lines end between
//! clauses first and within one only where it is wider than the line.
//!
//! **Invariant:** without its tags the result is the escaped text.

use super::escape_into;

/// The most characters of a clause that is kept together: about a line on a phone.
const LONGEST: usize = 14;

/// `words` in one text, escaped, with its places to break; see the module.
pub fn breakable(words: &[String]) -> String {
    let mut depth = 0_usize;
    let ends = |word: &String| {
        for c in word.chars() {
            if "“‘（《【「".contains(c) {
                depth += 1;
            } else if "”’）》】」".contains(c) {
                depth = depth.saturating_sub(1);
            }
        }
        // What is quoted stays with what it is quoted in.
        depth == 0 && word.ends_with(ends_clause)
    };
    let clauses: Vec<&[String]> = words.split_inclusive(ends).collect();
    let mut out = String::new();
    for clause in &clauses {
        let length: usize = clause.iter().map(|word| word.chars().count()).sum();
        let together = clauses.len() > 1 && clause.len() > 1 && length <= LONGEST;
        if together {
            out.push_str("<span class=\"c\">");
        }
        for (at, word) in clause.iter().enumerate() {
            if at > 0 {
                out.push_str("<wbr>");
            }
            escape_into(&mut out, word);
        }
        out.push_str(if together { "</span>" } else { "" });
        out.push_str("<wbr>");
    }
    // No break is wanted behind the last clause.
    out.truncate(out.len() - if clauses.is_empty() { 0 } else { "<wbr>".len() });
    out
}

/// Punctuation after which a reader takes breath.
fn ends_clause(c: char) -> bool {
    "，：；、。！？—…".contains(c)
}
