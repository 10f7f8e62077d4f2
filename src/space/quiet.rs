//! What GDAL and PROJ say beside their answers: kept from the terminal, and kept for whoever asks.

use std::sync::{Mutex, Once, PoisonError};

static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The remarks kept; a file that is wrong throughout makes them by the thousand.
const KEPT: usize = 20;

/// Makes GDAL's warnings and errors remarks to be asked for instead of lines on standard error. Errors are still the answers of the calls
/// that failed.
pub fn gdal() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        gdal::config::set_error_handler(|_, _, remark| {
            let (mut said, remark) = (SAID.lock().unwrap_or_else(PoisonError::into_inner), remark.trim());
            if said.len() < KEPT && !remark.is_empty() && !said.iter().any(|known| known == remark) {
                said.push(remark.to_string());
            }
        });
    });
}

/// What GDAL said since the last time this was asked, each remark once.
pub fn said() -> Vec<String> {
    std::mem::take(&mut *SAID.lock().unwrap_or_else(PoisonError::into_inner))
}
