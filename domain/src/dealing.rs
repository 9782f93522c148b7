//! Leads dealt by hand: those that a manager chose, evenly over the agents that were chosen with them, never above a
//! cap (PRODUCT.md, R1).

/// An agent who is to receive leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// User id.
    pub id: i64,
    /// Lead cap − load; a load above the cap leaves no room.
    pub room: i64,
}

/// A lead that is to be dealt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub id: i64,
    pub owner: Option<i64>,
    /// Whether it will count toward its owner's cap; one that has an owner already counts as much.
    pub on_queue: bool,
}

/// What is to be done with the chosen leads: each is in one of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dealt {
    /// Lead and agent, in the order in which the leads were given.
    pub moves: Vec<(i64, i64)>,
    /// Those that one of the receivers has and keeps.
    pub kept: Vec<i64>,
    /// Those for which no receiver has room.
    pub left: Vec<i64>,
}

/// Deals `leads`, those first that come first. Each receiver's part of them is as large as the others', as far as its
/// room goes; what a receiver has of them already counts as part, so that as few as possible change hands.
#[must_use]
pub fn deal(receivers: &[Receiver], leads: &[Chosen]) -> Dealt {
    let mut dealt = Dealt::default();
    // Leads on no queue take no room: each kind is dealt by itself.
    for on_queue in [true, false] {
        let leads: Vec<_> = leads.iter().copied().filter(|lead| lead.on_queue == on_queue).collect();
        let room = |receiver: &Receiver| {
            let owned = leads.iter().filter(|lead| lead.owner == Some(receiver.id)).count();
            if on_queue { receiver.room.max(0).unsigned_abs() as usize + owned } else { leads.len() }
        };
        let rooms: Vec<usize> = receivers.iter().map(room).collect();
        deal_parts(receivers, &leads, parts(leads.len(), &rooms), &mut dealt);
    }
    dealt
}

/// `count` over as many parts as there are rooms: none larger than its room, as even as can be, the first larger where
/// they can't be even.
fn parts(count: usize, rooms: &[usize]) -> Vec<usize> {
    let mut parts = vec![0; rooms.len()];
    let mut left = count;
    loop {
        let open: Vec<usize> = (0..rooms.len()).filter(|n| parts[*n] < rooms[*n]).collect();
        if left == 0 || open.is_empty() {
            return parts;
        }
        let each = (left / open.len()).max(1);
        for n in open {
            let more = each.min(rooms[n] - parts[n]).min(left);
            parts[n] += more;
            left -= more;
        }
    }
}

fn deal_parts(receivers: &[Receiver], leads: &[Chosen], mut parts: Vec<usize>, dealt: &mut Dealt) {
    let mut others = Vec::new();
    for lead in leads {
        match receivers.iter().position(|receiver| lead.owner == Some(receiver.id)) {
            Some(owner) if parts[owner] > 0 => {
                parts[owner] -= 1;
                dealt.kept.push(lead.id);
            }
            _ => others.push(lead.id),
        }
    }
    // One after the other, so that nobody gets all those that come first.
    let mut turn = 0;
    for lead in others {
        match (0..receivers.len()).map(|n| (turn + n) % receivers.len()).find(|n| parts[*n] > 0) {
            Some(n) => {
                parts[n] -= 1;
                turn = n + 1;
                dealt.moves.push((lead, receivers[n].id));
            }
            None => dealt.left.push(lead),
        }
    }
}
