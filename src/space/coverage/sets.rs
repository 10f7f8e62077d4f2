//! Sets of numbers that grow together.

/// Sets that grow together; the least member stands for each.
pub struct Sets(Vec<u32>);

impl Sets {
    pub fn new(count: usize) -> Sets {
        Sets((0..count as u32).collect())
    }

    /// One more member, in a set of its own.
    pub fn push(&mut self) -> u32 {
        let member = self.0.len() as u32;
        self.0.push(member);
        member
    }

    pub fn of(&mut self, mut member: u32) -> u32 {
        while self.0[member as usize] != member {
            let above = self.0[self.0[member as usize] as usize];
            self.0[member as usize] = above;
            member = above;
        }
        member
    }

    pub fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.of(one), self.of(other));
        let (least, most) = (one.min(other), one.max(other));
        self.0[most as usize] = least;
    }
}
