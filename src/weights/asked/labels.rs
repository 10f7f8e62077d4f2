//! Names of factors: none empty, none twice.

use crate::land::{Fault, Outcome};
use crate::say;

/// # Errors
/// `weights-twice`, `weights-header` for a name that is empty or holds control characters.
pub(super) fn check(names: &[String]) -> Outcome<()> {
    let mut faults = Vec::new();
    for (at, name) in names.iter().enumerate() {
        // Each name once, however often it is there.
        if names[..at].iter().filter(|own| *own == name).count() == 1 {
            faults.push(Fault::new(
                "weights-twice",
                say!("the factor {name} is there twice", "因素{name}出现两次"),
                say!("give every factor a name of its own", "各因素请用不同的名称"),
            ));
        }
        let number = at + 1;
        if name.trim().is_empty() {
            let what = say!("factor {number} has no name", "第{number}个因素没有名称");
            faults.push(Fault::new("weights-header", what, say!("name it", "请写上名称")));
        } else if name.contains(char::is_control) {
            let what =
                say!("the name of factor {number} holds a control character", "第{number}个因素的名称含有控制字符");
            faults.push(Fault::new("weights-header", what, say!("write it as plain text", "请写成普通文字")));
        }
    }
    Fault::of_all(faults).map_or(Ok(()), Err)
}
