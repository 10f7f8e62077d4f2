//! PDF files whose bytes do not depend on chance: entries of dictionaries that name objects are put in the order of their names.

/// Sorts every run of lines such as `      /gs15 22 0 R` outside of streams. The runs keep their length, so the offsets of objects stay right.
pub fn in_order(bytes: Vec<u8>) -> Vec<u8> {
    let mut sorted = Vec::with_capacity(bytes.len());
    let mut run: Vec<&[u8]> = Vec::new();
    let mut in_stream = false;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if !in_stream && is_entry(line) {
            run.push(line);
            continue;
        }
        end(&mut run, &mut sorted);
        sorted.extend_from_slice(line);
        in_stream = match line.trim_ascii() {
            b"stream" => true,
            own if own.ends_with(b"endstream") => false,
            _ => in_stream,
        };
    }
    end(&mut run, &mut sorted);
    sorted
}

fn end(run: &mut Vec<&[u8]>, sorted: &mut Vec<u8>) {
    run.sort_unstable_by_key(|line| (line.len(), *line));
    run.drain(..).for_each(|line| sorted.extend_from_slice(line));
}

/// The document with its title, which viewers show. What it tells of itself is its last object: only the place of the table behind it moves.
pub fn titled(bytes: Vec<u8>, title: &str) -> Vec<u8> {
    const MADE_BY: &[u8] = b"/Producer (svg2pdf)\n";
    const START: &[u8] = b"startxref\n";
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|window| window == mark).map(|at| at + mark.len());
    let (Some(own), Some(start)) = (last(MADE_BY), last(START)) else { return bytes };
    let rest = &bytes[start..];
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let place = std::str::from_utf8(&rest[..digits]).ok().and_then(|text| text.parse::<usize>().ok());
    let Some(place) = place.filter(|place| own < *place) else { return bytes };
    let units = std::iter::once(0xfeff).chain(title.encode_utf16());
    let entry = format!("  /Title <{}>\n", units.map(|unit| format!("{unit:04X}")).collect::<String>());
    let moved = (place + entry.len()).to_string();
    [&bytes[..own], entry.as_bytes(), &bytes[own..start], moved.as_bytes(), &rest[digits..]].concat()
}

/// How many fonts a document has.
pub fn fonts(bytes: &[u8]) -> usize {
    const MARK: &[u8] = b"/Subtype /Type0";
    bytes.windows(MARK.len()).filter(|window| *window == MARK).count()
}

/// `/NAME NUMBER 0 R`, where the name is letters and a number.
fn is_entry(line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let mut words = line.trim().split(' ');
    let name = words.next().and_then(|name| name.strip_prefix('/'));
    let named = name.is_some_and(|name| {
        name.ends_with(|c: char| c.is_ascii_digit()) && name.chars().all(|c| c.is_ascii_alphanumeric())
    });
    named && words.next().is_some_and(|word| word.parse::<u32>().is_ok()) && words.eq(["0", "R"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_in_the_document_and_the_table_is_found_behind_it() {
        let body = "%PDF-1.7\n4 0 obj\n<<\n  /Producer (svg2pdf)\n>>\nendobj\n\n";
        let plain = format!("{body}xref\n0 5\ntrailer\nstartxref\n{}\n%%EOF", body.len()).into_bytes();
        let titled = String::from_utf8(titled(plain, "级别A")).unwrap();
        assert!(titled.contains("<<\n  /Producer (svg2pdf)\n  /Title <FEFF7EA7522B0041>\n>>"), "{titled}");
        let at = titled.find("xref\n0 5").unwrap();
        assert!(titled.ends_with(&format!("startxref\n{at}\n%%EOF")), "{titled}");
    }

    #[test]
    fn entries_are_sorted_by_their_names_and_streams_are_left_alone() {
        let one = b"<<\n  /gs15 22 0 R\n  /gs2 9 0 R\n  /gs0 7 0 R\n>>\nstream\n  /b1 2 0 R\n  /a1 1 0 R\nendstream\n/Type /Page\n";
        let other = b"<<\n  /gs0 7 0 R\n  /gs2 9 0 R\n  /gs15 22 0 R\n>>\nstream\n  /b1 2 0 R\n  /a1 1 0 R\nendstream\n/Type /Page\n";
        assert_eq!(in_order(one.to_vec()), other.to_vec());
        assert_eq!(in_order(other.to_vec()), other.to_vec());
        assert_eq!(fonts(b"  /Subtype /Type0\n  /Subtype /Type0\n"), 2);
    }
}
