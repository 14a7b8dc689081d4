//! The one binary: everything it does is a command of `wasl::cli`.

fn main() -> std::process::ExitCode {
    wasl::cli::main()
}
