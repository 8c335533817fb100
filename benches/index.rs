//! How long the search index takes beyond the build, and how large it is.

use std::time::Instant;

use zhuanlan::build::{BuildResult, Content};

/// Makes the index of `built` and prints how long it took. The text of these
/// columns is made from few words: real text has far more pairs of characters,
/// and a larger index.
pub(crate) fn print(built: &BuildResult) {
    let start = Instant::now();
    let (mut files, mut bytes) = (0, 0);
    for (_, artifact) in built.output.late.files() {
        files += 1;
        if let Content::Bytes(content) = &artifact.content {
            bytes += content.len();
        }
    }
    let time = start.elapsed().as_secs_f64() * 1000.0;
    println!("{:>8}  search index: {time:.1} ms, {files} files, {} KB", "", bytes / 1024);
}
