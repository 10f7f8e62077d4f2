//! The side-by-side batch: writes a project file from a `job.json`, runs the ordinary `landgrade` binary, and puts its JSON result into
//! the form the job asks for. Nothing here computes: what the bench uses, users have.
//!
//! `side-by-side BINARY DATA OUT [--formats gpkg,geojson,shp] [--threads N]`

use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &[String]) -> Result<(), String> {
    let [binary, data, out, options @ ..] = args else {
        return Err("usage: side-by-side BINARY DATA OUT [--formats gpkg,geojson,shp] [--threads N]".to_string());
    };
    let option = |name: &str| options.iter().position(|o| o == name).and_then(|at| options.get(at + 1));
    let formats = option("--formats").map_or("gpkg", String::as_str);
    let (data, out) = (Path::new(data), Path::new(out));
    std::fs::create_dir_all(out).map_err(|e| format!("{}: {e}", out.display()))?;
    let job = std::fs::read_to_string(data.join("job.json")).map_err(|e| format!("job.json: {e}"))?;
    let job: Value = serde_json::from_str(&job).map_err(|e| format!("job.json: {e}"))?;
    let project = out.join("project.toml");
    let text = project_file(&job, &std::path::absolute(data).map_err(|e| e.to_string())?)
        .ok_or("job.json is not of the known form")?;
    std::fs::write(&project, text).map_err(|e| format!("{}: {e}", project.display()))?;

    let mut command = Command::new(binary);
    command.args(["price", "--json", "--progress", "none", "--layer", "graded", "--geojson-crs", "project"]);
    command.args(["--columns", "id,use,kept,scores,total,grade,alternatives,price"]);
    if let Some(threads) = option("--threads") {
        command.args(["--threads", threads]);
    }
    command.arg(&project);
    for format in formats.split(',') {
        command.arg("--to").arg(out.join(format!("graded.{format}")));
    }
    let start = Instant::now();
    let output = command.output().map_err(|e| format!("{binary}: {e}"))?;
    let wall = start.elapsed().as_secs_f64();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let result: Value = serde_json::from_slice(&output.stdout).map_err(|e| format!("the result is no JSON: {e}"))?;
    let summary = summary(&job, &result).ok_or("the result is not of the known form")?;
    let file = out.join("summary.json");
    std::fs::write(&file, format!("{summary:#}\n")).map_err(|e| format!("{}: {e}", file.display()))?;
    println!("{}", json!({"wall": wall, "units": result["units"], "formats": formats}));
    Ok(())
}

/// The job in the words of a project file.
fn project_file(job: &Value, data: &Path) -> Option<String> {
    let file = data.join(job["inputs"]["file"].as_str()?);
    let source = toml_text(&file.to_string_lossy());
    let (parcels, samples, pricing) = (&job["inputs"]["parcels"], &job["inputs"]["samples"], &job["pricing"]);
    let mut text = format!(
        "[project]\nname = \"grading batch\"\ncrs = {}\n\n[units]\nsource = {source}\nlayer = {}\nid = {}\nuse = {}\nkeep = [\"area\"]\n\
         overlaps = \"none\"   # the job does not look for overlaps\n",
        job["crs"], parcels["layer"], parcels["id"], parcels["use"]
    );
    for land_use in job["uses"].as_array()? {
        let key = land_use.as_str()?;
        let weights: Vec<String> =
            job["weights"][key].as_object()?.iter().map(|(factor, weight)| format!("{factor} = {weight}")).collect();
        let price = &pricing["uses"][key];
        let _ = write!(
            text,
            "\n[[uses]]\nkey = \"{key}\"\ngrades = {}\nbreaks = {{ method = \"natural-histogram\", bins = {} }}\nweights = {{ {} }}\n\
             price = {{ term = {}, rate = {}, plot_ratio = {}, plot_ratio_table = {} }}\n",
            job["grading"]["grades"],
            job["grading"]["bins"],
            weights.join(", "),
            price["statutory_term"],
            price["rate"],
            price["std_plot_ratio"],
            price["plot_ratio_table"],
        );
    }
    text.push_str("\n[grading]\nalternatives = [{ key = \"grade_q\", breaks = \"quantile\" }]\n");
    for factor in job["factors"].as_array()? {
        write_factor(&mut text, factor, &source)?;
    }
    let _ = write!(
        text,
        "\n[prices]\nbase_quarter = {}\noutliers = \"k-sigma\"\nsigma = {}\nleast_samples = {}\nstatistic = \"mean\"\nfill = \"nearest-grade\"\n\
         rounding = 0\nsamples = {{ source = {source}, layer = {}, id = {}, use = {}, price = {}, unit = \"元/㎡\", date = {}, plot_ratio = {}, term = {} }}\n\n[prices.index_table]\n",
        pricing["base_quarter"],
        pricing["outlier_sigma"],
        pricing["outlier_min_n"],
        samples["layer"],
        samples["id"],
        samples["use"],
        samples["price"],
        samples["date"],
        samples["plot_ratio"],
        samples["term"],
    );
    for (quarter, values) in pricing["index"].as_object()? {
        let _ = writeln!(text, "{quarter} = {values}");
    }
    Some(text)
}

fn write_factor(text: &mut String, factor: &Value, source: &str) -> Option<()> {
    let kind = factor["kind"].as_str()?;
    let _ = write!(
        text,
        "\n[[factors]]\nkey = {}\nkind = \"{kind}\"\nsource = {source}\nlayer = {}\n",
        factor["name"], factor["layer"]
    );
    if kind == "area" {
        let _ = writeln!(text, "score = {}\ndefault = {}", factor["score"], factor["default"]);
        return Some(());
    }
    let form = if factor["attenuation"] == "exp" { "exponential" } else { "linear" };
    let _ = writeln!(text, "attenuation = \"{form}\"\nat_radius = \"inside\"");
    let (list, field, key) =
        if kind == "point" { ("levels", "level_field", "level") } else { ("classes", "class_field", "class") };
    if let Some(scale) = factor["scale"].as_str() {
        let _ = writeln!(text, "scale = \"{scale}\"");
    }
    if let Some(field) = factor[field].as_str() {
        let _ = writeln!(text, "level_field = \"{field}\"");
    }
    text.push_str("levels = [\n");
    for level in factor[list].as_array()? {
        let which = if level[key].is_null() { String::new() } else { format!("level = {}, ", level[key]) };
        let _ = writeln!(text, "  {{ {which}radius = {}, score = {} }},", level["radius"], level["function_score"]);
    }
    text.push_str("]\n");
    Some(())
}

/// The result in the job's words (section 8 of the job).
fn summary(job: &Value, result: &Value) -> Option<Value> {
    let mut breaks = serde_json::Map::new();
    for of_use in result["uses"].as_array()? {
        let entry = json!({"natural": of_use["limits"], "quantile": of_use["alternatives"]["grade_q"]});
        breaks.insert(of_use["use"].as_str()?.to_string(), entry);
    }
    let row = |cell: &Value| json!({"use": cell["use"], "grade": cell["grade"], "n": cell["samples"], "kept": cell["kept"], "price": cell["raw"]});
    let benchmark: Vec<Value> = result["cells"].as_array()?.iter().map(row).collect();
    let expected = job["uses"].as_array()?.len() * job["grading"]["grades"].as_u64()? as usize;
    (benchmark.len() == expected).then(|| json!({"breaks": breaks, "benchmark": benchmark}))
}

fn toml_text(text: &str) -> String {
    Value::String(text.to_string()).to_string()
}
