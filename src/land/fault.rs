//! What stops a run: what happened, where, and what to do about it, in both languages.
//!
//! One type serves every stage (docs/decisions/0003): it cannot be built without saying what and how to mend it.

use super::{Lang, Text};
use crate::say;
use std::fmt;

/// The result of a step that may stop the run.
pub type Outcome<T> = Result<T, Fault>;

/// One reason to stop, and every other reason found at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A stable short name, such as `missing-file`; scripts and tests key on it.
    pub code: &'static str,
    /// What is wrong.
    pub what: Text,
    /// Where: a file with its line, a layer, a feature.
    pub place: Option<String>,
    /// What the reader can do.
    pub help: Text,
    /// Further faults of the same check.
    pub also: Vec<Fault>,
}

impl Fault {
    /// A fault from its code, its sentence and its remedy.
    pub fn new(code: &'static str, what: Text, help: Text) -> Fault {
        Fault { code, what, place: None, help, also: Vec::new() }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Fault {
        self.place = Some(place.to_string());
        self
    }

    /// Joins faults found together; `None` when there are none.
    pub fn of_all(faults: Vec<Fault>) -> Option<Fault> {
        let mut faults = faults.into_iter();
        let mut first = faults.next()?;
        // Work cut short in many places was cancelled once.
        let cancelled = first.code == "cancelled";
        first.also.extend(faults.filter(|fault| !(cancelled && fault.code == "cancelled")));
        Some(first)
    }

    /// A file that could not be read or written.
    pub fn io(doing: Text, path: impl AsRef<std::path::Path>, error: &std::io::Error) -> Fault {
        let Text { en, zh } = doing;
        let help = match error.kind() {
            std::io::ErrorKind::NotFound => say!("check the path", "请检查路径"),
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                say!("choose a folder you may write to, or change its permissions", "请换一个可写的文件夹,或修改其权限")
            }
            std::io::ErrorKind::IsADirectory => {
                say!("this is a folder: name the file in it", "这是文件夹:请写其中的文件")
            }
            std::io::ErrorKind::InvalidData => say!("save the file as UTF-8", "请将文件另存为 UTF-8 编码"),
            std::io::ErrorKind::StorageFull => {
                say!("free some space on the disk and run again", "请清理磁盘空间后重试")
            }
            _ => say!("check the disk and the path, then run again", "请检查磁盘和路径后重试"),
        };
        Fault::new("io", say!("{en}: {error}", "{zh}:{error}"), help).at(path.as_ref().display())
    }

    /// The work was interrupted by the user.
    pub fn cancelled() -> Fault {
        Fault::new(
            "cancelled",
            say!("cancelled; nothing was left half-written", "已取消;没有留下写了一半的文件"),
            say!("run the command again", "请重新运行命令"),
        )
    }

    /// Every fault in order, this one first.
    pub fn each(&self) -> impl Iterator<Item = &Fault> {
        std::iter::once(self).chain(&self.also)
    }

    /// The whole fault for a reader, one paragraph per fault.
    pub fn show(&self, lang: Lang) -> String {
        self.each().map(|fault| fault.show_one(lang)).collect::<Vec<_>>().join("\n")
    }

    fn show_one(&self, lang: Lang) -> String {
        let what = self.what.in_lang(lang);
        let help = self.help.in_lang(lang);
        let place = self.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        let head = match lang {
            Lang::Zh => "建议",
            Lang::En => "help",
        };
        format!("{place}{what} [{code}]\n  {head}: {help}", code = self.code)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.show(Lang::En))
    }
}

impl std::error::Error for Fault {}
