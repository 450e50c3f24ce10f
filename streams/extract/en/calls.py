"""Whether the whole article tells that nothing comes of it: called off, denied, a rumour, a fraud (rule 5)."""

import re

from streams.extract.en.context import Context
from streams.extract.en.lexicon import phrases


def is_called_off(ctx: Context) -> bool:
    """True when the headline or the first sentence says that the deal or the project is off, or was never real."""
    lead = [s for s in ctx.sentences if s.paragraph <= 0][:2]
    return any(phrases("called_off_en", "off").search(s.text) and _DEAL.search(s.text) for s in lead)


_DEAL = re.compile(
    r"\b(?:plants?|factor(?:y|ies)|projects?|deals?|contracts?|agreements?|investments?|smelter|mill|"
    r"mine|complex|park|refinery|fab|base|headquarters|venture|memorandum|talks?|reports?|gigafactory|"
    r"conference|meeting|fair|expo|pledge|"
    r"plan|plans|site|expansion|undertaking)\b",
    re.IGNORECASE,
)
