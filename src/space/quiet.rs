//! What GDAL says beside its answers: kept from the terminal, and kept for whoever asks.

use std::cell::RefCell;
use std::sync::Once;

thread_local! {
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// The remarks kept for each thread; a file that is wrong throughout makes them by the thousand.
const KEPT: usize = 20;

/// Makes GDAL's warnings and errors remarks to be asked for instead of lines on standard error. Errors are still the answers of the calls
/// that failed.
pub fn gdal() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        gdal::config::set_error_handler(|_, _, remark| {
            // A thread that ends has nobody left to ask it.
            let _ = SAID.try_with(|said| {
                let mut said = said.borrow_mut();
                if said.len() < KEPT && !said.iter().any(|known| known == remark.trim()) {
                    said.push(remark.trim().to_string());
                }
            });
        });
    });
}

/// What GDAL said on this thread since the last time this was asked, each remark once.
pub fn said() -> Vec<String> {
    SAID.with(|said| std::mem::take(&mut *said.borrow_mut()))
}
