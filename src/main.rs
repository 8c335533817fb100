//! The command `zhuanlan`.

fn main() {}
