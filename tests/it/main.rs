//! One test binary: what is proved from outside the library.

mod architecture;
mod awkward;
mod awkward_systems;
mod awkward_values;
mod breaks;
mod broken;
mod city;
mod cli;
mod cli_faults;
mod cli_hostile;
mod cli_interrupted;
mod cli_options;
mod cli_storage;
mod cli_summary;
mod cli_untouched;
mod findings_files;
mod hamlet;
mod journey;
mod journey_draft;
mod journey_import;
mod judgements;
mod manual;
mod real_data;
mod samples;
mod tools;
mod weights;
