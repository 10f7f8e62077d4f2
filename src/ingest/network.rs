//! The network that distances are measured along.

use super::labelled;
use super::reading::{Reading, kinds};
use super::survey::Layer;
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::space::Kind;

/// Reads the lines of the network, where the project names one.
///
/// # Errors
/// What the reader says; `wrong-geometry` where they are no lines.
pub(super) fn read(reading: &mut Reading<'_>) -> Outcome<Option<Layer>> {
    let Some(plan) = &reading.project.network else { return Ok(None) };
    let told = reading.findings.len();
    let layer = labelled::read(reading, &plan.source, None)?;
    // A layer that a factor reads too was told of there.
    if reading.project.factors.iter().any(|factor| factor.source == plan.source) {
        reading.findings.drop_repeats(told);
    }
    if layer.shapes.kind != Kind::Line && !layer.shapes.is_empty() {
        let Text { en, zh } = kinds(layer.shapes.kind);
        return Err(Fault::new(
            "wrong-geometry",
            say!("network: its layer holds {en}", "路网:图层中的要素为{zh}"),
            say!("give the lines of the roads", "请给出道路的线图层"),
        )
        .at(plan.source.path.display()));
    }
    Ok(Some(layer))
}
