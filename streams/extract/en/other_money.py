"""Money that is no investment: output, sales, taxes, trade, grants, loans."""

import re

from streams.extract.found import FoundAmount

_OTHER_MEASURE_BEFORE = re.compile(
    r"\b(?:output(?: value)?|sales(?: revenue)?|revenues?|turnover|profits?|tax(?:es| revenue| "
    r"payments?| contribution)?|exports?|imports?|trade|gdp|grants?|subsid(?:y|ies)|"
    r"support|loans?|credit|fines?|assets|turn out|produce[sd]?|earn(?:s|ed)?|"
    r"market value|purchase|procurement|(?<!is )(?<!are )(?<!be )(?<!was )(?<!were )"
    r"(?<!planned )(?<!investment )spending|generate[sd]?|state adds|government adds|rewards?|"
    r"bonus|savings|cost of living|income|volume of trade|two-way trade|bring in sales)\b[^,;]{0,45}$",
    re.IGNORECASE,
)
_OTHER_MEASURE_AFTER = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:of (?:products|goods|output|sales|trade|revenue|exports|tax)|in (?:annual "
    r"|yearly )?(?:output|sales|revenue|tax(?:es)?|exports|imports|trade|profits?|turnover|loans?|"
    r"credit|subsid|grants?|government|non-refundable)|"
    r"(?:a|per|every|each) year\b(?! (?:earlier|before|ago))|annually|per annum|[ -]loans?\b|year[- "
    r"]on[- ]year|worth of (?:goods|products))",
    re.IGNORECASE,
)


_REGISTERED = re.compile(r"\bregistered capital\b[^,;]{0,45}$", re.IGNORECASE)
"""What a company is registered with; of foreign projects it is what they invest."""


_AIMED_AT = re.compile(
    r"\b(?:task|target|quota|goal) (?:of|is|was|at|being|stands at) (?:about |over |more than |some )?$", re.IGNORECASE
)
"""What is still to be reached: an aim, beside the sum that was."""


def is_other_measure(text: str, amount: FoundAmount) -> bool:
    """True for output, sales, tax, trade, grants: money that is not the investment."""
    before = text[max(0, amount.start - 75) : amount.start]
    before = re.split(r"[.;\n](?=\s)", before)[-1]
    if re.search(r"\b(?:investments?|worth|valued|funds)\b[^,;]{0,30}$", before, re.IGNORECASE) and not re.search(
        r"\boutput|sales|revenue\b[^,;]{0,20}$", before
    ):
        return bool(re.match(r"\s*(?:\([^)]*\)\s*)?(?:a year|annually|per annum)", text[amount.end : amount.end + 60]))
    if _AIMED_AT.search(before):
        return True
    if _REGISTERED.search(before) and not re.search(
        r"\b(?:projects?|certificates?|foreign|fdi)\b", before, re.IGNORECASE
    ):
        return True
    return bool(_OTHER_MEASURE_BEFORE.search(before) or _OTHER_MEASURE_AFTER.match(text, amount.end))
