//! `landgrade new`: drafts a project file from a folder of layers.

use super::{Ending, Ui};
use clap::Args;
use landgrade::formats::Part;
use landgrade::ingest::inspect::inspect;
use landgrade::land::{Fault, Outcome};
use landgrade::project::draft::{draft, questions};
use landgrade::say;
use serde_json::json;
use std::path::{Component, Path, PathBuf};

/// Draft a project file from a folder of layers
#[derive(Args)]
#[command(
    after_help = "Example:\n  landgrade new data --to data/project.toml\n  landgrade new --schema > project.schema.json"
)]
pub struct New {
    /// The folder with the layers
    #[arg(required_unless_present_any = ["schema", "rules"])]
    folder: Option<PathBuf>,
    /// The file to write; project.toml in the folder where left out
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Print the JSON Schema of project files instead
    #[arg(long)]
    schema: bool,
    /// Print the rule file of the program instead, to edit and to name in a project
    #[arg(long, conflicts_with = "schema")]
    rules: bool,
}

impl New {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let Some(folder) = self.folder else {
            let schema = self.schema.then(landgrade::project::file::schema);
            ui.document(&schema.unwrap_or_else(|| landgrade::project::rules::BUILT_IN.to_string()));
            return Ok(Ending::Done);
        };
        let target = self.to.unwrap_or_else(|| folder.join("project.toml"));
        if target.exists() {
            return Err(Fault::new(
                "exists",
                say!("the file is there already", "文件已存在"),
                say!("name another one with --to, or remove it first", "请用 --to 另取文件名,或先删除它"),
            )
            .at(target.display()));
        }
        let mut layers = inspect(&folder)?;
        if layers.is_empty() {
            return Err(Fault::new(
                "no-layers",
                say!("there is no layer, table or raster here", "文件夹中没有图层、表格或栅格"),
                say!("name the folder that holds the data", "请指定存放数据的文件夹"),
            )
            .at(folder.display()));
        }
        let whole = absolute(&folder)?;
        let beside =
            absolute(target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))?;
        if let Some(way) = way(&beside, &whole) {
            layers.iter_mut().for_each(|info| info.path = format!("{way}{}", info.path));
        }
        let text = draft(&whole, &layers);
        let part = Part::new(&target)?;
        std::fs::write(part.path(), &text).map_err(|e| Fault::io(say!("cannot write", "无法写入"), &target, &e))?;
        part.commit()?;
        let (count, shown, open) = (layers.len(), target.display(), questions(&text).count());
        ui.say(&say!(
            "{count} layers looked at, project drafted: {shown}; {open} lines marked `# ?` are yours to decide",
            "已查看 {count} 个图层并起草项目文件:{shown};其中 {open} 行标有「# ?」,需由您决定"
        ));
        ui.result(&json!({"project": target, "layers": count, "open": open}));
        Ok(Ending::Done)
    }
}

/// The folder's true place, so that `.` has a name and ways between folders can be told.
fn absolute(folder: &Path) -> Outcome<PathBuf> {
    folder.canonicalize().map_err(|e| Fault::io(say!("cannot read the folder", "无法读取文件夹"), folder, &e))
}

/// What stands before the paths of a folder's files where the project file lies elsewhere: `../data/`; `None` where it lies in the folder.
fn way(from: &Path, to: &Path) -> Option<String> {
    let (here, there): (Vec<Component<'_>>, Vec<_>) = (from.components().collect(), to.components().collect());
    let common = here.iter().zip(&there).take_while(|(one, other)| one == other).count();
    let up = here[common..].iter().map(|_| "..".to_string());
    let down = there[common..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    (!parts.is_empty()).then(|| parts.join("/") + "/")
}
