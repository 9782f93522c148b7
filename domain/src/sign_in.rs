//! When a sign-in attempt must wait: guessing is slowed per account and per address, and an address the account
//! has signed in from is never held up by others' failures (OWASP Authentication Cheat Sheet, "Login Throttling").

use std::net::{IpAddr, Ipv6Addr};

/// How far back failures count, in milliseconds.
pub const WINDOW: i64 = 15 * 60 * 1000;

/// Failures that hold up the pair of account and address.
pub const PER_PAIR: i64 = 5;
/// Failures from wherever that hold up an account, but for addresses that it has signed in from.
pub const PER_ACCOUNT: i64 = 25;
/// Failures on whatever accounts that hold up an address, but for accounts that have signed in from there.
pub const PER_ADDRESS: i64 = 50;

/// As which address a client's failures count: one of IPv6 has as many addresses as it likes within its network of 64 bits
/// (RFC 4291, 2.5.4), which counts as one.
#[must_use]
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// Failures within [`WINDOW`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// On this account from this address, since it last signed in from there.
    pub pair: i64,
    /// On this account from all addresses.
    pub account: i64,
    /// From this address on all accounts.
    pub address: i64,
    /// Whether this account has signed in from this address before.
    pub known_address: bool,
}

/// Whether one more attempt may be made now.
#[must_use]
pub fn may_try(failures: &Failures) -> bool {
    let by_others = failures.account < PER_ACCOUNT && failures.address < PER_ADDRESS;
    failures.pair < PER_PAIR && (failures.known_address || by_others)
}

/// The times (unix ms) of the failures whose going by lets in one attempt more: the [`PER_PAIR`]th newest of the pair, and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    pub pair: Option<i64>,
    pub account: Option<i64>,
    pub address: Option<i64>,
}

/// Until when no attempt may be made (unix ms), where [`may_try`] says so.
#[must_use]
pub fn held_until(failures: &Failures, holding: &Holding) -> Option<i64> {
    let others = if failures.known_address { [None, None] } else { [holding.account, holding.address] };
    [holding.pair, others[0], others[1]].into_iter().flatten().max().map(|at| at + WINDOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_many_addresses_counts_once() {
        for (address, counts) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ] {
            assert_eq!(network(address.parse().expect("an address")), counts);
        }
    }

    #[test]
    fn guessing_is_slowed() {
        assert!(may_try(&Failures { pair: 4, account: 4, address: 4, known_address: false }));
        assert!(!may_try(&Failures { pair: 5, ..Failures::default() }));
        assert!(!may_try(&Failures { account: 25, ..Failures::default() }));
        assert!(!may_try(&Failures { address: 50, ..Failures::default() }));
    }

    #[test]
    fn the_last_hold_counts() {
        let holding = |pair, account, address| Holding { pair, account, address };
        let stranger = Failures::default();
        let known = Failures { known_address: true, ..stranger };
        assert_eq!(held_until(&stranger, &holding(Some(5), None, Some(7))), Some(7 + WINDOW));
        assert_eq!(held_until(&known, &holding(Some(5), Some(9), Some(7))), Some(5 + WINDOW));
        assert_eq!(held_until(&stranger, &holding(None, Some(1), None)), Some(1 + WINDOW));
        assert_eq!(held_until(&known, &holding(None, Some(1), None)), None);
    }

    #[test]
    fn the_rightful_user_is_not_locked_out_by_others() {
        assert!(may_try(&Failures { account: 10_000, address: 10_000, known_address: true, ..Failures::default() }));
        assert!(!may_try(&Failures { pair: 5, known_address: true, ..Failures::default() }));
    }
}
