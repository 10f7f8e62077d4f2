//! Checks the network and what factors measure their distances along it.

use super::check::Problems;
use super::file::{Factor, Network};
use super::lines::Step;
use super::plan::{Distance, NetworkPlan};
use crate::say;

pub(super) fn check(raw: Option<&Network>, problems: &mut Problems<'_>) -> Option<NetworkPlan> {
    let raw = raw?;
    let key = Step::Key("network");
    let (layer, crs, encoding) = (raw.layer.as_ref(), raw.crs.as_ref(), raw.encoding.as_ref());
    let source = problems.source(&[key, Step::Key("source")], &raw.source, layer, crs, encoding);
    // What digitising at 1:500 leaves open where lines should meet.
    let snap = raw.snap.unwrap_or(0.5);
    problems.within(&[key, Step::Key("snap")], "snap", snap, 0.001, 10.0);
    Some(NetworkPlan { source, snap })
}

/// How a factor's distances are measured.
pub(super) fn of_factor(factor: &Factor, at: usize, network: bool, problems: &mut Problems<'_>) -> Distance {
    let steps = [Step::Key("factors"), Step::At(at), Step::Key("distance")];
    let words = [("straight", Distance::Straight), ("network", Distance::Network)];
    let distance = problems.word(&steps, factor.distance.as_deref(), &words);
    if distance == Distance::Straight {
        return distance;
    }
    let key = &factor.key;
    if !network {
        problems.add(
            "no-network",
            &steps,
            say!(
                "the distances of {key} run along a network, and the file has no [network]",
                "因素 {key} 采用路网距离,但项目文件没有 [network]"
            ),
            say!("write [network] with source = \"roads.gpkg\"", "请写 [network] 及 source = \"roads.gpkg\""),
        );
    }
    if factor.kind == "line" {
        problems.add(
            "bad-distance",
            &steps,
            say!(
                "the factor {key} is of kind \"line\": its distances do not run along a network",
                "因素 {key} 为 line 类,不用路网距离"
            ),
            say!(
                "the influence of a line is measured straight across to it; take `distance` away",
                "线状因素的影响按至该线的直线距离计算;请删去 distance"
            ),
        );
    }
    if !factor.barriers.is_empty() {
        problems.add(
            "bad-distance",
            &steps,
            say!(
                "the factor {key} has both barriers and distances along the network",
                "因素 {key} 同时写了 barriers 和路网距离"
            ),
            say!(
                "the network crosses a barrier where it has a bridge, and nowhere else: take `barriers` away, or `distance`",
                "路网只在有桥等处穿过阻隔:请删去 barriers 或 distance"
            ),
        );
    }
    distance
}
