//! From total scores to grades: class breaks by the method the project names.
