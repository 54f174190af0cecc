//! What a rule says about a form beside others.

use schemars::JsonSchema;
use serde::Serialize;

use crate::Place;
use crate::rules::{Finding, Location};

/// A finding about a form that rests on other forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CrossFinding {
    /// What was found and where on the form that it belongs to: the latest of those concerned.
    #[serde(flatten)]
    pub finding: Finding,
    /// Where in the input that place is printed.
    pub span: Option<Place>,
    /// The places on the other forms that it rests on, in the order of the inputs; not more than a page can hold.
    pub elsewhere: Vec<Elsewhere>,
    /// How many other forms it rests on, listed in `elsewhere` or not.
    pub elsewhere_count: usize,
    /// The number of the form it belongs to among all forms of the run, from 0.
    #[serde(skip)]
    pub form: usize,
    /// The input that holds that form.
    #[serde(skip)]
    pub path: String,
    /// 0-based number of that form within its input.
    #[serde(skip)]
    pub index: usize,
    /// 项目名称 of that form.
    #[serde(skip)]
    pub project_name: Option<String>,
}

/// A place on another form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Elsewhere {
    /// The input that holds the form.
    pub path: String,
    /// 0-based number of the form within its input.
    pub index: usize,
    /// 项目名称 of that form.
    pub project_name: Option<String>,
    /// The year of that form.
    pub year: Option<i32>,
    /// Where on that form.
    pub location: Location,
    /// Where in the input.
    pub span: Option<Place>,
    /// True for a form given as one of the year before.
    pub previous: bool,
    /// The number of the form among all forms of the run, from 0; `None` for one of the year before.
    #[serde(skip)]
    pub form: Option<usize>,
}
