//! The use of every piece of ground: blocks have a prevailing use, some parcels another.

use super::fabric::Fabric;
use super::prices::Surface;
use super::ring::centroid;
use super::theme;
use crate::land::random::Random;

/// The share of parcels in a block that have its prevailing use whatever the odds.
const PREVAILING: f64 = 0.75;

/// The use of each piece, as its place in [`super::USES`].
pub(super) fn assign(fabric: &Fabric, surface: &Surface, seed: u64) -> Vec<u8> {
    let mut uses = vec![0; fabric.pieces.len()];
    for ward in &fabric.wards {
        let mut random = Random::new(seed, &[theme::USES, u64::from(ward.rank)]);
        for block in ward.blocks.iter().filter(|block| !block.pieces.is_empty()) {
            let odds = odds(surface.access(centroid(&block.outline), 0), ward.industrial);
            let prevailing = draw(&odds, &mut random);
            for piece in block.pieces.clone() {
                uses[piece] = if random.chance(PREVAILING) { prevailing } else { draw(&odds, &mut random) };
            }
        }
    }
    uses
}

/// The odds of commercial, residential, industrial and public use.
fn odds(access: f64, industrial: bool) -> [f64; 4] {
    let commercial = 0.03 + 0.3 * libm::pow((access / 1.3).min(1.3), 1.7);
    let industry = if industrial { 0.72 } else { 0.03 };
    let public = 0.09;
    let rest = (1.0 - commercial - industry - public).max(0.05);
    [commercial, rest, industry, public]
}

fn draw(odds: &[f64; 4], random: &mut Random) -> u8 {
    let mut left = random.unit() * odds.iter().sum::<f64>();
    for (number, share) in odds.iter().enumerate() {
        left -= share;
        if left < 0.0 {
            return number as u8;
        }
    }
    1
}
