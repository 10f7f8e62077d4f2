//! `landgrade apply`: a change file turns a release into the next one.

use super::{Ending, Ui};
use clap::Args;
use landgrade::land::Outcome;
use landgrade::release::change_file::{self, Named};
use landgrade::say;
use serde_json::json;
use std::path::PathBuf;

/// Turn a release into the next one by a change file, to the byte
#[derive(Args)]
#[command(after_help = "Example:\n  landgrade apply demo/releases/2025 demo/2025-2026.change --to demo/again")]
pub struct Apply {
    /// The sealed release that the change file starts from
    release: PathBuf,
    /// The change file, of `landgrade compare OLD NEW --change-file FILE`
    change_file: PathBuf,
    /// The folder the new release is put in
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
}

impl Apply {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let (path, change) = change_file::apply(&self.release, &self.change_file, &self.to)?;
        let shown = path.display();
        let (Named { content_digest: digest, .. }, count) = (&change.new, change.files);
        ui.say(&say!(
            "made: {shown} ({count} files, content digest {digest})",
            "已生成:{shown}({count} 个文件,内容摘要 {digest})"
        ));
        ui.result(&json!({"path": path, "old": change.old, "new": change.new, "files": change.files, "bytes": change.bytes, "new_bytes": change.fresh}));
        Ok(Ending::Done)
    }
}
