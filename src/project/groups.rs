//! Checks the groups (因素) that factors (因子) belong to.

use super::check::Problems;
use super::file::{Factor, ProjectFile};
use super::lines::Step;
use super::plan::GroupPlan;
use crate::say;

/// Words that stand beside factor keys where the weights of a group are written.
const TAKEN: [&str; 7] = ["weight", "ahp", "matrix", "solver", "random_index", "accept_inconsistent", "inside"];

pub(super) fn check(raw: &ProjectFile, problems: &mut Problems<'_>) -> Vec<GroupPlan> {
    let mut plans: Vec<GroupPlan> = Vec::new();
    for (at, group) in raw.groups.iter().enumerate() {
        let (key, here) = (&group.key, [Step::Key("groups"), Step::At(at), Step::Key("key")]);
        let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && !key.is_empty();
        let taken = plans.iter().any(|plan| plan.key == *key) || raw.factors.iter().any(|factor| factor.key == *key);
        if !plain || taken {
            problems.add(
                "bad-key",
                &here,
                say!(
                    "the group key \"{key}\" is not plain, stands twice, or is a factor's",
                    "因素组键「{key}」不合规、重复或与因子键相同"
                ),
                say!(
                    "use letters, digits and underscores; no two groups or factors share a key",
                    "请用字母、数字、下划线;各组与各因子的键不得相同"
                ),
            );
        }
        if !raw.factors.iter().any(|factor| factor.group.as_ref() == Some(key)) {
            problems.add(
                "empty-group",
                &here,
                say!("no factor belongs to the group \"{key}\"", "没有因子属于因素组「{key}」"),
                say!(
                    "write group = \"{key}\" at its factors, or remove the group",
                    "请在所属因子处写 group = \"{key}\",或删去该组"
                ),
            );
        }
        plans.push(GroupPlan { key: key.clone(), name: group.name.clone().unwrap_or_else(|| key.clone()) });
    }
    plans
}

/// The group of each factor, by its number.
pub(super) fn members(raw: &[Factor], groups: &[GroupPlan], problems: &mut Problems<'_>) -> Vec<Option<usize>> {
    let of = raw.iter().enumerate().map(|(at, factor)| {
        let (key, wanted) = (&factor.key, factor.group.as_ref()?);
        let found = groups.iter().position(|group| group.key == *wanted);
        let here = |key| [Step::Key("factors"), Step::At(at), Step::Key(key)];
        if found.is_none() {
            let known = groups.iter().map(|group| group.key.as_str()).collect::<Vec<_>>().join(", ");
            problems.add(
                "unknown-group",
                &here("group"),
                say!("there is no group \"{wanted}\"", "没有因素组「{wanted}」"),
                say!(
                    "add [[groups]] with this key; the groups are: {known}",
                    "请添加带此 key 的 [[groups]];现有因素组:{known}"
                ),
            );
        }
        if TAKEN.contains(&key.as_str()) {
            problems.add(
                "bad-key",
                &here("key"),
                say!(
                    "a factor of a group cannot have the key \"{key}\", a word of `weights`",
                    "组内因子的键不能是 weights 的用词「{key}」"
                ),
                say!("give it another key", "请另取键名"),
            );
        }
        found
    });
    of.collect()
}
