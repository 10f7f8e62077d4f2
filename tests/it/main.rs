//! One test binary: what is proved from outside the library.

mod architecture;
mod broken;
mod findings_files;
mod tools;
