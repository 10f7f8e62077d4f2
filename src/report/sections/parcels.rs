//! Parcels with one grade each: how many lie on several, and what decided.

use super::{Report, Subject};
use crate::land::{Decided, Lang};
use crate::say;

/// A row per use; nothing where the release has no parcels.
pub(super) fn write(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    let (release, parcels) = (subject.release, &subject.release.map.parcels);
    if parcels.is_empty() {
        return;
    }
    report.heading(1, &say!("Parcels", "宗地级别"), lang);
    report.say(
        &say!(
            "Each parcel has one grade of its use. Where it lies on several, the larger area or the street front decides; every such parcel is in the table split_parcels.",
            "每宗地按其用途确定一个级别;跨级别的宗地按面积较大或临街确定,逐宗列于 split_parcels 表。"
        ),
        lang,
    );
    let of_use = |(at, head): (u8, &crate::release::UseHead)| {
        let own = || (0..parcels.len()).filter(move |&parcel| parcels.uses[parcel] == at);
        let count = |decided| own().filter(|&parcel| parcels.decided[parcel] == decided).count().to_string();
        let split = own().filter(|&parcel| parcels.decided[parcel].is_split());
        let changed: f64 = split.map(|parcel| parcels.changed(parcel)).sum();
        let mut row = vec![head.name.clone(), own().count().to_string()];
        row.extend([Decided::Whole, Decided::Area, Decided::Frontage, Decided::No].map(count));
        row.push(format!("{:.4}", changed / 1e4));
        row
    };
    let rows = (0..).zip(&release.uses).map(of_use).collect();
    let head = [
        say!("use", "用途"),
        say!("parcels", "宗地数"),
        Decided::Whole.text(),
        Decided::Area.text(),
        Decided::Frontage.text(),
        Decided::No.text(),
        say!("ground that changed grade, ha", "级别改变的面积(公顷)"),
    ];
    let title = say!("Parcels by what gave them their grade", "宗地级别确定方式统计");
    report.rows(&title, &head, &[false, true, true, true, true, true, true], rows, lang);
}
