//! 空白页: pages that fill a book up to whole sheets, each with a name.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::{pdfx, values};

/// Adds blank pages at the end until their number is a multiple; how many.
pub(super) fn fill(
    document: &mut Document,
    pages: &mut Vec<ObjectId>,
    multiple: usize,
) -> Result<usize, lopdf::Error> {
    let count = pages.len().next_multiple_of(multiple.max(1)) - pages.len();
    let Some(&last) = pages.last() else { return Ok(0) };
    if count == 0 {
        return Ok(0);
    }
    let tree = document.catalog()?.get(b"Pages")?.as_reference()?;
    let mut blank = dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "Resources" => Dictionary::new(),
        "Group" => dictionary! { "Type" => "Group", "S" => "Transparency", "CS" => "DeviceCMYK" },
    };
    for key in [b"MediaBox".as_slice(), b"TrimBox", b"Rotate"] {
        if let Some(value) = values::inherited(document, last, key) {
            blank.set(key, value.clone());
        }
    }
    let first = pages.len();
    let nothing = document.add_object(values::plain(Dictionary::new(), Vec::new()));
    blank.set("Contents", nothing);
    for _ in 0..count {
        pages.push(document.add_object(blank.clone()));
    }
    let added = pages[first..].iter().map(|id| Object::Reference(*id));
    let total = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    let node = document.get_object_mut(tree)?.as_dict_mut()?;
    node.get_mut(b"Kids")?.as_array_mut()?.extend(added);
    node.set("Count", total);
    label(document, first)?;
    Ok(count)
}

/// Says from which page on they are blank (ISO 32000-1, 12.4.2).
fn label(document: &mut Document, first: usize) -> Result<(), lopdf::Error> {
    let labels = values::dictionary_at(document, document.catalog()?, b"PageLabels");
    let known =
        labels.and_then(|labels| labels.get(b"Nums").and_then(Object::as_array).ok());
    let mut numbers = match known {
        Some(numbers) => numbers.clone(),
        None => vec![0.into(), dictionary! { "S" => "D" }.into()],
    };
    numbers.push(i64::try_from(first).unwrap_or(i64::MAX).into());
    numbers.push(dictionary! { "P" => pdfx::text("空白"), "S" => "D" }.into());
    let labels = document.add_object(dictionary! { "Nums" => numbers });
    document.catalog_mut()?.set("PageLabels", labels);
    Ok(())
}
