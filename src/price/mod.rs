//! From sale samples to the benchmark price of every use and grade.
