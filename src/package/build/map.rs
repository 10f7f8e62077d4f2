//! The map of grades of a use.

use crate::formats::document::sheet::{Sheet, hex, line};
use crate::formats::style::ramp;
use crate::land::markup::escaped;
use crate::land::{Lang, grade};
use crate::package::Subject;
use crate::package::content;
use crate::package::rules::Content;
use std::fmt::Write as _;

/// As SVG; `None` where the release has no ground of the use.
pub(super) fn draw(subject: &Subject<'_>, land_use: usize) -> Option<String> {
    let (rows, shapes) =
        content::rows(subject.release, Content::Grades, Some(land_use), subject.rules.area_decimals()).ok()?;
    let shapes = shapes.filter(|shapes| !shapes.extent().is_empty())?;
    let head = &subject.release.uses[land_use];
    let sheet = Sheet::of(shapes.extent());
    let mut svg = sheet.start();
    let mut legend = Vec::new();
    let most = rows.iter().map(|row| row.grade).max().unwrap_or(1).max(head.grades);
    for own in 1..=most {
        let mut path = String::new();
        let of_grade = rows.iter().enumerate().filter(|(_, row)| row.grade == own);
        for ring in of_grade.clone().flat_map(|(at, _)| shapes.get(at).rings()) {
            line(&mut path, ring.points, true, &sheet);
        }
        let colour = ramp(usize::from(own - 1), usize::from(most));
        let price = of_grade.map(|(_, row)| row.price).find(|price| !price.is_nan());
        let price = price.map(|price| format!(" {price} 元/㎡")).unwrap_or_default();
        legend.push((colour, format!("{}{price}", grade::name(own, Lang::Zh))));
        if !path.is_empty() {
            let fill = hex(colour);
            let _ = writeln!(
                svg,
                "<path d=\"{path}\" fill=\"{fill}\" fill-rule=\"evenodd\" stroke=\"#555\" stroke-width=\"0.5\"/>"
            );
        }
    }
    let legend: Vec<_> = legend.iter().map(|(colour, label)| (*colour, label.as_str())).collect();
    sheet.legend(&mut svg, &legend);
    let (title, of_use) = (&subject.release.head.title, &subject.rules.uses[subject.uses[land_use]].name);
    let date = subject.release.head.base_date.as_deref().unwrap_or_default();
    let title = escaped(&format!("{title} {of_use}级别与基准地价图 估价期日 {date}"));
    let _ = writeln!(svg, "<text x=\"8\" y=\"20\" font-size=\"16\" font-weight=\"bold\">{title}</text>");
    sheet.scale_bar(&mut svg, subject.release.head.crs.metres_per_unit);
    svg.push_str("</svg>\n");
    Some(svg)
}
