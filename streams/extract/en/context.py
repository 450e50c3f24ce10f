"""One article, prepared: what every reading step looks at."""

from dataclasses import dataclass, field
from datetime import date

from schemas.article import RawArticle
from streams.extract.en.clean import Clean, clean
from streams.extract.en.findings import Findings, find_all
from streams.extract.en.place import Places
from streams.extract.en.places import find_places
from streams.extract.en.sentences import Sentence, find_sentences
from streams.extract.en.whose_money import settle_currencies
from streams.extract.found import Dropped

READ = 20_000
"""Characters of a document that are read: a longer one is no news article, and cost must stay bounded."""


@dataclass
class Context:
    """The cleaned text, its sentences, numbers, times and places; `dropped` collects what is not taken."""

    document: str
    cleaned: Clean
    sentences: list[Sentence]
    findings: Findings
    places: Places
    published: date
    dropped: list[Dropped] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The cleaned text; offsets are those of the document."""
        return self.cleaned.text

    def drop(self, start: int, end: int, reason: str) -> None:
        """Remember something that looked like an event and is not taken."""
        self.dropped.append(Dropped(start, end, reason))


def prepare(article: RawArticle) -> Context:
    """Everything found in the article before any event is read."""
    document = article.document[:READ]
    if "\n" not in document:
        document += "\n"
    cleaned = clean(document)
    sentences = find_sentences(cleaned.text, cleaned.body)
    findings = find_all(cleaned.text, article.day)
    places = find_places(cleaned, document, sentences, article.feed.region)
    findings.amounts = settle_currencies(cleaned.text, findings.amounts, places.named)
    return Context(document, cleaned, sentences, findings, places, article.day)
