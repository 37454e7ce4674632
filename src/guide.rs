//! The guide: pages whose examples are compiled and run.

#[doc = include_str!("../docs/getting-started.md")]
pub mod getting_started {}

#[doc = include_str!("../docs/choosing-options.md")]
pub mod choosing_options {}

#[doc = include_str!("../docs/state.md")]
pub mod state {}

#[doc = include_str!("../docs/keyed-order.md")]
pub mod keyed_order {}

#[doc = include_str!("../docs/feeding.md")]
pub mod feeding {}

#[doc = include_str!("../docs/testing.md")]
pub mod testing {}

#[doc = include_str!("../docs/performance.md")]
pub mod performance {}

pub mod options {
    #![doc = include_str!("../docs/options.md")]
}

pub mod policy {
    #![doc = include_str!("../docs/policy.md")]
}

pub mod codes {
    // Inside, because what it links to is beside this module.
    #![doc = include_str!("../docs/codes.md")]
}

/// A page for each code that a message may have; messages name it.
macro_rules! pages {
    ($($code:ident)*) => {
        $(
            pub mod $code {
                #![doc = include_str!(concat!("../docs/codes/", stringify!($code), ".md"))]
            }
        )*
    };
}

pages! {
    fo101
    fo102
    fo103
    fo104
    fo105
    fo106
    fo107
    fo108
    fo109
    fo110
    fo111
    fo112
    fo113
    fo114
    fo115
    fo116
    fo121
    fo131
    fo132
    fo133
    fo201
    fo202
    fo203
    fo204
    fo205
    fo206
    fo207
    fo208
    fo210
    fo211
    fo212
    fo213
    fo214
    fo215
    fo216
    fo217
    fo218
    fo219
    fo220
    fo301
    fo302
    fo303
    fo304
    fo305
    fo306
    fo307
    fo308
    fo309
    fo310
    fo401
    fo402
    fo403
    fo404
    fo405
    fo406
    fo407
    fo408
    fo409
    fo410
    fo411
    fo412
    fo413
    fo414
}

#[doc = include_str!("../docs/bugs.md")]
pub mod bugs {}

/// A page for each of the thirteen bugs. Their code is that of the examples, which `tests/bugs_pages.rs` sees to; so it is
/// compiled already.
macro_rules! bugs {
    ($($bug:ident)*) => {
        $(
            #[cfg_attr(not(doctest), doc = include_str!(concat!("../docs/bugs/", stringify!($bug), ".md")))]
            pub mod $bug {}
        )*
    };
}

bugs! {
    bug01
    bug02
    bug03
    bug04
    bug05
    bug06
    bug07
    bug08
    bug09
    bug10
    bug11
    bug12
    bug13
}

/// The README, so that its code is compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
