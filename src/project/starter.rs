//! The book that `kepu new` begins with: two chapters that show authors how to
//! write one.

/// A file of the new book: its path, and its text with `{{title}}` in it.
type File = (&'static str, &'static str);

macro_rules! starter {
    ($($path:literal from $file:literal)*) => {
        &[$(($path, include_str!(concat!("starter/", $file)))),*]
    };
}

static FILES: &[File] = starter!(
    ".gitignore" from "gitignore"
    "book/book.toml" from "book/book.toml"
    "book/chapters/01-text.md" from "book/chapters/01-text.md"
    "book/chapters/02-figures.md" from "book/chapters/02-figures.md"
    "book/glossary.toml" from "book/glossary.toml"
    "book/quiz.toml" from "book/quiz.toml"
    "book/references.yml" from "book/references.yml"
    "figures/cooling.toml" from "figures/cooling.toml"
    "figures/data/cooling.csv" from "figures/data/cooling.csv"
    "figures/editions.svg" from "figures/editions.svg"
);

/// The files of a new book: paths from its root, and bytes.
pub fn files(title: &str) -> Vec<(String, Vec<u8>)> {
    let title: String = title
        .chars()
        .filter(|c| !c.is_control())
        .flat_map(|c| matches!(c, '"' | '\\').then_some('\\').into_iter().chain([c]))
        .collect();
    FILES
        .iter()
        .map(|(path, text)| {
            ((*path).to_owned(), text.replace("{{title}}", &title).into_bytes())
        })
        .collect()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test may write the disk")]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::project::Project;

    #[test]
    fn a_new_book_opens_without_a_word() {
        let dir = tempfile::tempdir().unwrap();
        for (path, bytes) in files("书名里有\"引号\"和\\") {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let mut sink = Sink::new();
        let project = Project::open(dir.path(), &mut sink).unwrap();
        assert!(sink.sorted().is_empty(), "{sink:?}");
        assert_eq!(project.config.metadata.title, "书名里有\"引号\"和\\");
    }
}
