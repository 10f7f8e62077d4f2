//! Random numbers that are the same on every machine: xoshiro256++ seeded by SplitMix64, with every transcendental function taken from `libm`.
//!
//! Algorithms: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021).

/// One stream of random numbers.
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// The stream that a seed and a path of numbers (theme, ward, parcel …) name. Streams do not depend on the order in which they are used,
    /// so a change in one theme leaves the others as they were.
    pub fn new(seed: u64, path: &[u64]) -> Random {
        let mut mixer = seed;
        for &step in path {
            mixer = split_mix(&mut mixer) ^ step.wrapping_mul(0xd134_2543_de82_ef95);
        }
        Random { state: [(); 4].map(|()| split_mix(&mut mixer)) }
    }

    pub fn draw(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let result = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    /// Even in [0, 1), in steps of 2⁻⁵³.
    pub fn unit(&mut self) -> f64 {
        (self.draw() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Even in [low, high).
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// An angle, even over the circle.
    pub fn phase(&mut self) -> f64 {
        self.between(0.0, std::f64::consts::TAU)
    }

    /// A whole number in 0..count.
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.draw()) * count as u128) >> 64) as usize
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Normal with mean 0 and deviation 1 (Box–Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }

    /// One of the choices.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
#[path = "random_tests.rs"]
mod tests;
