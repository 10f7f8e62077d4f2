//! Services of developed land (基础设施开发程度): a set, never a number. 五通一平 names one.

use super::Text;
use crate::say;
use serde::{Deserialize, Serialize};

/// One service, or the levelled site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    Road,
    Power,
    Water,
    Drainage,
    Telecom,
    Gas,
    Heat,
    Levelled,
}

use Service::{Drainage, Gas, Heat, Levelled, Power, Road, Telecom, Water};

/// A set of services.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Services(u8);

impl Services {
    pub fn insert(&mut self, service: Service) {
        self.0 |= 1 << service as u8;
    }

    pub fn contains(self, service: Service) -> bool {
        self.0 >> service as u8 & 1 == 1
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// In the order of [`Service::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Service> {
        Service::ALL.into_iter().filter(move |service| self.contains(*service))
    }

    /// The services that one of two sets has and the other has not.
    pub fn differing(self, other: Services) -> Services {
        Services(self.0 ^ other.0)
    }
}

impl FromIterator<Service> for Services {
    fn from_iter<I: IntoIterator<Item = Service>>(services: I) -> Services {
        let mut set = Services::default();
        services.into_iter().for_each(|service| set.insert(service));
        set
    }
}

impl Service {
    pub const ALL: [Service; 8] = [Road, Power, Water, Drainage, Telecom, Gas, Heat, Levelled];

    /// Its word in files.
    pub fn key(self) -> &'static str {
        match self {
            Road => "road",
            Power => "power",
            Water => "water",
            Drainage => "drainage",
            Telecom => "telecom",
            Gas => "gas",
            Heat => "heat",
            Levelled => "levelled",
        }
    }

    pub fn text(self) -> Text {
        match self {
            Road => say!("road", "通路"),
            Power => say!("power", "通电"),
            Water => say!("water supply", "通上水"),
            Drainage => say!("drainage", "通下水"),
            Telecom => say!("telecommunications", "通讯"),
            Gas => say!("gas", "通气"),
            Heat => say!("heat", "通暖"),
            Levelled => say!("levelled site", "场地平整"),
        }
    }

    fn named(text: &str) -> Option<Service> {
        let core = text.strip_prefix(['缺', '含']).unwrap_or(text);
        Some(match core {
            "road" | "通路" | "路" | "道路" => Road,
            "power" | "electricity" | "通电" | "电" | "供电" => Power,
            "water" | "通上水" | "通水" | "通给水" | "上水" | "给水" | "供水" | "水" => Water,
            "drainage" | "sewer" | "通下水" | "通排水" | "下水" | "排水" => Drainage,
            "telecom" | "通讯" | "通信" | "讯" | "通通讯" | "电信" => Telecom,
            "gas" | "通气" | "通燃气" | "燃气" | "气" | "供气" => Gas,
            "heat" | "通暖" | "通热" | "通热力" | "热力" | "暖" | "暖气" | "通暖气" | "供热" => Heat,
            "levelled" | "levelling" | "场地平整" | "土地平整" | "平整" | "平" | "一平" | "1平" => {
                Levelled
            }
            _ => return None,
        })
    }
}

/// Reads `五通一平`, `六通一平(通暖)`, `宗地外五通,宗地内场地平整`, `road+power+water`, `通路、通电`. The second is what was assumed: with 六通 the sixth is taken to
/// be gas. `None` for a text that holds anything else.
pub fn parse(text: &str) -> Option<(Services, Option<Text>)> {
    let plain: String =
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"' | '「' | '」')).collect();
    // 红线外六通红线内平整: what lies inside begins a part of its own, with or without a comma before it.
    let plain = plain.replace("宗地红线", "红线");
    let plain =
        ["红线外", "红线内", "宗地外", "宗地内"].iter().fold(plain, |all, head| all.replace(head, &format!(",{head}")));
    let (mut services, mut assumed) = (Services::default(), None);
    for (part, listed) in parts(&plain)? {
        let core = ["宗地外", "宗地内", "红线外", "红线内", "外", "内"]
            .iter()
            .find_map(|head| part.strip_prefix(head))
            .unwrap_or(part);
        let core = ["达到", "为"].iter().find_map(|head| core.strip_prefix(head)).unwrap_or(core);
        // 五通一平(红线外五通,红线内场地平整): a bracket may say the same again.
        let again = |name: &&str| Service::named(name).is_none() && name.starts_with(['红', '宗', '外', '内']);
        if listed.iter().any(again) {
            let (whole, own) =
                (parse(core)?.0, listed.iter().map(|name| Some(parse(name)?.0)).collect::<Option<Vec<_>>>()?);
            own.iter().chain([&whole]).flat_map(|set| set.iter()).for_each(|service| services.insert(service));
            continue;
        }
        let listed: Vec<Service> = listed.iter().map(|name| Service::named(name)).collect::<Option<Vec<Service>>>()?;
        if matches!(core, "生地" | "none" | "无") && listed.is_empty() {
            continue;
        }
        if let Some(service) = Service::named(core).filter(|_| listed.is_empty()) {
            services.insert(service);
            continue;
        }
        let (count, levelled) = counted(core)?;
        if listed.len() > count {
            return None;
        }
        // 三通 are road, power and water; the rest follow in the order they are usually added. What a bracket names is among them.
        let order = [Road, Power, Water, Drainage, Telecom, Gas, Heat];
        order.into_iter().filter(|service| !listed.contains(service)).take(count - listed.len()).for_each(|service| {
            services.insert(service);
        });
        let named = |service| listed.contains(&service);
        listed.iter().for_each(|service| services.insert(*service));
        if count == 6 && !named(Gas) && !named(Heat) {
            assumed = Some(say!("六通 is taken to have gas, not heat", "六通按通气(非通暖)处理"));
        }
        if levelled {
            services.insert(Levelled);
        }
    }
    Some((services, assumed))
}

/// The parts between commas, each with what stands in brackets behind it; `None` where a bracket is not closed.
fn parts(text: &str) -> Option<Vec<(&str, Vec<&str>)>> {
    let between = |c: char| matches!(c, ',' | '\u{ff0c}' | '、' | '+' | ';' | '\u{ff1b}' | '/' | '|' | '及' | '和');
    let mut rest = text;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(|c: char| between(c) || matches!(c, '(' | '\u{ff08}')).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        let mut listed = Vec::new();
        rest = behind;
        if behind.starts_with(['(', '\u{ff08}']) {
            let (inside, after) = behind.split_once([')', '\u{ff09}'])?;
            let inside = inside.trim_start_matches(['(', '\u{ff08}']);
            listed = inside.split(between).filter(|name| !name.is_empty()).collect();
            rest = after;
            // 五通(…)一平: what follows the bracket belongs to the part before it.
            if after.starts_with(['一', '1', '平']) && counted(part).is_some() {
                let end = after.find(between).unwrap_or(after.len());
                parts.push(("场地平整", Vec::new()));
                matches!(&after[..end], "一平" | "1平" | "平").then_some(())?;
                rest = &after[end..];
            }
        }
        rest = rest.strip_prefix(between).unwrap_or(rest);
        if !part.is_empty() || !listed.is_empty() {
            parts.push((part, listed));
        }
    }
    Some(parts)
}

/// `五通一平`, `七通`, `3通1平`: how many, and whether the site is levelled. Three at least: what fewer are is not known.
fn counted(text: &str) -> Option<(usize, bool)> {
    let (count, rest) = text.split_once('通')?;
    let count = match count {
        "三" | "3" => 3,
        "四" | "4" => 4,
        "五" | "5" => 5,
        "六" | "6" => 6,
        "七" | "7" => 7,
        _ => return None,
    };
    match rest {
        "" => Some((count, false)),
        "一平" | "1平" | "平" => Some((count, true)),
        _ => None,
    }
}

/// The set as people write it.
pub fn text(services: Services) -> Text {
    if services.is_empty() {
        return say!("none", "无");
    }
    let list = |of: fn(&Text) -> &str, between: &str| {
        let texts: Vec<Text> = services.iter().map(|service| service.text()).collect();
        texts.iter().map(of).collect::<Vec<_>>().join(between)
    };
    Text { en: list(|text| &text.en, ", "), zh: list(|text| &text.zh, "、") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_texts_are_sets() {
        let of = |text: &str| parse(text).map(|(services, _)| services);
        let five: Services = [Road, Power, Water, Drainage, Telecom].into_iter().collect();
        let levelled: Services = five.iter().chain([Levelled]).collect();
        for text in [
            "五通一平",
            "宗地外五通,宗地内场地平整",
            "5通1平",
            "road+power+water+drainage+telecom+levelled",
            "红线外五通红线内平整",
            "外五通、内一平",
            "宗地红线外五通、红线内三通一平",
            "五通一平(红线外五通,红线内场地平整)",
        ] {
            assert_eq!(of(text), Some(levelled), "{text}");
        }
        assert_eq!(of("通路、通电、通上水、通下水、通讯"), Some(five));
        assert_eq!(of("三通"), Some([Road, Power, Water].into_iter().collect()));
        assert_eq!(of("七通一平").map(|services| services.iter().count()), Some(8));
        assert_eq!(of("生地"), Some(Services::default()));
        let warm: Services = levelled.iter().chain([Heat]).collect();
        for text in [
            "六通一平(通暖)",
            "六通\u{ff08}通路、通电、通上水、通下水、通讯、通暖\u{ff09}一平",
            "宗地外六通(通暖)\u{ff0c}宗地内场地平整",
            "六通一平\u{ff08}含暖气\u{ff09}",
        ] {
            assert_eq!(
                parse(text).map(|(services, assumed)| (services, assumed.is_some())),
                Some((warm, false)),
                "{text}"
            );
        }
        for text in
            ["八通", "通天", "二通一平", "五通两平", "五通(通路", "三通(通路、通电、通上水、通气)", "五通(通天)"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn which_the_sixth_is_is_told() {
        let (services, assumed) = parse("六通一平").unwrap();
        assert!(services.contains(Gas) && !services.contains(Heat) && assumed.is_some());
        assert!(parse("七通一平").unwrap().1.is_none());
    }
}
