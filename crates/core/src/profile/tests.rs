use super::*;
use crate::rules::testing::dec;

fn error(text: &str) -> String {
    Profile::from_toml(text).unwrap_err().to_string()
}

#[test]
fn the_built_in_mof_2020_states_every_default() {
    let text = Profile::builtin_toml("mof-2020").unwrap();
    assert_eq!(Profile::from_toml(text).unwrap(), Profile::default());
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table.len(), 13);
    assert_eq!((table["weights"].as_table().unwrap().len(), table["grades"].as_table().unwrap().len()), (4, 3));
    assert_eq!(table["rules"].as_table().unwrap().len(), 3);
}

#[test]
fn the_provincial_profiles_differ_where_they_should() {
    let hubei = Profile::builtin("hubei").unwrap();
    let weights = Weights { execution: dec("20"), output: None, benefit: None, satisfaction: None };
    assert_eq!((hubei.weights, hubei.qualitative_bands), (weights, [Decimal::from(80), Decimal::from(50)]));
    let sichuan = Profile::builtin("sichuan").unwrap();
    let Profile { name, description, .. } = sichuan.clone();
    assert_eq!(sichuan, Profile { name, description, execution_rate_floor: Decimal::from(90), ..Profile::default() });
}

#[test]
fn every_built_in_profile_is_known_by_its_own_name() {
    for name in Profile::BUILTIN_NAMES {
        assert_eq!(Profile::builtin(name).unwrap().name, name);
    }
    assert!(Profile::builtin("mof").is_none());
}

#[test]
fn a_family_takes_its_own_profile_or_mof_2020() {
    for family in Family::ALL {
        let expected = match family {
            Family::Hubei => "hubei",
            Family::Sichuan => "sichuan",
            _ => "mof-2020",
        };
        assert_eq!(Profile::for_family(family).name, expected);
    }
}

#[test]
fn a_short_profile_changes_only_what_it_names() {
    let text = concat!(
        "over_attainment = 0.5\nreverse = \"linear\"\n",
        "[grades]\n\"优\" = \"95\"\n[rules]\nselect = [\"F\", \"S3\"]\nseverity = { F106 = \"info\" }\n"
    );
    let profile = Profile::from_toml(text).unwrap();
    assert_eq!((profile.name.as_str(), profile.reverse), ("自定义", Reverse::Linear));
    assert_eq!((profile.over_attainment, profile.grades.excellent), (Decimal::new(5, 1), Decimal::from(95)));
    assert_eq!(profile.selection.select, ["F", "S3"]);
    assert_eq!(profile.severity.get("F106"), Some(&Severity::Info));
    assert_eq!(profile.weights, Profile::default().weights);
    assert_eq!(Profile::from_toml("[weights]\nexecution = 20").unwrap().weights.output, None);
}

#[test]
fn numbers_stay_exact() {
    let profile = Profile::from_toml("amount_tolerance = 0.1000000000000000000000001").unwrap();
    assert_eq!(profile.amount_tolerance.to_string(), "0.1000000000000000000000001");
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    assert!(error("name = \"甲\"\n\ncolour = 3\n").starts_with("第 3 行：没有「colour」这个参数，可用的是：name、"));
    let message = error("[weights]\nexecution = 10\n\"决策\" = 3\n");
    assert_eq!(message, "第 3 行：没有「weights.决策」这个参数，可用的是：execution、产出指标、效益指标、满意度指标");
    assert!(error("[rules.severity]\nF999 = \"info\"").starts_with("第 2 行：没有「rules.severity.F999」"));
    assert!(error("[rules]\nonly = []").starts_with("第 2 行：没有「rules.only」"));
}

#[test]
fn a_bad_value_is_named_with_its_key_and_line() {
    for (text, start) in [
        ("\nover_attainment = \"多\"", "第 2 行：参数「over_attainment」应为不小于 0 的数"),
        ("budget_adjustment = -0.2", "第 1 行：参数「budget_adjustment」应为不小于 0 的数"),
        ("amount_tolerance = nan", "第 1 行：参数「amount_tolerance」应为"),
        ("amount_tolerance = 0x10", "第 1 行：参数「amount_tolerance」应为"),
        ("execution_rate_floor = 101", "第 1 行：参数「execution_rate_floor」应为百分数，在 0 与 100 之间"),
        ("execution_basis = \"budget\"", "第 1 行：参数「execution_basis」应为以下之一：\"annual_budget\"、"),
        ("reverse = 3", "第 1 行：参数「reverse」应为以下之一"),
        ("name = \" \"", "第 1 行：参数「name」应为引号内的文字"),
        ("weights = 3", "第 1 行：参数「weights」应为一张表"),
        ("qualitative_bands = [60, 80]", "第 1 行：参数「qualitative_bands」应为两个由高到低"),
        ("qualitative_bands = [120, 80]", "第 1 行：参数「qualitative_bands」应为两个由高到低"),
        ("qualitative_bands = 80", "第 1 行：参数「qualitative_bands」应为两个由高到低"),
        ("[grades]\n\"优\" = 70", "第 1 行：参数「grades」应为由高到低"),
        ("[rules]\nselect = [\n\"F\",\n\"Z\"]", "第 4 行：参数「rules.select」应为规则代码或其开头的列表"),
        ("[rules]\nignore = \"F\"", "第 2 行：参数「rules.ignore」应为"),
        ("[rules.severity]\nF106 = \"loud\"", "第 2 行：参数「rules.severity.F106」应为以下之一"),
    ] {
        let message = error(text);
        assert!(message.starts_with(start), "{message}");
    }
}

#[test]
fn text_that_is_no_toml_is_named_with_its_line() {
    assert!(error("name = \"甲\"\nreverse = = 3").starts_with("第 2 行：不是合法的 TOML（"));
}
