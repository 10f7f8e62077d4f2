//! Reads a Markdown page: its marked tables, its inline equations, its fenced blocks.

/// A page; nothing in it is trusted.
pub struct Page<'a> {
    lines: Vec<&'a str>,
}

/// A table below a line `<!-- table: name -->`.
pub struct Table<'a> {
    pub name: String,
    pub header: Vec<&'a str>,
    pub rows: Vec<Vec<&'a str>>,
}

impl<'a> Page<'a> {
    pub fn of(text: &'a str) -> Page<'a> {
        Page { lines: text.lines().collect() }
    }

    pub fn table(&self, name: &str) -> Result<Table<'a>, String> {
        let mark = format!("<!-- table: {name} -->");
        let start = self.lines.iter().position(|line| *line == mark).ok_or(format!("no table {name}"))?;
        let below = self.lines[start + 1..].iter().skip_while(|line| line.is_empty());
        let mut rows = below.take_while(|line| line.starts_with('|')).map(|line| cells(line));
        let header = rows.next().ok_or(format!("table {name} is empty"))?;
        let rows: Vec<Vec<&str>> = rows.skip(1).collect();
        match rows.iter().find(|row| row.len() != header.len()) {
            Some(row) => Err(format!("table {name}: the row of {} has {} cells", row[0], row.len())),
            None => Ok(Table { name: name.to_string(), header, rows }),
        }
    }

    /// The names of all tables.
    pub fn tables(&self) -> Vec<&'a str> {
        let name = |line: &&'a str| line.strip_prefix("<!-- table: ")?.strip_suffix(" -->");
        self.lines.iter().filter_map(name).collect()
    }

    /// Inline code that says `=` or `≈`, anywhere.
    pub fn equations(&self) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut fenced = false;
        for line in &self.lines {
            fenced ^= line.starts_with("```");
            if !fenced {
                found.extend(line.split('`').skip(1).step_by(2).filter(|span| is_equation(span)));
            }
        }
        found
    }

    /// The lines of the fenced blocks of a language.
    pub fn blocks(&self, language: &str) -> Vec<&'a str> {
        let (open, mut inside, mut found) = (format!("```{language}"), false, Vec::new());
        for line in &self.lines {
            match *line {
                "```" => inside = false,
                line if line == open => inside = true,
                line if inside => found.push(line),
                _ => {}
            }
        }
        found
    }
}

impl<'a> Table<'a> {
    /// The cell of a row under a header.
    pub fn cell(&self, row: usize, header: &str) -> Result<&'a str, String> {
        let at = self.header.iter().position(|name| *name == header);
        at.map(|at| self.rows[row][at]).ok_or(format!("table {} has no column \"{header}\"", self.name))
    }
}

pub fn is_equation(span: &str) -> bool {
    span.contains(['=', '≈'])
}

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

/// The page with the last digit of one number changed, for every number of its tables, equations and grids in turn: what was changed, and
/// the page.
pub fn changed(text: &str) -> Vec<(String, String)> {
    let (mut found, mut at, mut fence, mut rows) = (Vec::new(), 0, "", 0);
    for line in text.split_inclusive('\n') {
        let plain = line.trim_end();
        rows = if plain.starts_with('|') { rows + 1 } else { 0 };
        if let Some(language) = plain.strip_prefix("```") {
            fence = if fence.is_empty() { language } else { "" };
        } else if rows > 2 || fence == "text" {
            found.extend(digits(plain).map(|digit| at + digit));
        } else if rows == 0 && fence.is_empty() {
            let mut start = 0;
            for (number, span) in plain.split('`').enumerate() {
                if number % 2 == 1 && is_equation(span) {
                    found.extend(digits(span).map(|digit| at + start + digit));
                }
                start += span.len() + 1;
            }
        }
        at += line.len();
    }
    let change = |&at: &usize| {
        let other = if &text[at..=at] == "9" { "8".to_string() } else { (text.as_bytes()[at] - b'0' + 1).to_string() };
        let line = text[..at].lines().count();
        let near = text[..at].rfind('\n').map_or(0, |end| end + 1);
        (format!("line {line}: {}▸{other}", &text[near..=at]), format!("{}{other}{}", &text[..at], &text[at + 1..]))
    };
    found.iter().map(change).collect()
}

/// The last digit of every number of a text.
fn digits(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends = |&at: &usize| {
        let goes_on = match (bytes.get(at + 1), bytes.get(at + 2)) {
            (Some(b'.'), Some(next)) => next.is_ascii_digit(),
            (Some(next), _) => next.is_ascii_digit(),
            (None, _) => false,
        };
        bytes[at].is_ascii_digit() && !goes_on
    };
    (0..bytes.len()).filter(ends).collect::<Vec<_>>().into_iter()
}
