//! The consistency index that random judgements reach on average: two published tables.

/// Which table of random indices (RI) the consistency ratio is measured against; near 0.10 the choice decides, so it is the project's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RandomIndex {
    /// Saaty's, usual in Chinese manuals: 0.58 for three factors, up to eleven.
    #[default]
    A,
    /// The later simulation: 0.52 for three factors, up to fifteen.
    B,
}

impl RandomIndex {
    /// As files and options name it.
    pub fn word(self) -> &'static str {
        match self {
            RandomIndex::A => "A",
            RandomIndex::B => "B",
        }
    }

    /// The table of a word.
    pub fn of_word(word: &str) -> Option<RandomIndex> {
        [RandomIndex::A, RandomIndex::B].into_iter().find(|table| table.word() == word)
    }

    /// The random index of `n` compared factors; 0 for one or two, `None` beyond the table.
    pub fn of(self, n: usize) -> Option<f64> {
        let from_three: &[f64] = match self {
            RandomIndex::A => &[0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51],
            RandomIndex::B => &[0.52, 0.89, 1.12, 1.26, 1.36, 1.41, 1.46, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59],
        };
        match n {
            0..=2 => Some(0.0),
            _ => from_three.get(n - 3).copied(),
        }
    }

    /// The most factors the table covers.
    pub fn largest(self) -> usize {
        match self {
            RandomIndex::A => 11,
            RandomIndex::B => 15,
        }
    }
}
