//! Which use of the old release is which use of the new one.

use crate::land::Text;
use crate::release::UseHead;
use crate::say;

/// A use in both releases, or in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseLink {
    /// Its place among the old release's uses.
    pub old: Option<u8>,
    /// Its place among the new release's uses.
    pub new: Option<u8>,
    /// As the newer release that has it calls it.
    pub key: String,
    /// Likewise; the older one's name where the newer one knows the key alone, as imports without names do.
    pub name: String,
}

/// Links uses by key, and what is left by name: the uses of the new release in their order, then those that are gone.
pub(crate) fn link(old: &[UseHead], new: &[UseHead], notes: &mut Vec<Text>) -> Vec<UseLink> {
    let mut taken = vec![false; old.len()];
    let mut found: Vec<Option<u8>> = vec![None; new.len()];
    for (place, head) in new.iter().enumerate() {
        found[place] = take(old, &mut taken, |before| before.key == head.key);
    }
    for (place, head) in new.iter().enumerate().filter(|(_, head)| !head.name.trim().is_empty()) {
        if found[place].is_none() {
            found[place] = take(old, &mut taken, |before| before.name.trim() == head.name.trim());
            if let Some(before) = found[place].map(|before| &old[usize::from(before)].key) {
                let (key, name) = (&head.key, &head.name);
                notes.push(say!(
                    "the use {name} is called {before} in the old release and {key} in the new one; matched by name",
                    "用途{name}旧期代码为 {before},新期为 {key};按名称对应"
                ));
            }
        }
    }
    let of = |head: &UseHead, old, new| UseLink { old, new, key: head.key.clone(), name: head.name.clone() };
    let kept = new.iter().enumerate().map(|(place, head)| {
        let before = found[place].map(|before| &old[usize::from(before)]).filter(|_| head.name == head.key);
        let named = of(head, found[place], Some(place as u8));
        UseLink { name: before.map_or(named.name, |before| before.name.clone()), ..named }
    });
    let gone = (0..old.len()).filter(|&place| !taken[place]).map(|place| of(&old[place], Some(place as u8), None));
    kept.chain(gone).collect()
}

fn take(old: &[UseHead], taken: &mut [bool], is_it: impl Fn(&UseHead) -> bool) -> Option<u8> {
    let place = (0..old.len()).find(|&place| !taken[place] && is_it(&old[place]))?;
    taken[place] = true;
    Some(place as u8)
}

/// From a release's own numbers of uses to places among the links.
pub(super) struct Places {
    of_old: [u8; 256],
    of_new: [u8; 256],
}

impl Places {
    pub fn new(links: &[UseLink]) -> Places {
        let (mut of_old, mut of_new) = ([u8::MAX; 256], [u8::MAX; 256]);
        for (place, link) in links.iter().enumerate() {
            let place = u8::try_from(place).unwrap_or(u8::MAX);
            link.old.iter().for_each(|&old| of_old[usize::from(old)] = place);
            link.new.iter().for_each(|&new| of_new[usize::from(new)] = place);
        }
        Places { of_old, of_new }
    }

    /// Among the links, of a use of the old release.
    pub fn old(&self, land_use: u8) -> u8 {
        self.of_old[usize::from(land_use)]
    }

    /// Among the links, of a use of the new release.
    pub fn new_use(&self, land_use: u8) -> u8 {
        self.of_new[usize::from(land_use)]
    }
}
