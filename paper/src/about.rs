//! What stands above a report's rows, in words: what was asked, by whom and when. The same on every kind of paper.

use crate::About;

impl About {
    pub fn title(&self) -> &'static str {
        (self.language.words.texts)(self.report).title
    }

    /// Labels and what they say, in the order in which they are read.
    pub fn lines(&self) -> [(&'static str, String); 5] {
        let Self { report, query, who, at, matching, at_least, all, language } = self;
        let (words, paper) = (language.words, language.paper);
        let key = |(column, down): (usize, bool)| {
            let column = report.spec().columns.get(column).map_or("", |column| (words.column)(*report, column.key));
            (paper.sorted)(column, down)
        };
        let sorted: Vec<_> = query.sort_columns(report.spec()).into_iter().map(key).collect();
        let filter = Some(words::filter_in_words(words, *report, query)).filter(|filter| !filter.is_empty());
        let rows = (words.report.matching)(*matching, *all, (words.texts)(*report));
        let rows = if *at_least { (words.report.at_least)(&rows) } else { rows };
        [
            (paper.printed_by, who.clone()),
            (paper.printed_at, (paper.when)(&language.moment(*at))),
            (paper.filter, filter.unwrap_or_else(|| paper.no_filter.to_owned())),
            (paper.sorted_by, sorted.join("; ")),
            (paper.rows, rows),
        ]
    }
}
