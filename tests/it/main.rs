//! One test binary: what is proved from outside the library.

mod architecture;
mod broken;
mod city;
mod findings_files;
mod hamlet;
mod tools;
