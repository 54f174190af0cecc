//! A throw-away folder with files, and the program run inside of it.

use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use tempfile::TempDir;

/// A form whose execution score was computed on the initial budget: 10 × 380 ÷ 400 = 9.5, where 10 × 380 ÷ 500 = 7.6
/// is due. Its three indicators are clean.
pub(crate) const LAMPS: &str = r#"{
  "title": "项目支出绩效自评表",
  "year": 2023,
  "project_name": "滨河路路灯节能改造",
  "department": "市政管理局",
  "unit": "路灯管理所",
  "funds": {
    "amount_unit": "万元",
    "rows": [
      {"label": "年度资金总额", "initial_budget": "400.00", "annual_budget": "500.00", "executed": "380.00", "weight": "10", "execution_rate": "76.00", "score": "9.50"}
    ]
  },
  "goals": {"expected": "更换路灯六百盏", "actual": "已更换六百二十盏"},
  "indicators": [
    {"level1": "产出指标", "level2": "数量指标", "level3": "更换路灯数量", "target": {"text": "≥600盏", "comparator": "≥", "value": "600", "unit": "盏"}, "actual": {"text": "620盏", "value": "620", "unit": "盏"}, "weight": "50", "score": "50.00"},
    {"level1": "效益指标", "level2": "社会效益指标", "level3": "夜间投诉下降率", "target": {"text": "≥20%", "comparator": "≥", "value": "20", "unit": "%"}, "actual": {"text": "22%", "value": "22", "unit": "%"}, "weight": "30", "score": "30.00"},
    {"level1": "满意度指标", "level2": "服务对象满意度指标", "level3": "居民满意度", "target": {"text": "≥90%", "comparator": "≥", "value": "90", "unit": "%"}, "actual": {"text": "93%", "value": "93", "unit": "%"}, "weight": "10", "score": "10.00"}
  ],
  "total": {"weight": "100", "score": "99.50"}
}"#;

/// A folder that is gone when the test ends.
pub(crate) struct World {
    folder: TempDir,
}

/// What a run of the program left behind.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl World {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// Writes a file, its folders included.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// Copies a document of the repository's fixtures.
    pub(crate) fn fixture(self, name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name);
        let content = std::fs::read(path).unwrap();
        self.file(name, content)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, "")
    }

    /// Runs the program with `stdin` as its standard input.
    pub(crate) fn run_with(&self, args: &[&str], stdin: &str) -> Run {
        let mut command = cargo_bin_cmd!("jixiao");
        let output = command.args(args).current_dir(self.folder.path()).write_stdin(stdin).output().unwrap();
        Run {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "status: {}\n--- stdout\n{}--- stderr\n{}", self.status, self.stdout, self.stderr)
    }
}
