//! Which lines of a drafted project file wait for a decision.

/// The lines below the head with a comment that begins `# ?`, with their numbers from 1; the mark inside a name or a value does not count.
pub fn questions(draft: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = draft.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines.skip_while(|(_, line)| !line.starts_with('[')).filter(|(_, line)| asks(line))
}

fn asks(line: &str) -> bool {
    // A key that is left out for now: `# date = "jyrq"  # ? …`; the list of unused layers is further in.
    let is_key = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let left_out = |line: &&str| line.split_once(" = ").is_some_and(|(name, _)| is_key(name));
    let line = line.strip_prefix("# ").filter(left_out).unwrap_or(line);
    let (mut quote, mut escaped) = (None, false);
    for (at, letter) in line.char_indices() {
        match (quote, letter) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), letter) if letter == open && !escaped => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '#') => return line[at..].starts_with("# ?"),
            _ => {}
        }
        escaped = false;
    }
    false
}

#[cfg(test)]
#[path = "questions_tests.rs"]
mod tests;
