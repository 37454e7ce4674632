//! `examples/thumbnails.rs` beside a loop over the same pictures, and each way in which it can fail.

#![cfg(unix)]

#[path = "common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Cursor;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use common::Dice;
use common::program::{Finished, Running, example, finished};
use common::tree::{ODD_NAMES, Tree};
use common::watchdog::watch_for;
use image::{DynamicImage, ImageFormat, ImageReader};

/// Far more than any of the tests takes; the first one may have to wait for the example to be compiled.
const LIMIT: Duration = Duration::from_secs(300);

fn thumbnails(tree: &Tree) -> Command {
    let mut command = example("thumbnails");
    command.arg(tree.path("from")).arg(tree.path("to"));
    command
}

/// A picture of some size and kind, with something to see in it.
fn picture(dice: &mut Dice, width: u32, height: u32) -> DynamicImage {
    let (red, slope) = (dice.below(256) as u8, dice.below(7) as u32 + 1);
    let image = image::RgbaImage::from_fn(width, height, |x, y| {
        let light = (x * slope + y * y / slope) as u8;
        image::Rgba([red, light, light ^ 0x55, (x * y) as u8 | 0x80])
    });
    let image = DynamicImage::ImageRgba8(image);
    match dice.below(4) {
        0 => image,
        1 => image.to_rgb8().into(),
        2 => image.to_luma8().into(),
        _ => image.to_rgba16().into(),
    }
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("to be encoded");
    bytes.into_inner()
}

fn small_png() -> Vec<u8> {
    encoded(&picture(&mut Dice::new(1), 5, 4), ImageFormat::Png)
}

/// What a loop makes of the pictures.
fn one_by_one(tree: &Tree, size: u32) -> BTreeMap<OsString, Vec<u8>> {
    let mut thumbnails = BTreeMap::new();
    for entry in fs::read_dir(tree.path("from")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let end = path.extension().unwrap_or_default();
        if !path.is_file() || !["png", "jpg", "jpeg"].map(OsStr::new).contains(&end) {
            continue;
        }
        let reader = ImageReader::open(&path)
            .expect("a file")
            .with_guessed_format()
            .expect("a file");
        let format = reader.format().expect("a picture");
        let mut image = reader.decode().expect("a picture");
        if image.width() > size || image.height() > size {
            image = image.thumbnail(size, size);
        }
        let name = path.file_name().expect("a name").to_owned();
        thumbnails.insert(name, encoded(&image, format));
    }
    thumbnails
}

fn content(folder: &Path) -> BTreeMap<OsString, Vec<u8>> {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| (entry.file_name(), fs::read(entry.path()).expect("a file")))
        .collect()
}

/// Everything that the loop has made is there, as the loop has made it, and nothing else; and each of them was printed.
#[track_caller]
fn assert_made(tree: &Tree, run: &Finished, expected: &BTreeMap<OsString, Vec<u8>>) {
    let made = content(&tree.path("to"));
    assert_eq!(
        made.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &made {
        assert!(
            *bytes == expected[name],
            "{name:?} is not what the loop makes of it"
        );
    }
    let lines = expected
        .keys()
        .map(|name| tree.path("to").join(name).display().to_string());
    let lines: String = lines.map(|line| line + "\n").collect();
    assert_eq!(String::from_utf8_lossy(&run.output), lines);
}

#[test]
fn a_folder_of_pictures_is_as_the_loop_makes_it() {
    let _dog = watch_for("thumbnails of a folder", LIMIT);
    let tree = Tree::new();
    let mut dice = Dice::new(3);
    for number in 0..40 {
        let (width, height) = (1 + dice.below(300) as u32, 1 + dice.below(200) as u32);
        tree.file(
            format!("from/{number}.png"),
            &encoded(&picture(&mut dice, width, height), ImageFormat::Png),
        );
    }
    for (name, format) in [
        ("a.jpg", ImageFormat::Jpeg),
        ("b.jpeg", ImageFormat::Jpeg),
        ("jpeg.png", ImageFormat::Jpeg),
        ("png.jpg", ImageFormat::Png),
    ] {
        let image = DynamicImage::from(picture(&mut dice, 200, 140).to_rgb8());
        tree.file(format!("from/{name}"), &encoded(&image, format));
    }
    // None of them is a picture in this folder.
    for name in [
        "from/text",
        "from/text.txt",
        "from/.png",
        "from/folder.png/1.png",
        "from/folder/2.png",
        "from/x.gif",
    ] {
        tree.file(name, b"no picture");
    }

    for (size, workers) in [
        (128, None),
        (128, Some(1)),
        (128, Some(7)),
        (10, Some(2)),
        (1, Some(3)),
    ] {
        let expected = one_by_one(&tree, size);
        assert_eq!(expected.len(), 44);
        let workers = workers.map(|n| format!("--workers={n}"));
        let run = finished(
            thumbnails(&tree)
                .arg(format!("--size={size}"))
                .args(workers),
        );
        run.assert_silent(0);
        assert_made(&tree, &run, &expected);
        fs::remove_dir_all(tree.path("to")).expect("it was made");
    }
}

#[test]
fn odd_names_are_kept() {
    let _dog = watch_for("thumbnails with odd names", LIMIT);
    let tree = Tree::new();
    let png = small_png();
    for name in ODD_NAMES {
        tree.file([b"from/", *name, b".png"].concat(), &png);
    }
    let run = finished(&mut thumbnails(&tree));
    run.assert_silent(0);
    let names = ODD_NAMES
        .iter()
        .map(|name| OsString::from_vec([*name, b".png"].concat()));
    assert_eq!(
        content(&tree.path("to")),
        names.map(|name| (name, png.clone())).collect()
    );
}

/// In every run, and with any number of workers: the error is that of the first picture by name, and what is there is what
/// comes before it.
#[test]
fn the_first_failure_ends_it_and_has_a_name() {
    let _dog = watch_for("thumbnails with failures", LIMIT);
    let tree = Tree::new();
    let mut dice = Dice::new(4);
    for number in 10..40 {
        tree.file(
            format!("from/{number}.png"),
            &encoded(&picture(&mut dice, 60, 60), ImageFormat::Png),
        );
    }
    let expected: BTreeMap<_, _> = one_by_one(&tree, 20).into_iter().take(7).collect();
    assert!(expected.contains_key(OsStr::new("16.png")));

    let whole = fs::read(tree.path("from/17.png")).expect("a picture");
    let mut wrong = whole.clone();
    wrong[0] ^= 1;
    // The later ones fail sooner.
    tree.file("from/18.png", b"");
    tree.file("from/19.png", b"no picture");
    for broken in [
        &whole[..whole.len() / 2],
        &wrong,
        b"no picture, but longer than its first bytes",
        b"",
    ] {
        tree.file("from/17.png", broken);
        for workers in [1, 2, 4, 16].repeat(3) {
            let run =
                finished(thumbnails(&tree).args(["--size=20", &format!("--workers={workers}")]));
            assert_eq!(run.code, Some(1), "{}", run.messages);
            assert_made(&tree, &run, &expected);
            let name = format!("thumbnails: {}: ", tree.path("from/17.png").display());
            assert!(run.messages.starts_with(&name), "{}", run.messages);
            assert_eq!(run.messages.lines().count(), 1, "{}", run.messages);
            fs::remove_dir_all(tree.path("to")).expect("it was made");
        }
    }
}

#[test]
fn an_empty_folder_gives_an_empty_folder() {
    let _dog = watch_for("thumbnails of nothing", LIMIT);
    let tree = Tree::new();
    fs::create_dir(tree.path("from")).expect("a folder");
    let run = finished(&mut thumbnails(&tree));
    run.assert_silent(0);
    assert_made(&tree, &run, &BTreeMap::new());
}

#[test]
fn wrong_arguments_are_refused() {
    let _dog = watch_for("thumbnails that are not made", LIMIT);
    let tree = Tree::new();
    let png = small_png();
    tree.file("from/1.png", &png);
    tree.file("file", b"");
    let path = |name: &str| tree.path(name).into_os_string();
    let size = |size: &str| OsString::from(format!("--size={size}"));
    for (arguments, code, what) in [
        (vec![], 2, "<FROM>"),
        (vec![path("from")], 2, "<TO>"),
        (vec![path("from"), path("to"), size("0")], 2, "--size"),
        (
            vec![path("missing"), path("to")],
            1,
            "missing: No such file",
        ),
        (vec![path("file"), path("to")], 1, "file: Not a directory"),
        (vec![path("from"), path("file")], 1, "file: File exists"),
        (vec![path("from"), path("from")], 1, "would replace"),
        (
            vec![path("from"), path("from/../from/")],
            1,
            "would replace",
        ),
    ] {
        let run = finished(example("thumbnails").args(arguments));
        assert_eq!(
            (run.code, run.output.len()),
            (Some(code), 0),
            "{}",
            run.messages
        );
        assert!(run.messages.contains(what), "{}", run.messages);
    }
    assert!(!tree.path("to").exists());
    assert!(
        content(&tree.path("from"))[OsStr::new("1.png")] == png,
        "the picture was replaced"
    );
}

#[test]
fn a_thumbnail_that_cannot_be_written_is_named() {
    let _dog = watch_for("thumbnails that cannot be written", LIMIT);
    let tree = Tree::new();
    for number in 0..5 {
        tree.file(format!("from/{number}.png"), &small_png());
    }
    fs::create_dir_all(tree.path("to/2.png")).expect("a folder where a file should be");
    let run = finished(&mut thumbnails(&tree));
    assert_eq!(
        (run.code, run.lines().count()),
        (Some(1), 2),
        "{}",
        run.messages
    );
    assert!(
        run.messages.contains("to/2.png: Is a directory"),
        "{}",
        run.messages
    );
    assert!(
        !tree.path("to/3.png").exists(),
        "the loop would not have come to it"
    );
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let _dog = watch_for("thumbnails into a closed pipe", LIMIT);
    let tree = Tree::new();
    let png = small_png();
    // More names than a pipe holds.
    for number in 0..900 {
        tree.file(format!("from/{number:0200}.png"), &png);
    }
    let mut program = Running::start(&mut thumbnails(&tree));
    drop(program.stdout());
    let (code, messages) = program.wait("the pipe was closed");
    assert_eq!((code, messages.as_str()), (Some(141), ""));
    assert!(content(&tree.path("to")).len() < 900);
}
