//! The command `zhuanlan`.

/// Pages are made of many small pieces: a tenth of a build's time is saved
/// against the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    zhuanlan::cli::run()
}
