//! The command `zhuanlan`.

fn main() -> std::process::ExitCode {
    zhuanlan::cli::run()
}
