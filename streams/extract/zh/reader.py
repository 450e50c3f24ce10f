"""The order of the steps of reading."""

from schemas.article import RawArticle
from streams.extract.reading import Reading


def read(article: RawArticle) -> Reading:
    """The mentions of one article."""
    return Reading()
