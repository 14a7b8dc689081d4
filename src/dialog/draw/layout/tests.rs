//! What holds for every layout: nothing lies on anything else or outside, and lines begin and end at their blocks.

use proptest::prelude::*;

use super::{Block, Plan, Point, Size, Wire, layout};
use crate::dialog::draw::picture::{Flow, Line, Link, Mark, Node, Picture};
use crate::text::lang::Lang;

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let block = (20.0..240.0f64, 20.0..120.0f64).prop_map(|(across, along)| Block {
        size: Size { along, across },
        side: across * 0.5,
    });
    prop::collection::vec(block, 1..24)
}

/// Links of any kind between so many blocks; those that go back are found as for a picture.
fn wires(count: usize) -> impl Strategy<Value = Vec<Wire>> {
    let wire = (0..count, 0..count, prop::option::of(20.0..140.0f64));
    prop::collection::vec(wire, 0..40).prop_map(move |wires| {
        let links = wires.iter().map(|(from, to, _)| (*from, *to));
        let back = back(count, links);
        let wires = wires.into_iter().zip(back);
        let wire = |((from, to, label), back): ((usize, usize, Option<f64>), bool)| Wire {
            from,
            to,
            label: label.map(|across| Size {
                along: 20.0,
                across,
            }),
            back,
        };
        wires.map(wire).collect()
    })
}

fn back(count: usize, links: impl Iterator<Item = (usize, usize)>) -> Vec<bool> {
    let node = Node {
        id: String::new(),
        what: "say",
        head: String::new(),
        text: String::new(),
        notes: Vec::new(),
        whole: None,
        conditional: false,
        mark: Mark::None,
    };
    let link = |(from, to)| Link {
        from,
        to,
        label: None,
        line: Line::Way,
    };
    let picture = Picture {
        lang: Lang::Ar,
        name: String::new(),
        title: String::new(),
        beneath: String::new(),
        flow: Flow::Down,
        nodes: vec![node; count],
        links: links.map(link).collect(),
    };
    picture.back()
}

fn overlap(one: (Point, Size), other: (Point, Size)) -> bool {
    let apart =
        |a: f64, b: f64, wide: f64, other: f64| (a - b).abs() + 0.01 >= (wide + other) / 2.0;
    !apart(one.0.along, other.0.along, one.1.along, other.1.along)
        && !apart(one.0.across, other.0.across, one.1.across, other.1.across)
}

/// Everything that takes room: the blocks and the words.
fn boxes(plan: &Plan, blocks: &[Block], wires: &[Wire]) -> Vec<(Point, Size)> {
    let blocks = plan.blocks.iter().zip(blocks);
    let blocks = blocks.map(|(middle, block)| (*middle, block.size));
    let words = plan.routes.iter().zip(wires);
    let words = words.filter_map(|(route, wire)| Some((route.label?, wire.label?)));
    blocks.chain(words).collect()
}

proptest! {
    #[test]
    fn nothing_lies_on_anything_else((blocks, wires) in blocks().prop_flat_map(|blocks| {
        let count = blocks.len();
        (Just(blocks), wires(count))
    }), fold in any::<bool>()) {
        let plan = layout(&blocks, &wires, fold).ok().unwrap();
        let boxes = boxes(&plan, &blocks, &wires);
        for (number, one) in boxes.iter().enumerate() {
            for other in &boxes[..number] {
                prop_assert!(!overlap(*one, *other), "{one:?} {other:?}");
            }
            let (middle, size) = one;
            prop_assert!(middle.along - size.along / 2.0 > -0.01 && middle.across - size.across / 2.0 > -0.01);
            prop_assert!(middle.along + size.along / 2.0 < plan.size.along + 0.01);
            prop_assert!(middle.across + size.across / 2.0 < plan.size.across + 0.01);
        }
        for (route, wire) in plan.routes.iter().zip(&wires).filter(|(_, wire)| wire.from != wire.to) {
            let (upper, lower) = if wire.back { (wire.to, wire.from) } else { (wire.from, wire.to) };
            let foot = plan.blocks[upper].along + blocks[upper].size.along / 2.0;
            let head = plan.blocks[lower].along - blocks[lower].size.along / 2.0;
            prop_assert!((route.start.along - foot).abs() < 0.01);
            let end = route.pieces.last().unwrap().end();
            prop_assert!((end.along - head).abs() < 0.01);
            prop_assert!((end.across - plan.blocks[lower].across).abs() < 0.01);
        }
    }
}

#[test]
fn a_long_way_is_broken_into_columns_that_fit_a_sheet() {
    let block = Block {
        size: Size {
            along: 60.0,
            across: 200.0,
        },
        side: 100.0,
    };
    let blocks = vec![block; 40];
    let wire = |from: usize| Wire {
        from,
        to: from + 1,
        label: None,
        back: false,
    };
    let wires: Vec<Wire> = (0..39).map(wire).collect();
    let strip = layout(&blocks, &wires, false).ok().unwrap().size;
    let sheet = layout(&blocks, &wires, true).ok().unwrap().size;
    assert_eq!(strip.across, 200.0);
    let form = sheet.across / sheet.along;
    assert!((1.2..2.1).contains(&form), "{sheet:?}");
}

#[test]
fn nothing_has_no_size() {
    let plan = layout(&[], &[], true).ok().unwrap();
    assert_eq!(plan.size, Size::default());
}
