//! One test binary: what is proved from outside the library.

mod architecture;
mod city;
mod hamlet;
