//! What is done about each code, as the project file chose.

use super::code::{Code, Policy};
use crate::land::{Fault, Outcome, written};
use crate::say;

/// The policy of every code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policies {
    chosen: Vec<Policy>,
}

impl Default for Policies {
    fn default() -> Policies {
        Policies { chosen: Code::ALL.iter().map(|code| code.default_policy()).collect() }
    }
}

impl Policies {
    pub fn get(&self, code: Code) -> Policy {
        self.chosen[code as usize]
    }

    /// Chooses a policy by the words of a project file.
    ///
    /// # Errors
    /// `unknown-finding` for a code or policy that does not exist, `policy-not-allowed` for one the code does not know.
    pub fn set(&mut self, code: &str, policy: &str) -> Outcome<()> {
        let found = Code::parse(code).ok_or_else(|| {
            let nearest = nearest(code);
            Fault::new(
                "unknown-finding",
                say!("there is no finding \"{code}\"", "没有名为「{code}」的问题代码"),
                say!("did you mean \"{nearest}\"?", "是否为「{nearest}」?"),
            )
        })?;
        let allowed: Vec<&str> = Policy::ALL.into_iter().filter(|p| found.allows(*p)).map(Policy::name).collect();
        let allowed = allowed.join(", ");
        let fault = |code, what| Err(Fault::new(code, what, say!("use one of: {allowed}", "可用:{allowed}")));
        let Some(wanted) = Policy::parse(policy) else {
            return fault("unknown-finding", say!("there is no policy \"{policy}\"", "没有名为「{policy}」的处理方式"));
        };
        if !found.allows(wanted) {
            return fault(
                "policy-not-allowed",
                say!("\"{code}\" cannot be set to \"{policy}\"", "「{code}」不能设为「{policy}」"),
            );
        }
        self.chosen[found as usize] = wanted;
        Ok(())
    }
}

fn nearest(name: &str) -> &'static str {
    written::nearest(name, Code::ALL.iter().map(|code| code.name())).unwrap_or("-")
}
