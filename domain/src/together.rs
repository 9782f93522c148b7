use crate::Invalid;

/// The fields of a form, each judged by itself, so that whoever typed them learns of all that is wrong at once.
pub trait Together {
    /// What the fields say.
    type Values;

    /// What all of the fields say.
    ///
    /// # Errors
    /// With every problem, in the order of the fields.
    fn together(self) -> Result<Self::Values, Invalid>;
}

impl<A, B> Together for (Result<A, Invalid>, Result<B, Invalid>) {
    type Values = (A, B);

    fn together(self) -> Result<(A, B), Invalid> {
        match self {
            (Ok(a), Ok(b)) => Ok((a, b)),
            (Err(a), Err(b)) => Err(a.and(b)),
            (Err(problem), Ok(_)) | (Ok(_), Err(problem)) => Err(problem),
        }
    }
}

/// Of so many fields and a last one, by way of those before it.
macro_rules! together {
    ($($T:ident $t:ident),+; $L:ident $l:ident) => {
        impl<$($T,)+ $L> Together for ($(Result<$T, Invalid>,)+ Result<$L, Invalid>) {
            type Values = ($($T,)+ $L);

            fn together(self) -> Result<Self::Values, Invalid> {
                let ($($t,)+ $l) = self;
                let (($($t,)+), $l) = (($($t,)+).together(), $l).together()?;
                Ok(($($t,)+ $l))
            }
        }
    };
}

together!(A a, B b; C c);
together!(A a, B b, C c; D d);
together!(A a, B b, C c, D d; E e);
together!(A a, B b, C c, D d, E e; F f);
together!(A a, B b, C c, D d, E e, F f; G g);

#[cfg(test)]
mod tests {
    use super::*;

    fn field<T>(value: Option<T>, name: &str) -> Result<T, Invalid> {
        value.ok_or_else(|| Invalid::new(name, format!("{name}!")))
    }

    #[test]
    fn what_is_right_is_given_in_order() {
        let all = (field(Some(1), "a"), field(Some("two"), "b"), field(Some(3.0), "c"), field(Some(()), "d"));
        assert_eq!(all.together(), Ok((1, "two", 3.0, ())));
    }

    #[test]
    fn each_problem_is_told_and_in_order() {
        let said = |[a, b, c, d, e, f, g]: [Option<u8>; 7]| {
            let fields = (
                field(a, "a"),
                field(b, "b"),
                field(c, "c"),
                field(d, "d"),
                field(e, "e"),
                field(f, "f"),
                field(g, "g"),
            );
            fields.together().map_err(|invalid| invalid.to_string())
        };
        let one = Some(1);
        assert_eq!(said([one; 7]), Ok((1, 1, 1, 1, 1, 1, 1)));
        for (wrong, told) in [
            ([one, None, one, one, one, one, one], "b!"),
            ([None, one, one, one, one, one, None], "a! g!"),
            ([one, one, None, None, one, None, one], "c! d! f!"),
            ([None; 7], "a! b! c! d! e! f! g!"),
        ] {
            assert_eq!(said(wrong), Err(told.to_owned()));
        }
    }
}
