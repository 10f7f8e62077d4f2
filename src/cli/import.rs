//! `landgrade import`: a sealed release out of a foreign layer or table.

use super::{Ending, Ui, gate, grade, run};
use clap::Args;
use landgrade::import::mapping::Fields;
use landgrade::import::{Mapping, import};
use landgrade::land::progress::Watch;
use landgrade::land::{Outcome, Text};
use landgrade::release;
use landgrade::say;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Make a release out of a foreign layer or table with grades and prices
#[derive(Args)]
#[command(after_help = "Example:
  landgrade import data-samples/broken/several-prices/mapping.toml --name 2022 --to demo/foreign
  landgrade sample demo --parcels 400
  landgrade run demo/2025/project.toml --lang en
  landgrade import --source demo/releases/2025-published/prices.csv --use use --grade grade \\
    --price 'benchmark price (元/㎡)' --name again --to demo/foreign")]
pub struct Import {
    /// The mapping file; options below add to it (docs/importing.md)
    mapping: Option<PathBuf>,
    /// The layer or table to import
    #[arg(long, value_name = "FILE")]
    source: Option<PathBuf>,
    /// Its layer or sheet
    #[arg(long)]
    layer: Option<String>,
    /// Its coordinate system, where it does not tell
    #[arg(long)]
    crs: Option<String>,
    /// The projected system to bring it to
    #[arg(long = "to-crs", value_name = "CRS")]
    to_crs: Option<String>,
    /// The encoding of its text, where it does not tell
    #[arg(long)]
    encoding: Option<String>,
    /// The field with the identifier
    #[arg(long, value_name = "FIELD")]
    id: Option<String>,
    /// The field with the use
    #[arg(long = "use", value_name = "FIELD")]
    use_field: Option<String>,
    /// The field with the grade
    #[arg(long, value_name = "FIELD")]
    grade: Option<String>,
    /// The field with the price
    #[arg(long, value_name = "FIELD")]
    price: Option<String>,
    /// The unit of the price: 元/㎡ or 万元/亩
    #[arg(long, value_name = "UNIT")]
    price_unit: Option<String>,
    /// The date the prices stand for
    #[arg(long, value_name = "DATE")]
    base_date: Option<String>,
    /// The release's name
    #[arg(long)]
    name: String,
    /// The folder releases are kept in
    #[arg(long, value_name = "FOLDER", default_value = "releases")]
    to: PathBuf,
    /// The date the release is sealed on; today where left out
    #[arg(long, value_name = "DATE")]
    sealed_on: Option<String>,
    /// Seal as final, which needs the gate to pass; a draft where left out
    #[arg(long = "final")]
    as_final: bool,
    #[command(flatten)]
    by: gate::By,
}

impl Import {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let mut mapping = self.mapping.as_deref().map(Mapping::read).transpose()?.unwrap_or_default();
        let folder = match (&self.mapping, &self.source) {
            (Some(file), None) => file.parent().map(Path::to_path_buf).unwrap_or_default(),
            _ => PathBuf::new(),
        };
        self.add_options(&mut mapping);
        run::refuse_sealed(&self.to.join(&self.name))?;
        ui.begin(&say!("reading", "读取数据"), 1);
        let mut release = import(&mapping, &folder, &self.name)?;
        ui.advance(1);
        let sealed_on = run::sealing_date(self.sealed_on.as_deref())?;
        grade::summary(ui, &release);
        if self.as_final || self.by.is_asked() {
            run::finish(ui, &self.by, self.as_final, &mut release, &self.to)?;
        }
        ui.begin(&say!("sealing", "封存"), 1);
        let sealed = release::seal(&mut release, &self.to, sealed_on, Some(&folder))?;
        ui.advance(1);
        let shown = sealed.path.display();
        let Text { en, zh } = release.head.state().title();
        ui.say(&say!("sealed as {en}: {shown}", "已按{zh}封存:{shown}"));
        ui.result(&json!({
            "release": sealed.path, "content_digest": sealed.content_digest, "units": release.units.len(),
            "uses": grade::uses(&release), "cells": grade::cells(&release, ui.lang), "findings": release.findings.len(),
        }));
        Ok(Ending::Done)
    }
}

impl Import {
    /// Options take the place of the mapping file's words.
    fn add_options(&self, mapping: &mut Mapping) {
        if let Some(source) = &self.source {
            mapping.source = source.to_string_lossy().into_owned();
        }
        let texts = [
            (&self.layer, &mut mapping.layer),
            (&self.crs, &mut mapping.crs),
            (&self.to_crs, &mut mapping.to),
            (&self.encoding, &mut mapping.encoding),
            (&self.id, &mut mapping.id),
            (&self.use_field, &mut mapping.use_field),
            (&self.price_unit, &mut mapping.price_unit),
            (&self.base_date, &mut mapping.base_date),
        ];
        for (option, word) in texts {
            if option.is_some() {
                word.clone_from(option);
            }
        }
        for (option, word) in [(&self.grade, &mut mapping.grade), (&self.price, &mut mapping.price)] {
            if let Some(field) = option {
                *word = Some(Fields::One(field.clone()));
            }
        }
    }
}
