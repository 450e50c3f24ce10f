"""Whether the whole article tells that nothing comes of it: called off, denied, a rumour, a fraud (rule 5)."""

from streams.extract.en.context import Context
from streams.extract.en.lexicon import phrases


def is_called_off(ctx: Context) -> bool:
    """True when the headline or the first sentence says that the deal or the project is off, or was never real."""
    lead = [s for s in ctx.sentences if s.paragraph <= 0][:2]
    return any(phrases("called_off_en", "off").search(sentence.text) for sentence in lead)
