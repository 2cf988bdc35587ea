//! Our style against the examples that GB/T 7714—2025 itself gives (clause 8
//! and annex B; the text of the standard as kept in the public repository
//! axetroy/gb7714-parser). The numbers behind the examples are theirs.
//!
//! Two liberties: Chinese entries are set with half-width punctuation
//! throughout, and there is no space before an issue's bracket.

use super::*;
use crate::book::{ReferenceList, plain_text};

/// The list of a library in the order of its keys.
fn set(style: &CitationStyle, yaml: &str) -> Vec<String> {
    let list = ReferenceList {
        source: Some(SourceId(0)),
        text: yaml.to_owned(),
        ..ReferenceList::default()
    };
    let mut sink = Sink::new();
    let library = Library::read(&list, &mut sink);
    assert!(!sink.has_errors(), "{:?}", sink.sorted());
    let keys: Vec<String> = library.keys().map(ToOwned::to_owned).collect();
    let requests: Vec<Vec<Cited>> = keys
        .iter()
        .map(|key| vec![Cited { key: key.clone(), locator: String::new() }])
        .collect();
    let rendered = render(&library, style, &keys, &requests, &mut sink);
    assert!(!sink.has_errors(), "{:?}", sink.sorted());
    rendered.entries.iter().map(|entry| plain_text(&entry.text)).collect()
}

fn one(yaml: &str) -> String {
    let entries = set(&CitationStyle::Gb7714_2025, yaml);
    assert_eq!(entries.len(), 1);
    entries.into_iter().next().unwrap_or_default()
}

#[test]
fn books() {
    assert_eq!(
        one("a:
  type: book
  title: 全唐五代诗格汇考
  author: 张伯伟
  publisher: {name: 江苏古籍出版社, location: 南京}
  date: 2002
  page-range: '288'
"),
        "张伯伟. 全唐五代诗格汇考[M]. 南京: 江苏古籍出版社, 2002: 288."
    );
    assert_eq!(
        one("a:
  type: book
  title: 递归宏观经济理论
  author: [扬奎斯特, 萨金特]
  affiliated: [{role: translator, names: [杨斌, 王忠玉, 陈彦斌, 某人]}]
  edition: 2
  publisher: {name: 中国人民大学出版社, location: 北京}
  date: 2010
  page-range: '798'
"),
        "扬奎斯特, 萨金特. 递归宏观经济理论[M]. 杨斌, 王忠玉, 陈彦斌, 等, 译. 2 版. \
         北京: 中国人民大学出版社, 2010: 798."
    );
    assert_eq!(
        one("a:
  type: book
  title: 'Probability, random variables, and random signal principles'
  author: 'Peebles, Jr., Peyton Z.'
  edition: 4
  publisher: {name: McGraw-Hill, location: New York}
  date: 2001
"),
        "Peebles P Z Jr. Probability, random variables, and random signal principles[M]. \
         4th ed. New York: McGraw-Hill, 2001."
    );
    assert_eq!(
        one("a:
  type: book
  title: 'A companion to California history'
  author: ['Deverell, William', 'Igler, David']
  publisher: {name: John Wiley & Sons, location: New York}
  date: 2013
  page-range: 21-22
  url: {value: 'https://onlinelibrary.wiley.com/doi/book/10.1002/9781444305036', date: 2020-01-01}
"),
        "Deverell W, Igler D. A companion to California history[M/OL]. New York: \
         John Wiley & Sons, 2013: 21-22. \
         https://onlinelibrary.wiley.com/doi/book/10.1002/9781444305036."
    );
}

#[test]
fn parts_of_books_and_proceedings() {
    assert_eq!(
        one("a:
  type: chapter
  title: 政治经济学批判
  author: 马克思
  page-range: '302'
  parent:
    type: book
    title: '马克思恩格斯全集: 第35卷'
    editor: [马克思, 恩格斯]
    edition: 2
    publisher: {name: 人民出版社, location: 北京}
    date: 2013
"),
        "马克思. 政治经济学批判[M]//马克思, 恩格斯. 马克思恩格斯全集: 第35卷. 2 版. \
         北京: 人民出版社, 2013: 302."
    );
    assert_eq!(
        one("a:
  type: article
  title: 医疗机构保洁人员“二前五后”手卫生干预效果研究
  author: [李妍, 王莹]
  page-range: '2'
  parent: {type: proceedings, title: 中华预防医学会医院感染控制分会第31次全国医院感染学术年会, date: 2022}
"),
        "李妍, 王莹. 医疗机构保洁人员“二前五后”手卫生干预效果研究[C]//\
         中华预防医学会医院感染控制分会第31次全国医院感染学术年会, 2022: 2."
    );
}

#[test]
fn articles() {
    assert_eq!(
        one("a:
  type: article
  title: 互联网药品可信交易环境中主体资质审核备案模式
  author: [于潇, 刘义, 柴跃廷, 某人]
  page-range: 1518-1523
  parent: {type: periodical, title: 清华大学学报(自然科学版), date: 2012, volume: 52, issue: 11}
"),
        "于潇, 刘义, 柴跃廷, 等. 互联网药品可信交易环境中主体资质审核备案模式[J]. \
         清华大学学报(自然科学版), 2012, 52(11): 1518-1523."
    );
    assert_eq!(
        one("a:
  type: article
  title: 四库馆私家抄校书考略
  author: 杨洪升
  page-range: 56-75
  parent: {type: periodical, title: 文献, date: 2013, issue: 1}
"),
        "杨洪升. 四库馆私家抄校书考略[J]. 文献, 2013(1): 56-75."
    );
    assert_eq!(
        one("a:
  type: article
  title: The genome of Eucalyptus grandis
  author: ['Myburg, Alexander A.', 'Grattapaglia, Dario', 'Tuskan, Gerald A.', 'Hellsten, Uffe']
  page-range: 356-362
  url: https://www.nature.com/articles/nature13308.pdf
  serial-number: {doi: 10.1038/nature13308}
  parent: {type: periodical, title: Nature, date: 2014, volume: 510}
"),
        "Myburg A A, Grattapaglia D, Tuskan G A, et al. The genome of Eucalyptus \
         grandis[J/OL]. Nature, 2014, 510: 356-362. \
         https://www.nature.com/articles/nature13308.pdf. DOI:10.1038/nature13308."
    );
    assert_eq!(
        one("a:
  type: article
  title: 数字革命与竞争国际化
  author: 丁文详
  page-range: '15'
  date: 2000-11-20
  parent: {type: newspaper, title: 中国青年报}
"),
        "丁文详. 数字革命与竞争国际化[N]. 中国青年报, 2000-11-20(15)."
    );
}

#[test]
fn theses_reports_patents() {
    assert_eq!(
        one("a:
  type: thesis
  title: 社交媒体时代的虚假信息研究
  author: 金燕萍
  publisher: {name: 温州大学, location: 温州}
  date: 2020
  page-range: '16'
  url: https://d.wanfangdata.com.cn/thesis/D02216281
"),
        "金燕萍. 社交媒体时代的虚假信息研究[D/OL]. 温州: 温州大学, 2020: 16. \
         https://d.wanfangdata.com.cn/thesis/D02216281."
    );
    assert_eq!(
        one("a:
  type: report
  title: 人体安全重要技术标准研制最终报告
  author: [汤万金, 杨跃翔, 刘文, 某人]
  serial-number: 7178999X-2006BAK04A10/10.2013
  date: 2013-09-30
  url: {value: 'http://www.nstrs.cn/xiangxiBG.aspx?id=41707', date: 2014-06-24}
"),
        "汤万金, 杨跃翔, 刘文, 等. 人体安全重要技术标准研制最终报告: \
         7178999X-2006BAK04A10/10.2013[R/OL]. 2013-09-30. \
         http://www.nstrs.cn/xiangxiBG.aspx?id=41707."
    );
    assert_eq!(
        one("a:
  type: patent
  title: 全智能节电器
  author: 邓一刚
  serial-number: CN200610171314.3
  date: 2008-01-16
  page-range: 8-9
"),
        "邓一刚. 全智能节电器: CN200610171314.3[P]. 2008-01-16: 8-9."
    );
}

#[test]
fn standards() {
    assert_eq!(
        one("a:
  type: misc
  title: 信息与文献 资源描述
  author: 国家标准化管理委员会
  serial-number: GB/T 3792-2021
  date: 2021
"),
        "GB/T 3792—2021 信息与文献 资源描述[S]."
    );
    assert_eq!(
        one("a:
  type: misc
  title: Audit data collection
  serial-number: 'ISO 21378: 2019'
"),
        "ISO 21378: 2019 Audit data collection[S]."
    );
}

#[test]
fn pages_data_sets_preprints() {
    assert_eq!(
        one("a:
  type: web
  title: '许振超: “好好干，当一个好工人”'
  date: 2025-02-17
  url: {value: 'http://cpc.people.com.cn/n1/2025/0217/c443712-40419790.html', date: 2025-06-22}
"),
        "许振超: “好好干，当一个好工人”[EB/OL]. (2025-02-17)[2025-06-22]. \
         http://cpc.people.com.cn/n1/2025/0217/c443712-40419790.html."
    );
    assert_eq!(
        one("a:
  type: web
  genre: DS
  title: Global burden of disease study 2019 (GBD 2019) data resources
  author: IHME
  date: 2021
  publisher: Global Health Data Exchange
  url: {value: 'https://ghdx.healthdata.org/gbd-2019', date: 2025-07-15}
"),
        "IHME. Global burden of disease study 2019 (GBD 2019) data resources[DS/OL]. \
         Global Health Data Exchange(2021)[2025-07-15]. https://ghdx.healthdata.org/gbd-2019."
    );
    assert_eq!(
        one("a:
  type: web
  genre: PP
  title: 数据要素的统计测算方法探究
  author: [肖玲, 张雪, 王永]
  date: 2024-07-02
  publisher: PSSXiv
  url: {value: 'https://zsyyb.cn/abs/202408.01096', date: 2024-09-30}
"),
        "肖玲, 张雪, 王永. 数据要素的统计测算方法探究[PP/OL]. PSSXiv(2024-07-02)\
         [2024-09-30]. https://zsyyb.cn/abs/202408.01096."
    );
}

#[test]
fn documents_show_their_numbers_and_bodies() {
    assert_eq!(
        one("a:
  type: legislation
  title: 关于完整准确全面贯彻新发展理念做好碳达峰碳中和工作的意见
  author: 中共中央 国务院
  date: 2021-09-22
  serial-number: 中发〔2021〕36号
  url: {value: 'https://www.gov.cn/zhengce/2021-10/24/content_5644613.htm', date: 2026-11-23}
  note: 不印出来
"),
        "中共中央, 国务院. 关于完整准确全面贯彻新发展理念做好碳达峰碳中和工作的意见: \
         中发〔2021〕36号[EB/OL]. (2021-09-22)[2026-11-23]. \
         https://www.gov.cn/zhengce/2021-10/24/content_5644613.htm."
    );
    assert_eq!(
        one("a:
  type: article
  title: Global Carbon Budget 2025
  author: Friedlingstein, P. et al.
  date: 2026
  serial-number: Earth Syst. Sci. Data 18, 3211
  url: {value: 'https://doi.org/10.5194/essd-18-3211-2026', date: 2026-11-23}
"),
        "Friedlingstein P, et al. Global Carbon Budget 2025[J/OL]. \
         Earth Syst. Sci. Data 18, 3211, 2026. https://doi.org/10.5194/essd-18-3211-2026."
    );
}

#[test]
fn a_doi_in_the_address_is_not_repeated() {
    assert_eq!(
        one("a:
  type: article
  title: Sample structure prediction
  author: ['Shinotsuka, Hiroshi']
  page-range: '147370'
  serial-number: {doi: 10.1016/j.elspec.2023.147370}
  url: https://doi.org/10.1016/j.elspec.2023.147370
  parent: {type: periodical, title: Journal of Electron Spectroscopy, date: 2023, volume: 267}
"),
        "Shinotsuka H. Sample structure prediction[J/OL]. Journal of Electron \
         Spectroscopy, 2023, 267: 147370. https://doi.org/10.1016/j.elspec.2023.147370."
    );
}

#[test]
fn the_older_standard_tells_languages_apart() {
    let entries = set(
        &CitationStyle::Gb7714_2015,
        "a:
  type: book
  title: Food irradiation research
  author: ['Fan, X.', 'Sommers, C. H.', 'Baker, S.', 'Smith, J.']
  publisher: {name: Blackwell, location: Ames}
  date: 2013
b:
  type: book
  title: 食品辐照研究
  author: [范某, 张某, 王某, 李某]
  publisher: {name: 科学出版社, location: 北京}
  date: 2013
",
    );
    assert!(entries[0].contains("et al. Food"), "{}", entries[0]);
    assert!(entries[1].contains("王某, 等. 食品"), "{}", entries[1]);
    assert!(entries.iter().all(|entry| !entry.starts_with('[')), "{entries:?}");
}

#[test]
fn addresses_are_links() {
    let list = ReferenceList {
        source: Some(SourceId(0)),
        text: "a:\n  type: web\n  title: A\n  url: {value: 'https://a.example/b', date: 2026-11-23}\n"
            .to_owned(),
        ..ReferenceList::default()
    };
    let mut sink = Sink::new();
    let library = Library::read(&list, &mut sink);
    let keys = ["a".to_owned()];
    let rendered = render(&library, &list.style, &keys, &[], &mut sink);
    let links: Vec<&str> = rendered.entries[0]
        .text
        .iter()
        .filter_map(|inline| match &inline.kind {
            crate::book::InlineKind::Link { url, .. } => Some(url.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(links, ["https://a.example/b"]);
}

#[test]
fn a_style_of_the_project_decides_marks_and_order() {
    let list = ReferenceList {
        source: Some(SourceId(0)),
        text: "z:\n  type: book\n  title: Zeta\n  author: 'Zhu, A.'\n  date: 2020\n\
               a:\n  type: book\n  title: Alpha\n  author: 'Adams, B.'\n  date: 2021\n"
            .to_owned(),
        ..ReferenceList::default()
    };
    let text = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
        <info><title>t</title><id>t</id><updated>2026-01-01T00:00:00Z</updated></info>
        <citation><layout prefix="(" suffix=")"><names variable="author"><name form="short"/></names></layout></citation>
        <bibliography><sort><key variable="author"/></sort><layout><text variable="title"/></layout></bibliography>
        </style>"#;
    let span = Span::new(SourceId(0), 0..1);
    let style = CitationStyle::Csl {
        path: "a.csl".to_owned(),
        text: text.to_owned(),
        span,
    };
    let mut sink = Sink::new();
    let library = Library::read(&list, &mut sink);
    let keys = ["z".to_owned(), "a".to_owned()];
    let cited = |key: &str| vec![Cited { key: key.to_owned(), locator: String::new() }];
    let rendered = render(&library, &style, &keys, &[cited("z"), cited("a")], &mut sink);
    assert_eq!(rendered.marks, Some(vec!["(Zhu)".to_owned(), "(Adams)".to_owned()]));
    let order: Vec<&str> = rendered.entries.iter().map(|e| e.key.as_str()).collect();
    assert_eq!(order, ["a", "z"]);
    let broken = CitationStyle::Csl {
        path: "b.csl".to_owned(),
        text: "<x/>".to_owned(),
        span,
    };
    render(&library, &broken, &keys, &[], &mut sink);
    assert!(sink.has_errors());
}
