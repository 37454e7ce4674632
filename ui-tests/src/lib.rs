//! Programs that `fanout` rejects, each with what the compiler says, and a few that must pass. See `tests/ui.rs`.
