//! 宗地级别: each parcel with its one grade as a layer, and the list of those that lie on several grades.

use super::price_table::{PER_MU, PER_SQUARE_METRE};
use super::units::{in_lang, per_mu, square_metres};
use crate::formats::{Cells, Field, Table};
use crate::land::{IdColumn, Lang, Text, Texts, Values, grade};
use crate::release::{ParcelRows, Release};
use crate::say;

/// One row per parcel and use, in the release's order, with geometry; columns without values are left out.
pub fn parcels_table(release: &Release, lang: Lang) -> Table<'_> {
    let parcels = &release.map.parcels;
    let rows: Vec<usize> = (0..parcels.len()).collect();
    let of = Columns { release, parcels, rows: &rows, lang };
    let mut fields = of.first();
    fields.extend(of.shares());
    fields.push(of.metres_of("bare", say!("area under no unit", "单元外面积"), &|parcel| parcels.bare[parcel]));
    fields.push(of.total());
    fields.extend(of.prices());
    Table {
        name: "parcels".into(),
        title: say!("Grades of parcels", "宗地级别"),
        fields,
        shapes: Some(&parcels.shapes),
        crs: Some(&release.head.crs),
        rows: parcels.len(),
    }
}

/// One row per parcel and use that lies on several grades: what decided, and its ground and front in every grade.
pub fn split_parcels_table(release: &Release, lang: Lang) -> Table<'static> {
    let parcels = &release.map.parcels;
    let rows: Vec<usize> = (0..parcels.len()).filter(|&parcel| parcels.decided[parcel].is_split()).collect();
    let of = Columns { release, parcels, rows: &rows, lang };
    let mut fields = of.first();
    fields.extend(of.shares());
    fields.push(
        of.metres_of("changed", say!("area in other grades", "其他级别面积"), &|parcel| parcels.changed(parcel)),
    );
    for number in 1..=parcels.width() as u8 {
        let (en, zh) = (grade::name(number, Lang::En), grade::name(number, Lang::Zh));
        let title = say!("area in grade {en}", "{zh}面积");
        let ground = |parcel| if of.has(parcel, number) { parcels.ground(parcel, number) } else { f64::NAN };
        fields.push(of.metres_of(&format!("ground_{number}"), title, &ground));
    }
    let fronts = if parcels.fronts.is_empty() { 0 } else { parcels.width() as u8 };
    for number in 1..=fronts {
        let (en, zh) = (grade::name(number, Lang::En), grade::name(number, Lang::Zh));
        let title = say!("front in grade {en}", "{zh}临街长度");
        let front = |parcel| if of.has(parcel, number) { parcels.front(parcel, number) } else { f64::NAN };
        fields.push(of.front(&format!("front_{number}"), title, &front));
    }
    Table {
        name: "split_parcels".into(),
        title: say!("Parcels on several grades", "跨级别宗地"),
        fields,
        shapes: None,
        crs: None,
        rows: rows.len(),
    }
}

/// Columns over some of the parcels.
struct Columns<'a> {
    release: &'a Release,
    parcels: &'a ParcelRows,
    rows: &'a [usize],
    lang: Lang,
}

impl Columns<'_> {
    /// Whether the use of a parcel has so many grades.
    fn has(&self, parcel: usize, grade: u8) -> bool {
        grade <= self.release.uses[usize::from(self.parcels.uses[parcel])].grades
    }

    fn texts(&self, text: &dyn Fn(usize) -> String) -> Cells<'static> {
        Cells::Own(Values::Text(self.rows.iter().map(|&row| text(row)).collect::<Texts>()))
    }

    fn reals(&self, real: &dyn Fn(usize) -> f64) -> Values {
        Values::Real(self.rows.iter().map(|&row| real(row)).collect())
    }

    /// Grades; 0 is none.
    fn grades(&self, of: &dyn Fn(usize) -> u8) -> Cells<'static> {
        let grade = |&row: &usize| Some(i64::from(of(row))).filter(|grade| *grade > 0);
        Cells::Own(Values::Int(self.rows.iter().map(grade).collect()))
    }

    fn ids(&self) -> Cells<'static> {
        Cells::Own(match &self.parcels.ids {
            IdColumn::Int(ids) => Values::Int(self.rows.iter().map(|&row| Some(ids[row])).collect()),
            IdColumn::Text(ids) => Values::Text(self.rows.iter().map(|&row| ids.get(row)).collect()),
        })
    }

    fn metres_of(&self, name: &str, title: Text, real: &dyn Fn(usize) -> f64) -> Field<'static> {
        Field::plain(name, Cells::Own(self.reals(real))).titled(title).in_unit(square_metres(self.lang)).shown_with(2)
    }

    fn front(&self, name: &str, title: Text, real: &dyn Fn(usize) -> f64) -> Field<'static> {
        let field = Field::plain(name, Cells::Own(self.reals(real))).titled(title);
        field.in_unit(in_lang(self.lang, "m", "米")).shown_with(2)
    }

    /// Which parcel, of which use, and what grade it has by which rule.
    fn first(&self) -> Vec<Field<'static>> {
        let (parcels, lang) = (self.parcels, self.lang);
        let head = |row: usize| &self.release.uses[usize::from(parcels.uses[row])];
        let name = |row: usize| match parcels.grades[row] {
            0 => String::new(),
            number => grade::name(number, lang),
        };
        let field = |name: &str, title, cells| Field::plain(name, cells).titled(title);
        vec![
            field("id", say!("parcel", "宗地编号"), self.ids()),
            field("use", say!("use", "用途代码"), self.texts(&|row| head(row).key.clone())),
            field("use_name", say!("use name", "土地用途"), self.texts(&|row| head(row).name.clone())),
            self.metres_of("area", say!("area", "面积"), &|row| parcels.areas[row]),
            field("grade", say!("grade", "土地级别"), self.grades(&|row| parcels.grades[row])),
            field("label", say!("grade name", "级别名称"), self.texts(&name)),
            field("rule", say!("rule", "确定方式代码"), self.texts(&|row| parcels.decided[row].word().to_string())),
            field(
                "rule_name",
                say!("what decided", "确定方式"),
                self.texts(&|row| parcels.decided[row].text().in_lang(lang).to_string()),
            ),
        ]
    }

    /// The shares of ground in its grade and the second, and the fronts along both where they were measured.
    fn shares(&self) -> Vec<Field<'static>> {
        let parcels = self.parcels;
        let share = |row: usize, grade: u8| match grade {
            0 => f64::NAN,
            grade => parcels.ground(row, grade) / parcels.areas[row] * 100.0,
        };
        let percent = |name: &str, title, real: &dyn Fn(usize) -> f64| {
            Field::plain(name, Cells::Own(self.reals(real))).titled(title).in_unit("%").shown_with(2)
        };
        let mut fields = vec![
            percent("share", say!("share in its grade", "所属级别面积比例"), &|row| {
                share(row, parcels.grades[row])
            }),
            Field::plain("second", self.grades(&|row| parcels.second(row)))
                .titled(say!("grade with the second most ground", "面积次大级别")),
            percent("share_2", say!("share in the second", "面积次大级别比例"), &|row| {
                share(row, parcels.second(row))
            }),
        ];
        if !parcels.fronts.is_empty() {
            let title = say!("front in its grade", "所属级别临街长度");
            fields.push(self.front("front", title, &|row| parcels.front(row, parcels.grades[row])));
            let title = say!("front in the second", "次大级别临街长度");
            fields.push(self.front("front_2", title, &|row| parcels.front(row, parcels.second(row))));
        }
        fields
    }

    fn total(&self) -> Field<'static> {
        let title = say!("mean total of its ground", "平均总分值");
        let cells = Cells::Own(self.reals(&|row| self.parcels.totals[row]));
        Field::plain("total", cells).titled(title).in_unit(in_lang(self.lang, "points", "分")).shown_with(2)
    }

    fn prices(&self) -> Vec<Field<'static>> {
        let prices = &self.parcels.prices;
        if prices.iter().all(|price| price.is_nan()) {
            return Vec::new();
        }
        let mu = per_mu(self.release, &self.parcels.uses, &self.parcels.grades, prices);
        let field = |name: &str, title, values| Field::plain(name, Cells::Own(values)).titled(title);
        let price = say!("benchmark price of its grade", "所属级别基准地价");
        let premises = super::notes::connotation(self.release);
        let each = say!("benchmark price per mu", "每亩基准地价");
        vec![
            field("price", price, self.reals(&|row| prices[row])).in_unit(PER_SQUARE_METRE).noted(&premises),
            field("price_mu", each, self.reals(&|row| mu[row])).in_unit(PER_MU).shown_with(2).noted(&premises),
        ]
    }
}
