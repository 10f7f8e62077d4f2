//! What stops a run: what happened, where, and what to do about it, in both languages.
//!
//! One type serves every stage (docs/decisions/0003): it cannot be built without saying what and how to mend it.

use super::{Lang, Text};
use crate::say;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

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

    /// Says in which file a line is.
    #[must_use]
    pub fn within(self, path: &Path) -> Fault {
        let place = match &self.place {
            Some(line) => format!("{}:{line}", path.display()),
            None => path.display().to_string(),
        };
        self.at(place)
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
    pub fn io(doing: Text, path: impl AsRef<Path>, error: &io::Error) -> Fault {
        let (Text { en, zh }, said) = (doing, said(error));
        let help = match error.kind() {
            ErrorKind::NotFound => say!("check the path", "请检查路径"),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                say!("choose a folder you may write to, or change its permissions", "请换一个可写的文件夹,或修改其权限")
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                say!("free some space on the disk and run again", "请清理磁盘空间后重试")
            }
            ErrorKind::IsADirectory | ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
                say!("name another path, or move away what stands there", "请换一个路径,或移走该处已有的文件或文件夹")
            }
            ErrorKind::InvalidData => {
                say!("give a text file; save it as UTF-8", "请给出文本文件,并以 UTF-8 编码保存")
            }
            _ => say!("check the disk and the path, then run again", "请检查磁盘和路径后重试"),
        };
        Fault::new("io", say!("{en}: {error}", "{zh}:{said}"), help).at(placed(path.as_ref()).display())
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

/// What the system said, for Chinese readers.
fn said(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "文件或文件夹不存在",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::ReadOnlyFilesystem => "文件系统为只读",
        ErrorKind::StorageFull => "磁盘空间不足",
        ErrorKind::QuotaExceeded => "超出磁盘配额",
        ErrorKind::FileTooLarge => "超过文件大小限制",
        ErrorKind::IsADirectory => "该路径是文件夹",
        ErrorKind::NotADirectory => "路径中有一项不是文件夹",
        ErrorKind::AlreadyExists => "已存在",
        ErrorKind::InvalidData => "不是有效的 UTF-8 文本",
        ErrorKind::UnexpectedEof => "文件不完整",
        _ => return error.to_string(),
    };
    known.to_string()
}

/// The place an output goes to: while it is under way, it stands as `.name.PROCESS.part` (`formats::part`).
fn placed(path: &Path) -> PathBuf {
    let whole = |name: &OsStr| -> OsString {
        let part = name.to_str().and_then(|name| name.strip_prefix('.')?.strip_suffix(".part")?.rsplit_once('.'));
        let part = part.filter(|(_, process)| process.parse::<u32>().is_ok()).map(|(name, _)| name);
        part.map_or_else(|| name.to_os_string(), OsString::from)
    };
    path.components()
        .map(|component| match component {
            Component::Normal(name) => PathBuf::from(whole(name)),
            other => PathBuf::from(other.as_os_str()),
        })
        .collect()
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.show(Lang::En))
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_in_both_languages_with_the_place_the_output_was_to_have() {
        let error = io::Error::from(ErrorKind::StorageFull);
        let fault = Fault::io(say!("cannot write", "无法写入"), "out/.2025.417.part/units.parquet", &error);
        assert_eq!(
            fault.show(Lang::Zh),
            "out/2025/units.parquet: 无法写入:磁盘空间不足 [io]\n  建议: 请清理磁盘空间后重试"
        );
        assert!(fault.show(Lang::En).starts_with("out/2025/units.parquet: cannot write: "));
        let hidden = Fault::io(say!("a", "b"), "../.config/x.part", &error);
        assert_eq!(hidden.place.unwrap(), "../.config/x.part");
    }
}
