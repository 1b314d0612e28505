//! The parts of OSCAL 1.2.1 that are written, as plain structs. Lists that are empty are left out:
//! readers refuse them.

use serde::Serialize;

/// A name and a value beside the standard's own fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Prop {
    pub(super) name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ns: Option<&'static str>,
    pub(super) value: String,
}

/// What every document begins with.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Metadata {
    pub(super) title: String,
    pub(super) last_modified: String,
    pub(super) version: String,
    pub(super) oscal_version: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) roles: Vec<OscalRole>,
}

#[derive(Serialize)]
pub(super) struct OscalRole {
    pub(super) id: &'static str,
    pub(super) title: String,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ResponsibleRole {
    pub(super) role_id: &'static str,
}

/// A file's only field, by the name of its model.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Model {
    Catalog(Catalog),
    Profile(Profile),
    SystemSecurityPlan(Box<Plan>),
    ComponentDefinition(ComponentDefinition),
}

#[derive(Serialize)]
pub(super) struct Catalog {
    pub(super) uuid: String,
    pub(super) metadata: Metadata,
    pub(super) groups: Vec<Group>,
}

#[derive(Serialize)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) controls: Vec<Control>,
}

#[derive(Serialize)]
pub(super) struct Control {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) props: Vec<Prop>,
    pub(super) parts: Vec<Part>,
}

#[derive(Serialize)]
pub(super) struct Part {
    pub(super) id: String,
    pub(super) name: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) props: Vec<Prop>,
    pub(super) prose: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<Part>,
}

#[derive(Serialize)]
pub(super) struct Profile {
    pub(super) uuid: String,
    pub(super) metadata: Metadata,
    pub(super) imports: [Import; 1],
    pub(super) merge: Merge,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Import {
    pub(super) href: String,
    pub(super) include_all: Empty,
}

/// An object with no field.
#[derive(Serialize)]
pub(super) struct Empty {}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Merge {
    pub(super) as_is: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Plan {
    pub(super) uuid: String,
    pub(super) metadata: Metadata,
    pub(super) import_profile: Href,
    pub(super) system_characteristics: Characteristics,
    pub(super) system_implementation: Implementation,
    pub(super) control_implementation: PlanControls,
}

#[derive(Serialize)]
pub(super) struct Href {
    pub(super) href: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Characteristics {
    pub(super) system_ids: [SystemId; 1],
    pub(super) system_name: String,
    pub(super) description: String,
    pub(super) system_information: Information,
    pub(super) status: State,
    pub(super) authorization_boundary: Described,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct SystemId {
    pub(super) identifier_type: &'static str,
    pub(super) id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Information {
    pub(super) information_types: [InformationType; 1],
}

#[derive(Serialize)]
pub(super) struct InformationType {
    pub(super) uuid: String,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
}

#[derive(Serialize)]
pub(super) struct State {
    pub(super) state: &'static str,
}

#[derive(Serialize)]
pub(super) struct Described {
    pub(super) description: &'static str,
}

#[derive(Serialize)]
pub(super) struct Implementation {
    pub(super) components: Vec<Component>,
}

#[derive(Serialize)]
pub(super) struct Component {
    pub(super) uuid: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) props: Vec<Prop>,
    pub(super) status: State,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct PlanControls {
    pub(super) description: &'static str,
    pub(super) implemented_requirements: Vec<Requirement>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Requirement {
    pub(super) uuid: String,
    pub(super) control_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) statements: Vec<Statement>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) by_components: Vec<ByComponent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remarks: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ByComponent {
    pub(super) component_uuid: String,
    pub(super) uuid: String,
    pub(super) description: String,
    pub(super) export: Export,
}

#[derive(Serialize)]
pub(super) struct Export {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) provided: Vec<Exported>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) responsibilities: Vec<Exported>,
}

/// A duty, provided by IBM or asked of the customer.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Exported {
    pub(super) uuid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provided_uuid: Option<String>,
    pub(super) description: String,
    pub(super) props: Vec<Prop>,
    pub(super) responsible_roles: [ResponsibleRole; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ComponentDefinition {
    pub(super) uuid: String,
    pub(super) metadata: Metadata,
    pub(super) components: Vec<DefinedComponent>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct DefinedComponent {
    pub(super) uuid: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) props: Vec<Prop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) control_implementations: Vec<DefinedControls>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct DefinedControls {
    pub(super) uuid: String,
    pub(super) source: String,
    pub(super) description: &'static str,
    pub(super) implemented_requirements: Vec<Requirement>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Statement {
    #[serde(rename = "statement-id")]
    pub(super) id: String,
    pub(super) uuid: String,
    pub(super) description: String,
    pub(super) props: Vec<Prop>,
    pub(super) responsible_roles: Vec<ResponsibleRole>,
}
