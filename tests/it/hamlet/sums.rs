//! Works the sums of a page again: `+ − × / ^ √ ²`, brackets, `max` and `min`.

/// What an expression comes to.
pub fn work(expression: &str) -> Result<f64, String> {
    let mut sum = Sum { rest: expression.trim() };
    let value = sum.added()?;
    if sum.rest.trim().is_empty() { Ok(value) } else { Err(format!("`{}` is left of `{expression}`", sum.rest)) }
}

/// A number as it is printed, with the half unit of its last digit.
pub fn printed(text: &str) -> Result<(f64, f64), String> {
    let plain = text.trim().replace('−', "-");
    let value: f64 = plain.parse().map_err(|_| format!("`{text}` is no number"))?;
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Ok((value, 0.5 * 10_f64.powi(-(decimals as i32))))
}

struct Sum<'a> {
    rest: &'a str,
}

impl Sum<'_> {
    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        let found = rest.strip_prefix(sign);
        self.rest = found.unwrap_or(rest);
        found.is_some()
    }

    fn added(&mut self) -> Result<f64, String> {
        let mut value = self.multiplied()?;
        loop {
            if self.take("+") {
                value += self.multiplied()?;
            } else if self.take("−") {
                value -= self.multiplied()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn multiplied(&mut self) -> Result<f64, String> {
        let mut value = self.raised()?;
        loop {
            if self.take("×") {
                value *= self.raised()?;
            } else if self.take("/") {
                value /= self.raised()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn raised(&mut self) -> Result<f64, String> {
        let mut value = self.plain()?;
        if self.take("²") {
            value *= value;
        }
        if self.take("^") { Ok(value.powf(self.plain()?)) } else { Ok(value) }
    }

    fn plain(&mut self) -> Result<f64, String> {
        if self.take("√") {
            return Ok(self.plain()?.sqrt());
        }
        if self.take("−") {
            return Ok(-self.plain()?);
        }
        for (name, choose) in [("max(", f64::max as fn(f64, f64) -> f64), ("min(", f64::min)] {
            if self.take(name) {
                let one = self.added()?;
                self.must(",")?;
                let other = self.added()?;
                self.must(")")?;
                return Ok(choose(one, other));
            }
        }
        if self.take("(") {
            let value = self.added()?;
            self.must(")")?;
            return Ok(value);
        }
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        number.parse().map_err(|_| format!("no number where `{number}{rest}` stands"))
    }

    fn must(&mut self, sign: &str) -> Result<(), String> {
        if self.take(sign) { Ok(()) } else { Err(format!("no {sign} where `{}` stands", self.rest)) }
    }
}

#[test]
fn sums_are_worked_in_the_usual_order() {
    for (expression, value) in [
        ("1 + 2 × 3 − 4/2", 5.0),
        ("√(3² + 4²)", 5.0),
        ("64^(1 − 500/1000)", 8.0),
        ("1 − 2^(−1)", 0.5),
        ("max(1, 2) × min(3, 4)", 6.0),
        ("2 × 3²", 18.0),
    ] {
        assert_eq!(work(expression), Ok(value), "{expression}");
    }
    assert!(work("1 +").is_err() && work("(1").is_err() && work("1 2").is_err() && work("").is_err());
}
