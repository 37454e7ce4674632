//! Vectors, slices and arrays: claimed by index, without a lock.

use super::{ByIndex, Input, IteratorPull, Open, Opened};
use crate::deliver::items::ArrayItems;
use crate::pull::Never;
use crate::stop::StageLink;

/// Items in memory.
#[derive(Debug)]
pub struct IndexedSource<A>(A);

impl<T: Send> Open for IndexedSource<Vec<T>> {
    type Item = T;
    type Shared = IteratorPull<std::vec::IntoIter<T>, false>;
    type Here = Never<T>;
    type ByIndex = ArrayItems<T>;

    fn open(self, _: &StageLink) -> Opened<Self::Shared, Never<T>> {
        Opened::Shared(IteratorPull::new(self.0.into_iter()))
    }
    fn by_index(self) -> Result<ArrayItems<T>, Self> {
        Ok(ArrayItems::new(self.0))
    }
    fn advice(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }
}

impl<'a, T: Sync> Open for IndexedSource<&'a [T]> {
    type Item = &'a T;
    type Shared = IteratorPull<core::slice::Iter<'a, T>, false>;
    type Here = Never<&'a T>;
    type ByIndex = &'a [T];

    fn open(self, _: &StageLink) -> Opened<Self::Shared, Never<&'a T>> {
        Opened::Shared(IteratorPull::new(self.0.iter()))
    }
    fn by_index(self) -> Result<&'a [T], Self> {
        Ok(self.0)
    }
    fn advice(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }
}

/// `$input` owns its items, and `$into` makes a vector of it.
macro_rules! owned_input {
    ([$($generics:tt)*] $input:ty, $into:expr) => {
        #[diagnostic::do_not_recommend]
        impl<T: Send, $($generics)*> Input<ByIndex> for $input {
            type Item = T;
            type Source = IndexedSource<Vec<T>>;
            fn into_source(self) -> IndexedSource<Vec<T>> {
                IndexedSource($into(self))
            }
        }
    };
}

owned_input!([] Vec<T>, core::convert::identity);
owned_input!([] Box<[T]>, <[T]>::into_vec);
owned_input!([const N: usize] [T; N], Vec::from);

/// `$input` lends its items.
macro_rules! lent_input {
    ([$($generics:tt)*] $input:ty) => {
        #[diagnostic::do_not_recommend]
        impl<'a, T: Sync, $($generics)*> Input<ByIndex> for &'a $input {
            type Item = &'a T;
            type Source = IndexedSource<&'a [T]>;
            fn into_source(self) -> IndexedSource<&'a [T]> {
                IndexedSource(self)
            }
        }
    };
}

lent_input!([][T]);
lent_input!([] Vec<T>);
lent_input!([const N: usize] [T; N]);
