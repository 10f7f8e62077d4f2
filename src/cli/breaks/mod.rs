//! `landgrade breaks`: where any column of numbers, or the totals of a sealed release, may be cut, by one method or by all side by side.

mod show;

use super::{Ending, Ui};
use clap::builder::PossibleValuesParser;
use clap::{ArgGroup, Args};
use landgrade::formats::Part;
use landgrade::grade::{MOST_GRADES, Method, Sections};
use landgrade::ingest::values::{self, Numbers, Wanted};
use landgrade::land::{Fault, Outcome, Text};
use landgrade::review::breaks::{self as compare, Cut, Row, Subject};
use landgrade::review::chart;
use landgrade::{release, say, scale};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The words of `--method`, in the order they are shown in; `all` shows those that need nothing stated, and `given` with `--limits`.
const METHODS: [&str; 9] = [
    "all",
    "natural",
    "natural-histogram",
    "number-axis",
    "frequency-curve",
    "profile",
    "quantile",
    "equal-interval",
    "given",
];

/// Compare where a column of numbers, or the totals of a release, may be cut into classes
#[derive(Args)]
#[command(
    group(ArgGroup::new("source").required(true).args(["values", "release"])),
    after_help = "Example:\n  landgrade breaks --release demo/releases/2025 --chart breaks.svg\n  landgrade breaks --values demo/releases/2025/units.parquet --column total --weight area --classes 5 --method natural --json"
)]
pub struct Breaks {
    /// The file with the numbers: .csv, .txt, .tsv, .xlsx, .parquet, or any layer GDAL opens
    #[arg(long, value_name = "FILE")]
    values: Option<PathBuf>,
    /// Cut the totals of a sealed release instead, use by use, weighted by area
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["layer", "column", "weight"])]
    release: Option<PathBuf>,
    /// The layer or sheet of the file
    #[arg(long)]
    layer: Option<String>,
    /// The column with the numbers; the only one, or `total`, where left out
    #[arg(long)]
    column: Option<String>,
    /// The column that weights them, such as the area; each counts once where left out
    #[arg(long, value_name = "COLUMN")]
    weight: Option<String>,
    /// How many classes: 5 where left out, of a release as many as the use has grades
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u8).range(1..=i64::from(MOST_GRADES)))]
    classes: Option<u8>,
    /// How to cut
    #[arg(long, default_value = "all", value_parser = PossibleValuesParser::new(METHODS))]
    method: String,
    /// The limits of the method `given`, ascending, one fewer than classes
    #[arg(long, value_name = "A,B,…", value_delimiter = ',', allow_negative_numbers = true)]
    limits: Vec<f64>,
    /// Bins of the method natural-histogram
    #[arg(long, default_value_t = 1024)]
    bins: usize,
    /// The least share of the weight in a class, of the method number-axis
    #[arg(long, value_name = "SHARE", default_value_t = 0.03)]
    least_share: f64,
    /// The width of a bin, of the method frequency-curve; where neither it nor the smoothing is stated, both follow from the numbers
    #[arg(long, value_name = "WIDTH")]
    bin: Option<f64>,
    /// The standard deviation of the smoothing, of the method frequency-curve; two bins where left out
    #[arg(long, value_name = "WIDTH")]
    smoothing: Option<f64>,
    /// Rays from the centre, of the method profile
    #[arg(long, value_name = "N", default_value_t = 8)]
    directions: u16,
    /// Metres between two samples, of the method profile
    #[arg(long, value_name = "METRES", default_value_t = 100.0)]
    step: f64,
    /// Samples a median is taken over, odd, of the method profile
    #[arg(long, value_name = "N", default_value_t = 5)]
    window: usize,
    /// Draw the histogram, its curve and the breaks of every method shown into this SVG file
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
}

impl Breaks {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let inputs = self.values.iter().chain(&self.release);
        if let Some(chart) = &self.chart {
            inputs.clone().try_for_each(|input| spare(input, chart))?;
            if chart.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("svg")) {
                return Err(Fault::new(
                    "unknown-format",
                    say!("the chart is an SVG file", "图表为 SVG 文件"),
                    say!("let its name end in .svg", "文件名请以 .svg 结尾"),
                )
                .at(chart.display()));
            }
        }
        if !self.limits.is_empty() && !["all", "given"].contains(&self.method.as_str()) {
            return Err(Fault::new(
                "bad-option",
                say!("--limits belongs to the method given", "--limits 只用于 given 方法"),
                say!("leave it out, or take --method given", "请去掉该选项,或改用 --method given"),
            ));
        }
        match (&self.values, &self.release) {
            (Some(file), _) => self.of_file(file, ui),
            (None, Some(folder)) => self.of_release(folder, ui),
            (None, None) => Ok(Ending::Done),
        }
    }

    fn of_file(&self, file: &Path, ui: &Ui) -> Outcome<Ending> {
        let wanted =
            Wanted { layer: self.layer.as_deref(), column: self.column.as_deref(), weight: self.weight.as_deref() };
        let Numbers { column, values, weights, blank, .. } = values::read(file, wanted)?;
        let (totals, areas) = sorted(values, weights);
        let name = if column.is_empty() { stem(file) } else { column };
        let classes = self.asked().unwrap_or(5);
        let subject =
            Subject { key: String::new(), name, totals: &totals, areas: areas.as_deref(), ground: None, classes };
        let rows = self.rows(&subject)?;
        if blank > 0 {
            let told = say!("{blank} rows without a value are passed over", "{blank} 行没有数值,已略过");
            if ui.json { ui.aside(told.in_lang(ui.lang)) } else { ui.say(&told) }
        }
        show::table(ui, &subject, &rows);
        self.draw(&[(&subject, &rows)], ui)?;
        ui.result(&match rows.as_slice() {
            [row] if self.method != "all" => show::cut(row, false, ui.lang),
            rows => json!({"column": subject.name, "values": totals.len(), "blank": blank, "classes": classes,
                           "methods": show::methods(rows, ui.lang)}),
        });
        Ok(Ending::Done)
    }

    fn of_release(&self, folder: &Path, ui: &Ui) -> Outcome<Ending> {
        let release = release::open(folder)?;
        let (units, name) = (&release.units, &release.head.name);
        if units.totals.is_empty() || units.totals.iter().all(|total| total.is_nan()) {
            return Err(Fault::new(
                "no-totals",
                say!("the release holds no totals", "该成果没有总分"),
                say!(
                    "take a release that was computed, or a file with --values",
                    "请使用计算得出的成果,或用 --values 给出文件"
                ),
            )
            .at(folder.display()));
        }
        let members = compare::members(&release);
        let subjects: Vec<Subject<'_>> = members
            .iter()
            .map(|of_use| of_use.subject(&release, self.asked()))
            .filter(|subject| !subject.totals.is_empty())
            .collect();
        let mut shown = Vec::new();
        for (subject, of_use) in subjects.iter().zip(members.iter().filter(|of_use| !of_use.is_empty())) {
            let mut rows = self.rows(subject).map_err(|fault| in_use(fault, subject))?;
            if self.method == "all" {
                rows.insert(0, of_use.sealed(&release));
            }
            shown.push((subject, rows));
        }
        shown.iter().for_each(|(subject, rows)| show::table(ui, subject, rows));
        self.draw(&shown.iter().map(|(subject, rows)| (*subject, rows.as_slice())).collect::<Vec<_>>(), ui)?;
        let uses: Vec<_> =
            shown.iter().map(|(subject, rows)| show::of_use(subject, rows, self.method == "all", ui.lang)).collect();
        ui.result(&json!({"release": name, "uses": uses}));
        Ok(Ending::Done)
    }

    /// As many classes as asked for, else as the limits make.
    fn asked(&self) -> Option<u8> {
        let by_limits = u8::try_from(self.limits.len()).ok().filter(|count| (1..MOST_GRADES).contains(count));
        self.classes.or(by_limits.map(|count| count + 1))
    }

    /// The methods asked for, each with its cut or why there is none.
    ///
    /// # Errors
    /// Where one method is asked for: why there is no cut. Where none of all makes one: the first reason.
    fn rows(&self, subject: &Subject<'_>) -> Outcome<Vec<Row>> {
        let all = self.method == "all";
        let shown = |word: &&&str| match **word {
            "all" => false,
            "natural-histogram" if all => false,
            "profile" if all => subject.ground.is_some(),
            "given" if all => !self.limits.is_empty(),
            word => all || word == self.method,
        };
        let words: Vec<&str> = METHODS.iter().filter(shown).copied().collect();
        let mut rows: Vec<Row> = scale::chunks(words.len(), 1, |at| {
            let (method, note) = self.method(words[at.start], subject);
            Row { method: method.word().to_string(), reason: None, sealed: false, note, cut: Cut::by(subject, &method) }
        });
        let some = rows.iter().any(|row| row.cut.is_ok());
        match rows.iter().position(|row| row.cut.is_err()) {
            Some(at) if !some => rows.swap_remove(at).cut.map(|_| Vec::new()),
            _ => Ok(rows),
        }
    }

    /// The method, and what was taken where nothing was stated.
    fn method(&self, word: &str, subject: &Subject<'_>) -> (Method, Option<Text>) {
        if word == "frequency-curve" && self.bin.is_none() && self.smoothing.is_none() {
            return compare::usual_curve(subject);
        }
        let method = match word {
            "natural-histogram" => Method::NaturalHistogram { bins: self.bins },
            "number-axis" => Method::NumberAxis { least_share: self.least_share },
            "frequency-curve" => Method::FrequencyCurve { bin: self.bin(), smoothing: self.smoothing() },
            "profile" => Method::Profile(Sections {
                directions: self.directions,
                step: self.step,
                window: self.window,
                ..Sections::default()
            }),
            "quantile" => Method::Quantile,
            "equal-interval" => Method::EqualInterval,
            "given" => Method::Given(self.limits.clone()),
            _ => Method::Natural,
        };
        (method, None)
    }

    fn bin(&self) -> f64 {
        self.bin.unwrap_or(1.0)
    }

    fn smoothing(&self) -> f64 {
        self.smoothing.unwrap_or(2.0 * self.bin())
    }

    fn draw(&self, panels: &[(&Subject<'_>, &[Row])], ui: &Ui) -> Outcome<()> {
        let Some(target) = &self.chart else { return Ok(()) };
        let svg = chart::draw(panels, self.bin(), self.smoothing(), ui.lang);
        let part = Part::new(target)?;
        std::fs::write(part.path(), svg)
            .map_err(|error| Fault::io(say!("cannot write the chart", "无法写出图表"), target, &error))?;
        part.commit()?;
        let path = target.display();
        ui.say(&say!("written: {path}", "已写出:{path}"));
        Ok(())
    }
}

/// Values in ascending order, with their weights: what is computed from them then depends on no order of rows.
fn sorted(mut values: Vec<f64>, weights: Option<Vec<f64>>) -> (Vec<f64>, Option<Vec<f64>>) {
    let Some(weights) = weights else {
        scale::sort(&mut values);
        return (values, None);
    };
    let mut pairs: Vec<[f64; 2]> = values.into_iter().zip(weights).map(|(value, weight)| [value, weight]).collect();
    scale::sort_by(&mut pairs, |a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let (values, weights) = pairs.into_iter().map(|[value, weight]| (value, weight)).unzip();
    (values, Some(weights))
}

fn stem(file: &Path) -> String {
    file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Says which use a fault belongs to.
fn in_use(mut fault: Fault, subject: &Subject<'_>) -> Fault {
    let (name, Text { en, zh }) = (&subject.name, fault.what);
    fault.what = say!("{name}: {en}", "{name}:{zh}");
    fault
}

/// A chart takes no input's place.
fn spare(input: &Path, chart: &Path) -> Outcome<()> {
    let whole = |path: &Path| path.canonicalize().ok();
    if whole(chart).is_none() || whole(chart) != whole(input) {
        return Ok(());
    }
    Err(Fault::new(
        "input-overwritten",
        say!("this is the file the numbers come from: it would be overwritten", "这是数据来源文件,会被覆盖"),
        say!("write to another file", "请写到其他文件"),
    )
    .at(chart.display()))
}
