//! Factor weights of a use: given, or derived from judgements with their statistics.
