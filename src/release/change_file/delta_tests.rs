use super::*;
use proptest::prelude::*;

fn again(old: &[u8], pieces: &[Piece], fresh: &[u8]) -> Vec<u8> {
    let (mut out, mut read) = (Vec::new(), 0);
    for piece in pieces {
        match *piece {
            Piece::Old { from, bytes } => out.extend_from_slice(&old[from as usize..(from + bytes) as usize]),
            Piece::New { bytes } => {
                out.extend_from_slice(&fresh[read..read + bytes as usize]);
                read += bytes as usize;
            }
        }
    }
    assert_eq!(read, fresh.len());
    out
}

/// Bytes without a pattern (a linear congruence, the constants of Numerical Recipes).
fn noise(length: usize, mut seed: u32) -> Vec<u8> {
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// 100,000 bytes of which 10 in the middle are others, and 7 more are put in before: all but those 17 are of the old file.
#[test]
fn what_moved_and_what_stayed_is_found_to_the_byte() {
    let old = noise(100_000, 1);
    let mut new = old.clone();
    new[50_000..50_010].copy_from_slice(&[0; 10]);
    new.splice(20_000..20_000, *b"seven 7");
    let (pieces, fresh) = delta(&old, &new);
    assert_eq!(again(&old, &pieces, &fresh), new);
    assert!((17..=40).contains(&fresh.len()), "{} bytes, as noise may agree by chance at the edges", fresh.len());
    assert_eq!(pieces.len(), 5);
}

#[test]
fn files_with_nothing_in_common_and_empty_ones_are_new() {
    for (old, new) in [(noise(9000, 1), noise(9000, 2)), (Vec::new(), noise(10, 3)), (noise(10, 3), Vec::new())] {
        let (pieces, fresh) = delta(&old, &new);
        assert_eq!(fresh, new);
        assert_eq!(pieces.len(), usize::from(!new.is_empty()));
    }
    let zeros = vec![0; 100_000];
    let (pieces, fresh) = delta(&zeros, &zeros[..90_000]);
    assert_eq!((again(&zeros, &pieces, &fresh).len(), fresh.len()), (90_000, 0), "blocks that are all alike");
}

proptest! {
    #[test]
    fn the_pieces_make_the_new_file(cuts in proptest::collection::vec((0usize..40_000, 0usize..9000, any::<bool>()), 0..8), seed in 0u32..99) {
        let old = noise(40_000, seed);
        let mut new = Vec::new();
        for (from, length, own) in cuts {
            let to = (from + length).min(old.len());
            if own { new.extend_from_slice(&noise(length, seed + 100)) } else { new.extend_from_slice(&old[from.min(to)..to]) }
        }
        let (pieces, fresh) = delta(&old, &new);
        prop_assert_eq!(again(&old, &pieces, &fresh), new);
    }
}
