//! The network of a project, and what is to be said of its parts.

use crate::factors::network::Network;
use crate::ingest::finding::{Code, Finding, Policies};
use crate::ingest::survey::Layer;
use crate::project::Project;
use crate::say;
use std::sync::Arc;

/// The network of the project from its lines, where there is one.
pub(super) fn of(project: &Project, lines: Option<&Layer>) -> Option<Arc<Network>> {
    let (plan, lines) = project.network.as_ref().zip(lines)?;
    Some(Arc::new(Network::new(&lines.shapes, plan.snap)))
}

/// Parts that are not joined to the main one, the longest: places at them reach nothing along the rest of the network.
pub(super) fn in_parts(policies: &Policies, network: Option<&Arc<Network>>, lines: Option<&Layer>) -> Option<Finding> {
    let islands = network?.islands();
    let [main, longest, ..] = &islands[..] else { return None };
    let (parts, all) = (islands.len() - 1, main.length);
    let apart: f64 = islands[1..].iter().map(|island| island.length).sum();
    let detail = say!(
        "parts not joined to the main one ({all:.0} m): {parts}, {apart:.0} m in all",
        "未与主体({all:.0} m)连通的部分:{parts} 处,共 {apart:.0} m"
    );
    let finding = Finding::new(policies, Code::NetworkInParts, lines?.name.clone(), detail);
    Some(finding.at(Some(longest.place)))
}
