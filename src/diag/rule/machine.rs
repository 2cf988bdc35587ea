//! Faults of the machine itself: disk, memory, missing tools (exit code 3).

rules! {}
