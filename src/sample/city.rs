//! The whole sample city: every layer of every year, the relief, the true prices and the ledger of changes.

use super::corrections::{self, Corrections, USES};
use super::fabric::Fabric;
use super::facilities::Facility;
use super::land_parcels::{Ground, Parcels};
use super::layer::SampleLayer;
use super::ledger::{self, Ledger};
use super::prices::Surface;
use super::relief::{self, Dem};
use super::sales::{self, Period, Sale};
use super::second_year::{Changes, Counts};
use super::wards::Territory;
use super::water::River;
use super::{centres, facilities, roads, uses, zones};
use crate::formats::{Cells, Field, Table};
use crate::land::{Fault, Outcome, Text, Values};
use crate::say;
use crate::space::{Crs, Extent};

/// The fewest parcels a city is made of.
pub const FEWEST_PARCELS: usize = 300;

/// What city to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The number of parcels in the first year.
    pub parcels: usize,
    pub seed: u64,
    /// One or more years, each the one after the year before.
    pub years: Vec<i16>,
}

/// The sample city.
pub struct City {
    pub plan: Plan,
    /// CGCS2000 / 3-degree Gauss-Kruger CM 114E, without zone prefix.
    pub crs: Crs,
    pub years: Vec<Year>,
    pub dem: Dem,
    /// The true prices everywhere.
    pub surface: Surface,
    /// What changed, for each year but the first.
    pub ledgers: Vec<Ledger>,
}

/// One year of the city.
pub struct Year {
    pub year: i16,
    pub layers: Vec<SampleLayer>,
    /// The true price of each parcel for its use at its centroid, in the order of the layer `parcels`.
    pub truth: Vec<f64>,
    /// The tables that bring the samples to the true prices.
    pub corrections: Corrections,
}

/// Makes the city. Equal plans give equal cities, byte for byte, on every machine.
///
/// # Errors
/// `sample-plan` where there are too few parcels or the years do not follow one another.
pub fn city(plan: &Plan) -> Outcome<City> {
    check(plan)?;
    let crs = Crs::parse("EPSG:4547")?;
    let (seed, later_years) = (plan.seed, plan.years.len() - 1);
    let counts = Counts::of(plan.parcels);
    let rim = counts.added * later_years;
    let fabric = Fabric::new(plan.parcels, plan.parcels + counts.splits * later_years + rim, rim, seed);
    let centres = centres::place(&fabric, plan.parcels, seed);
    let (stations, taken) = facilities::stations(&fabric, plan.parcels, later_years, seed);
    let surface = Surface::new(fabric.lattice.radius, &centres, &stations, &plan.years);
    let uses = uses::assign(&fabric, &surface, seed);
    let changes = Changes::choose(&fabric, &uses, &taken, &counts, later_years, seed);
    let mut world = World::new(plan, &fabric, stations, seed);
    world.fixed.extend([centres::layer(&centres), zones::planning(&fabric, &uses)]);
    let quiet: Vec<usize> = (0..uses.len()).filter(|&piece| uses[piece] == 3 && changes.of(piece).is_none()).collect();
    [world.schools, world.hospitals] = facilities::public_services(&fabric, &quiet, plan.parcels, seed);
    let ground = Ground { fabric: &fabric, uses: &uses, changes: &changes, surface: &surface, seed };
    let (mut years, mut ledgers, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for later in 0..=later_years {
        let parcels = ground.parcels(later);
        let mut ledger = (later > 0).then(|| ledger::of_ground(&fabric, &uses, &changes, &plan.years, later));
        let corrections = corrections::of_year(plan.years[0], later);
        known = sales_of(plan, later, &parcels, &corrections, known, ledger.as_mut());
        ledger.iter_mut().for_each(|ledger| world.record(ledger, later));
        let layers = world.layers(later, &known);
        let Parcels { layer, truth, .. } = parcels;
        let layers = std::iter::once(layer).chain(layers).collect();
        years.push(Year { year: plan.years[later], layers, truth, corrections });
        ledgers.extend(ledger);
    }
    Ok(City {
        plan: plan.clone(),
        crs,
        years,
        dem: relief::model(&fabric, world.extent, &world.river, seed),
        surface,
        ledgers,
    })
}

fn check(plan: &Plan) -> Outcome<()> {
    let consecutive = plan.years.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let dated = plan.years.first().is_some_and(|first| (1990..=2100).contains(first)) && plan.years.len() <= 20;
    if plan.parcels >= FEWEST_PARCELS && plan.parcels <= 20_000_000 && consecutive && dated {
        return Ok(());
    }
    let parcels = plan.parcels;
    Err(Fault::new(
        "sample-plan",
        say!(
            "no city can be made of {parcels} parcels and these years",
            "无法按 {parcels} 个宗地和所给年份生成样例城市"
        ),
        say!(
            "ask for {FEWEST_PARCELS} to 20000000 parcels, and for years that follow one another, such as 2025 and 2026",
            "请给出 {FEWEST_PARCELS} 至 20000000 个宗地,以及连续的年份(如 2025、2026)"
        ),
    ))
}

/// The samples of a year: those of the year before that still stand and are younger than five years, and the new ones.
fn sales_of(
    plan: &Plan,
    later: usize,
    parcels: &Parcels,
    tables: &Corrections,
    known: Vec<Sale>,
    ledger: Option<&mut Ledger>,
) -> Vec<Sale> {
    let five_years = (plan.parcels / 50).max(600).min(plan.parcels / 3);
    let year = plan.years[later];
    let period = if later == 0 {
        Period { count: five_years, first: year - 4, last: year, later }
    } else {
        Period { count: five_years / 5, first: year, last: year, later }
    };
    let before = known.len();
    let mut sales: Vec<Sale> = known.into_iter().filter(|sale| sale.date.year() >= year - 4).collect();
    let young = sales.len();
    sales.retain(|sale| sales::stands(sale, parcels));
    let kept = sales.len();
    sales.extend(sales::draw(parcels, tables, plan.years[0], &period, plan.seed));
    if let Some(ledger) = ledger {
        ledger.samples_aged = before - young;
        ledger.samples_lost = young - kept;
        ledger.samples_kept = kept;
        ledger.samples_new = period.count;
    }
    sales
}

/// Everything but the parcels.
struct World {
    seed: u64,
    extent: Extent,
    river: River,
    roads: Vec<roads::Road>,
    upgraded: Vec<Option<usize>>,
    stations: Vec<Facility>,
    stops: Vec<Facility>,
    schools: Vec<Facility>,
    hospitals: Vec<Facility>,
    /// Layers that stay as they are from year to year.
    fixed: Vec<SampleLayer>,
}

impl World {
    fn new(plan: &Plan, fabric: &Fabric, stations: Vec<Facility>, seed: u64) -> World {
        let later_years = plan.years.len() - 1;
        let territory = Territory::new(&fabric.lattice, &fabric.wards);
        let river = River::new(&fabric.lattice, &territory);
        let mut roads = roads::lay(fabric, &territory, &river);
        let upgraded = roads::upgrade(&mut roads, later_years, seed);
        let stops = facilities::bus_stops(fabric, &roads, later_years, seed);
        let fixed = vec![
            zones::districts(fabric, &territory),
            zones::graded_area(fabric, &territory),
            facilities::parks(fabric, seed),
            river.line_layer(),
            river.water_layer(),
            river.bridges(&fabric.lattice, seed),
            zones::flood(fabric, &river, seed),
            zones::environment(fabric, &territory, &river, seed),
        ];
        let extent = Extent::of(&territory.outline(&fabric.lattice, None));
        World {
            seed,
            extent,
            river,
            roads,
            upgraded,
            stations,
            stops,
            schools: Vec::new(),
            hospitals: Vec::new(),
            fixed,
        }
    }

    fn layers(&self, later: usize, sales: &[Sale]) -> Vec<SampleLayer> {
        let kind = |name: Text| Some(("lx", name));
        let layer = facilities::layer;
        let lines = Some(("xls", say!("number of lines", "线路数")));
        let classes = Some(("bjs", say!("classes", "班级数")));
        let beds = Some(("cws", say!("beds", "床位数")));
        let mut layers = self.fixed.clone();
        layers.extend([
            layer("bus_stops", say!("bus stops", "公交站点"), &self.stops, later, None, lines),
            layer("stations", say!("stations", "车站"), &self.stations, later, kind(say!("kind", "类型")), None),
            layer("schools", say!("schools", "学校"), &self.schools, later, kind(say!("kind", "类型")), classes),
            layer("hospitals", say!("hospitals", "医院"), &self.hospitals, later, kind(say!("grade", "等级")), beds),
            roads::layer(&self.roads, later, self.seed),
            sales::layer(sales),
        ]);
        layers
    }

    /// Enters what is new in a year besides the ground.
    fn record(&self, ledger: &mut Ledger, later: usize) {
        let new = |facilities: &[Facility]| {
            facilities.iter().filter(|facility| facility.since == later).map(|facility| facility.name.clone()).collect()
        };
        ledger.new_stations = new(&self.stations);
        ledger.new_bus_stops = new(&self.stops);
        ledger.upgraded_roads = self.upgraded[later - 1].map(roads::label).into_iter().collect();
    }
}

impl City {
    /// The layers of a year as writers take them.
    pub fn tables<'a>(&'a self, year: &'a Year) -> Vec<Table<'a>> {
        year.layers.iter().map(|layer| layer.table(&self.crs)).collect()
    }
}

impl Year {
    /// A layer by its name in files.
    pub fn layer(&self, name: &str) -> Option<&SampleLayer> {
        self.layers.iter().find(|layer| layer.name == name)
    }

    /// The price index as a table: the quarter, and a column for the key of each use.
    pub fn index_table(&self) -> Table<'static> {
        let rows = &self.corrections.index;
        let quarters = rows.iter().map(|(quarter, _)| quarter.to_string()).collect();
        let mut fields =
            vec![Field::plain("quarter", Cells::Own(Values::Text(quarters))).titled(say!("quarter", "季度"))];
        for (number, (key, name)) in USES.iter().enumerate() {
            let values = rows.iter().map(|(_, values)| values[number]).collect();
            let title = Text { en: (*key).to_string(), zh: (*name).to_string() };
            fields.push(Field::plain(*key, Cells::Own(Values::Real(values))).titled(title).shown_with(1));
        }
        let title = say!("land price index", "地价指数");
        Table { name: "price_index".to_string(), title, fields, shapes: None, crs: None, rows: rows.len() }
    }
}

#[cfg(test)]
#[path = "city_tests.rs"]
mod tests;
