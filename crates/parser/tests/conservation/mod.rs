//! Conservation: every non-blank character ends in a field, in a known label or furniture, or in a diagnostic
//! that quotes it with its line. The ledger is the reader's claim; here the claim is held against the result.

use std::collections::BTreeMap;

use jixiao_core::fold::is_blank;
use jixiao_core::{Diagnostic, FieldPath, Form, FormRecord, IndicatorField, Place};
use jixiao_parser::{Parsed, Use, parse_with_ledger};

/// What the reader lost of `text`, one line a loss; empty where the promise holds.
pub(crate) fn lost(text: &str) -> Vec<String> {
    let (parsed, ledger) = parse_with_ledger(text);
    let uses = ledger.uses();
    if uses.len() != text.chars().count() {
        return vec![format!("{} characters, {} uses", text.chars().count(), uses.len())];
    }
    let mut losses = unbooked(text, uses);
    losses.extend(unquoted(text, uses, &parsed));
    for record in &parsed.records {
        losses.extend(changed_fields(text, uses, record));
    }
    losses
}

/// True for what leaves ink on paper: no white space, control character or byte order mark.
fn is_ink(character: char) -> bool {
    !character.is_whitespace() && !character.is_control() && character != '\u{feff}'
}

/// `text` with every line end at `\n`, as many characters as before.
fn with_plain_line_ends(text: &str) -> String {
    let following = text.chars().skip(1).chain(['\n']);
    text.chars().zip(following).map(|(c, next)| if c == '\r' && next != '\n' { '\n' } else { c }).collect()
}

/// Characters of which the ledger says nothing.
fn unbooked(text: &str, uses: &[Use]) -> Vec<String> {
    text.chars()
        .zip(uses)
        .enumerate()
        .filter(|(_, (character, entry))| is_ink(*character) && **entry == Use::Blank)
        .map(|(position, (character, _))| format!("character {position} {character:?} is not booked"))
        .collect()
}

/// Characters that the ledger calls quoted and that no diagnostic about their line quotes.
fn unquoted(text: &str, uses: &[Use], parsed: &Parsed) -> Vec<String> {
    let diagnostics: Vec<&Diagnostic> =
        parsed.records.iter().flat_map(|record| &record.diagnostics).chain(&parsed.diagnostics).collect();
    let mut losses = Vec::new();
    let mut start = 0;
    for (index, line) in with_plain_line_ends(text).split('\n').enumerate() {
        let end = start + line.chars().count();
        for run in quoted_runs(line, &uses[start..end]) {
            if !diagnostics.iter().any(|diagnostic| quotes(diagnostic, &run, index + 1)) {
                losses.push(format!("line {}: {run:?} is quoted in no diagnostic", index + 1));
            }
        }
        start = end + 1;
    }
    losses
}

/// The stretches of one line that the ledger calls quoted, without the blanks in them.
fn quoted_runs(line: &str, uses: &[Use]) -> Vec<String> {
    let inked: Vec<(char, &Use)> = line.chars().zip(uses).filter(|(character, _)| is_ink(*character)).collect();
    inked
        .chunk_by(|(_, before), (_, after)| before == after)
        .filter(|run| run.first().is_some_and(|(_, entry)| **entry == Use::Quoted))
        .map(|run| run.iter().map(|(character, _)| character).collect())
        .collect()
}

/// True where `diagnostic` is about that 1-based line and its message holds `run`.
fn quotes(diagnostic: &Diagnostic, run: &str, line: usize) -> bool {
    let Some(Place::Text(span)) = &diagnostic.span else { return false };
    let message: String = diagnostic.message.chars().filter(|character| is_ink(*character)).collect();
    (span.line_start..=span.line_end).contains(&line) && message.contains(run)
}

/// Text fields that do not hold exactly the characters booked to them.
fn changed_fields(text: &str, uses: &[Use], record: &FormRecord) -> Vec<String> {
    let mut booked: BTreeMap<FieldPath, Vec<char>> = BTreeMap::new();
    for (character, entry) in text.chars().zip(uses) {
        if let Use::Field(index, field) = entry
            && *index == record.index
            && is_ink(character)
        {
            booked.entry(*field).or_default().push(character);
        }
    }
    let differs = |field: &FieldPath, characters: &[char]| {
        let stored = stored_text(&record.form, *field)?;
        let blank = is_blank(&characters.iter().collect::<String>());
        let (mut stored, mut characters) =
            (stored.chars().filter(|c| is_ink(*c)).collect::<Vec<_>>(), characters.to_vec());
        stored.sort_unstable();
        characters.sort_unstable();
        (stored != characters && !(blank && stored.is_empty()))
            .then(|| format!("form {} {field}: booked {characters:?}, stored {stored:?}", record.index))
    };
    booked.iter().filter_map(|(field, characters)| differs(field, characters)).collect()
}

/// The stored text of a field that keeps its text as printed; `None` for numbers, labels and blank cells.
fn stored_text(form: &Form, field: FieldPath) -> Option<&str> {
    let text = match field {
        FieldPath::ProjectName => &form.project_name,
        FieldPath::Department => &form.department,
        FieldPath::Unit => &form.unit,
        FieldPath::GoalsExpected => &form.goals.expected,
        FieldPath::GoalsActual => &form.goals.actual,
        FieldPath::Indicator(row, column) => {
            let indicator = form.indicators.get(row)?;
            match column {
                IndicatorField::Level3 => return Some(&indicator.level3),
                IndicatorField::Target => &indicator.target.text,
                IndicatorField::Actual => &indicator.actual.text,
                IndicatorField::Deviation => &indicator.deviation,
                _ => return None,
            }
        }
        _ => return None,
    };
    text.as_deref()
}
