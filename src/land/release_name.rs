//! What a release may be called.

use super::{Fault, Outcome};
use crate::say;

/// Published files stand beside the release in a folder of its name with this ending, so that no release may bear it.
pub const PUBLISHED: &str = "-published";

/// A release's name is its folder's, here and on whatever disk it is copied to.
///
/// # Errors
/// `release-name`.
pub fn check(name: &str) -> Outcome<()> {
    let forbidden = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    let fine = !name.is_empty()
        && name.len() <= 200
        && name.trim() == name
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains(forbidden)
        && !name.ends_with(PUBLISHED);
    if fine {
        return Ok(());
    }
    let shown: String = name.chars().take(60).collect();
    Err(Fault::new(
        "release-name",
        say!("\"{shown}\" cannot be the name of a release", "「{shown}」不能作为成果包名称"),
        say!(
            "use letters, digits, spaces, - and _, at most 200 bytes, such as 2026-01; not ending in {PUBLISHED}",
            "请使用文字、数字、空格、- 和 _,不超过 200 字节,例如 2026-01;不得以 {PUBLISHED} 结尾"
        ),
    ))
}
