//! The plans of all countries.

use calliyo_domain::{country, phone::e164};
use phonenumber::{Type, metadata::DATABASE};
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    string::string_regex,
    test_runner::TestRunner,
};

#[test]
fn the_example_is_of_the_companys_country() {
    for country in country::all() {
        let refused = e164("hello", country.code).expect_err("no number").message;
        let example = refused.split("such as ").nth(1).expect("an example").trim_end_matches('.');
        assert_eq!(e164(example, country.code).as_deref(), Ok(example), "{refused}");
    }
    assert!(e164("12", "DE").expect_err("short").message.ends_with("Write it such as +4915123456789."));
}

/// Whatever country the company is in, a number that its own country has is stored as it is.
#[test]
fn a_valid_number_with_its_plus_is_itself_everywhere() {
    let homes: Vec<_> = country::all().map(|country| country.code).collect();
    let mut runner = TestRunner::deterministic();
    let mut home = homes.iter().cycle();
    let mut checked = 0;
    for plan in DATABASE.iter() {
        let described = [Type::Mobile, Type::FixedLine, Type::Voip, Type::TollFree, Type::PersonalNumber, Type::Uan];
        for kind in described.iter().filter_map(|kind| plan.descriptors().get(*kind)) {
            let pattern = kind.national_number().as_str().replace(char::is_whitespace, "").replace("\\d", "[0-9]");
            let numbers = string_regex(&pattern).expect("a pattern");
            for _ in 0..8 {
                let national = numbers.new_tree(&mut runner).expect("a number").current();
                let number = format!("+{}{national}", plan.country_code());
                if (8..=16).contains(&number.len()) && kind.is_match(&national) {
                    let home = home.next().expect("a country");
                    assert_eq!(e164(&number, home).as_deref(), Ok(number.as_str()), "{number} in {home}");
                    let dialled = number.replace('+', "00");
                    assert_eq!(e164(&dialled, "IN").as_deref(), Ok(number.as_str()), "{dialled} in India");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 3_000, "{checked}");
}
