//! One test binary: what is proved from outside the library.

mod architecture;
mod awkward;
mod broken;
mod findings_files;
mod real_data;
mod tools;
