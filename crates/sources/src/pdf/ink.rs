//! What is drawn on a page: glyphs, rules, fills, pictures.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Instant;

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, interpret_page,
};

use super::shapes::{self, Shape};
use super::units::{Area, position, units};
use crate::limits::{MAX_PAGE_GLYPHS, MAX_PAGE_SHAPES};

/// The direction in which a text runs, on the page as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Direction {
    Right,
    Down,
    Left,
    Up,
    /// Along no edge of the page: stamps and watermarks.
    Slanted,
}

/// How much of a colour can be seen on white paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shade {
    Dark,
    /// As watermarks are.
    Pale,
    /// White, or fully transparent.
    White,
}

/// One glyph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glyph {
    /// What it says; U+FFFD where the file does not tell.
    pub(super) text: String,
    /// From its start to its end, as high as ideographs are.
    pub(super) area: Area,
    /// Where its baseline lies: a height for text that runs right or left, else a distance from the left.
    pub(super) baseline: i32,
    /// The size of its font.
    pub(super) size: i32,
    pub(super) direction: Direction,
    pub(super) shade: Shade,
    /// Drawn without ink, as the text behind a scanned picture.
    pub(super) invisible: bool,
    /// The first of those drawn with one instruction.
    pub(super) fresh: bool,
}

/// All that is drawn on one page.
#[derive(Debug, Default)]
pub(super) struct Ink {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) glyphs: Vec<Glyph>,
    /// Lines and thin rectangles.
    pub(super) rules: Vec<Area>,
    /// Areas of dark colour, on which white text can be seen.
    pub(super) fills: Vec<Area>,
    pub(super) pictures: usize,
    /// True where a limit cut the page short.
    pub(super) cut: bool,
}

/// How often the clock is looked at, counted in texts and lines drawn. Before what may hold many of them it always is.
const TICKS: usize = 256;

/// A page while its instructions are carried out.
struct Pen {
    ink: Ink,
    end: Instant,
    ticks: usize,
    late: bool,
}

/// Why a page is not drawn to its end.
struct Stop;

/// Interprets a page, up to the limits; `None` where it takes longer than to `end`.
pub(super) fn of_page<'a>(page: &Page<'a>, cache: &InterpreterCache<'a>, end: Instant) -> Option<Ink> {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    let area = Rect::new(0.0, 0.0, width, height);
    let mut context = Context::new(transform, area, cache, page.xref(), InterpreterSettings::default());
    let ink = Ink { width: units(width), height: units(height), ..Ink::default() };
    let mut pen = Pen { ink, end, ticks: 0, late: false };
    let drawn = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut pen)));
    let late = pen.late || Instant::now() > end;
    pen.ink.cut |= drawn.is_err();
    (!late).then_some(pen.ink)
}

impl Pen {
    /// Leaves the interpreter, which knows no other way to end early: what unwinds here is caught where it was called, and
    /// is no panic that anybody hears of.
    fn stop(&self) -> ! {
        resume_unwind(Box::new(Stop))
    }

    fn tick(&mut self) {
        self.ticks += 1;
        if self.ticks.is_multiple_of(TICKS) {
            self.look_at_clock();
        }
    }

    fn look_at_clock(&mut self) {
        if Instant::now() > self.end {
            self.late = true;
            self.stop();
        }
    }
}

impl<'a> Device<'a> for Pen {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.tick();
        let shade = shade(&props.paint);
        if shade == Shade::White {
            return;
        }
        for shape in shapes::of_path(path, props.transform, draw_mode) {
            if self.ink.rules.len() + self.ink.fills.len() >= MAX_PAGE_SHAPES {
                self.ink.cut = true;
                return;
            }
            match shape {
                Shape::Rule(rule) => self.ink.rules.push(rule),
                Shape::Fill(fill) if shade == Shade::Dark => self.ink.fills.push(fill),
                Shape::Fill(_) => {}
            }
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.tick();
        let shade = shade(&props.paint);
        let invisible = matches!(draw_mode, DrawMode::Invisible);
        for (number, glyph) in run.glyphs().iter().enumerate() {
            if self.ink.glyphs.len() >= MAX_PAGE_GLYPHS {
                self.stop();
            }
            let placed = placed(glyph, props.transform * glyph.transform());
            self.ink.glyphs.push(Glyph { shade, invisible, fresh: number == 0, ..placed });
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.tick();
        self.ink.pictures += 1;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.look_at_clock();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.look_at_clock();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// Channels at and above this are white to the eye.
const WHITE: u8 = 247;
/// Colours of which no channel is below this are pale.
const PALE: u8 = 150;
/// Colours less opaque than this are pale.
const SOLID: u8 = 128;

fn shade(paint: &Paint<'_>) -> Shade {
    let Paint::Color(color) = paint else { return Shade::Dark };
    let [red, green, blue, alpha] = color.to_rgba().to_rgba8();
    let darkest = red.min(green).min(blue);
    if darkest >= WHITE || alpha == 0 {
        Shade::White
    } else if darkest >= PALE || alpha < SOLID {
        Shade::Pale
    } else {
        Shade::Dark
    }
}

/// Units of a font in the size of its letters.
const EM: f64 = 1000.0;
/// The lower and the upper side of ideographs over the baseline, in the same units.
const SIDES: (f64, f64) = (-120.0, 880.0);

/// The glyph in its place, as if drawn in black.
fn placed(glyph: &PdfGlyph<'_>, transform: Affine) -> Glyph {
    let advance = match glyph {
        PdfGlyph::Outline(outline) => outline.advance_width(),
        PdfGlyph::Type3(type3) => type3.advance_width(),
    };
    let advance = f64::from(advance.unwrap_or(0.0));
    let start = position(transform * Point::ZERO);
    let end = position(transform * Point::new(advance, 0.0));
    let along = position(transform * Point::new(EM, 0.0));
    let bottom = position(transform * Point::new(0.0, SIDES.0));
    let top = position(transform * Point::new(0.0, SIDES.1));
    let direction = direction((along.0 - start.0, along.1 - start.1));
    let corner = (end.0 + top.0 - start.0, end.1 + top.1 - start.1);
    let area = Area {
        left: bottom.0.min(corner.0),
        top: bottom.1.min(corner.1),
        right: bottom.0.max(corner.0),
        bottom: bottom.1.max(corner.1),
    };
    let size = (top.0 - bottom.0).abs().max((top.1 - bottom.1).abs());
    let baseline = if matches!(direction, Direction::Down | Direction::Up) { start.0 } else { start.1 };
    let text = text(glyph);
    Glyph { text, area, baseline, size, direction, shade: Shade::Dark, invisible: false, fresh: false }
}

fn direction((x, y): (i32, i32)) -> Direction {
    // Slanted by more than about six degrees.
    let steep = |along: i32, across: i32| across.saturating_abs() > along.saturating_abs() / 10;
    match (x.abs() >= y.abs(), x >= 0, y >= 0) {
        (true, ..) if steep(x, y) => Direction::Slanted,
        (false, ..) if steep(y, x) => Direction::Slanted,
        (true, true, _) => Direction::Right,
        (true, false, _) => Direction::Left,
        (false, _, true) => Direction::Down,
        (false, _, false) => Direction::Up,
    }
}

fn text(glyph: &PdfGlyph<'_>) -> String {
    match glyph.as_unicode() {
        Some(BfString::Char(c)) => legible(c).to_string(),
        Some(BfString::String(text)) => text.chars().map(legible).collect(),
        None => char::REPLACEMENT_CHARACTER.to_string(),
    }
}

/// Characters as a keyboard types them: the radicals that many fonts map their ideographs to, and control characters.
const fn legible(c: char) -> char {
    match c {
        '\0'..='\u{1f}' | '\u{7f}' | '\u{ad}' => ' ',
        '\u{a0}' => ' ',
        c => c,
    }
}
