//! Land uses: what is graded and priced apart from one another.

/// A use of the project, as its place in the project's list of uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UseId(pub u8);

impl UseId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// One use: its key in files and its name for readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The key in the project file and in every output, such as `residential`.
    pub key: String,
    /// The name readers see, such as 居住用地.
    pub name: String,
    /// Every spelling in the data that means this use (the key is one of them).
    pub spellings: Vec<String>,
}
