//! What action.yml says, and that docs/github-action.md says the same.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use serde_yaml::Value;

pub(super) struct Step {
    pub(super) id: Option<String>,
    pub(super) env: Vec<(String, String)>,
    pub(super) run: String,
}

pub(super) struct Definition {
    /// Inputs with their defaults.
    pub(super) inputs: HashMap<String, String>,
    pub(super) outputs: Vec<String>,
    pub(super) steps: Vec<Step>,
    text: String,
}

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value:?} is no string")).to_owned()
}

fn pairs(value: &Value) -> impl Iterator<Item = (String, &Value)> {
    value.as_mapping().unwrap().iter().map(|(name, value)| (string(name), value))
}

impl Definition {
    pub(super) fn read() -> Self {
        let text = file("action.yml");
        let all: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(all["runs"]["using"], "composite");
        let step = |step: &Value| {
            assert_eq!(step["shell"], "bash");
            Step {
                id: step.get("id").map(string),
                env: pairs(&step["env"]).map(|(name, value)| (name, string(value))).collect(),
                run: string(&step["run"]),
            }
        };
        Self {
            inputs: pairs(&all["inputs"])
                .map(|(name, input)| (name, string(&input["default"])))
                .collect(),
            outputs: pairs(&all["outputs"]).map(|(_, output)| string(&output["value"])).collect(),
            steps: all["runs"]["steps"].as_sequence().unwrap().iter().map(step).collect(),
            text,
        }
    }
}

/// What stands between `${{` and `}}`.
fn expressions(text: &str) -> impl Iterator<Item = &str> {
    text.split("${{").skip(1).map(|rest| rest.split_once("}}").unwrap().0.trim())
}

#[test]
fn nothing_of_the_event_reaches_a_shell_line() {
    let definition = Definition::read();
    assert!(definition.steps.iter().all(|step| !step.run.contains("${{")));
    let mut used = HashSet::new();
    for text in definition
        .steps
        .iter()
        .flat_map(|step| &step.env)
        .map(|(_, text)| text)
        .chain(&definition.outputs)
    {
        for expression in expressions(text) {
            let words: Vec<&str> = expression.split('.').collect();
            match words.as_slice() {
                ["inputs", name] => {
                    assert!(definition.inputs.contains_key(*name), "{expression}");
                    used.insert((*name).to_owned());
                }
                ["steps", id, "outputs", _] => {
                    let ids = definition.steps.iter().filter_map(|step| step.id.as_deref());
                    assert!(ids.into_iter().any(|known| known == *id), "{expression}");
                }
                _ => assert_eq!(expression, "github.token"),
            }
        }
    }
    let all: HashSet<String> = definition.inputs.into_keys().collect();
    assert_eq!(used, all);
    // only where the job's own token is needed
    assert_eq!(definition.text.matches("github.token").count(), 1);
    for script in ["install", "check", "comment", "verdict", "common"] {
        let text = file(&format!("scripts/action/{script}.sh"));
        assert!(!text.contains("pull_request_target") && !text.contains("eval "), "{script}");
    }
    assert!(!definition.text.contains("pull_request_target"));
}

#[test]
fn the_workflow_in_the_docs_is_one() {
    let known = Definition::read().inputs;
    let page = file("docs/github-action.md");
    let mut uses = 0;
    for block in page.split("```yaml\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let all: Value = serde_yaml::from_str(block).unwrap();
        let Some(jobs) = all.get("jobs") else { continue };
        assert!(all.get("on").is_some_and(|on| on.get("pull_request_target").is_none()));
        let steps = pairs(jobs).flat_map(|(_, job)| job["steps"].as_sequence().unwrap());
        for step in steps {
            let Some(name) = step.get("uses").map(string) else { continue };
            if name.contains("respdiff") {
                uses += 1;
                let with = step.get("with").into_iter().flat_map(pairs);
                assert!(with.into_iter().all(|(input, _)| known.contains_key(&input)), "{block}");
            } else if name.starts_with("actions/checkout") {
                assert_eq!(step["with"]["fetch-depth"], 0, "{block}");
            }
        }
    }
    assert!(uses >= 1, "docs/github-action.md shows no workflow");
}
