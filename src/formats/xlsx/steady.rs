//! A file that keeps the first fault of the disk to itself until it is asked: the workbook's archive prints what its end meets, and a full
//! disk is told once, by this program.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// A file under way. After a fault it takes everything and keeps nothing.
pub(super) struct Steady {
    file: File,
    fault: Option<io::Error>,
}

impl Steady {
    pub fn create(path: &Path) -> io::Result<Steady> {
        Ok(Steady { file: File::create(path)?, fault: None })
    }

    /// Ends it, and tells the fault it met.
    pub fn close(self) -> io::Result<()> {
        self.fault.map_or(Ok(()), Err)
    }
}

impl Write for Steady {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.fault.is_none() {
            self.fault = self.file.write_all(bytes).err();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.fault.is_none() {
            self.fault = self.file.flush().err();
        }
        Ok(())
    }
}
