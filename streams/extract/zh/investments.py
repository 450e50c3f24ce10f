"""A company that puts a sum into a place, told without a word of signing: X将在Y投资Z亿元建设…, X增资Y, X落子Y."""

import re

from streams.extract.found import FoundAmount
from streams.extract.zh.aims import is_aim
from streams.extract.zh.belonging import belongs, find_totals, is_undone
from streams.extract.zh.deal_sums import find_sum
from streams.extract.zh.deals import OTHER_PAPER, SEVERAL
from streams.extract.zh.layout import Sentence
from streams.extract.zh.lexicon import find_triggers, has_cue, pattern
from streams.extract.zh.milestones import has_happened
from streams.extract.zh.names import find_names
from streams.extract.zh.page import Draft, Page
from streams.extract.zh.places import Home
from streams.extract.zh.stages import stage_of

INVESTS = pattern("investments", "INVESTS")
NO_COMPANY = pattern("investments", "NO_COMPANY")
"""Public works, shares, loans and help: money that is put into a place but is no investment project."""
UNSURE = pattern("investments", "UNSURE")
PARTNERS = re.compile(r"战略伙伴|战略合作|合作伙伴|合作关系")
SITED = re.compile(r"(?:在|于|落户|落子|落地|选址|定址|落址|花落|情定|重仓|牵手|携手|增资|放在了?|投资|布局|进军)$")
BUILT = ("started", "completed", "operational")


def draft_investments(page: Page, taken: list[Draft]) -> list[Draft]:
    """One signing for each part of a sentence that tells a company's sum and its place, and that no other draft has."""
    if is_undone(page):
        return []
    held = [one for one in taken if one.type in ("signing", "milestone", "statistic", "target")]
    sums = {one.amount.start for one in taken if one.amount}
    totals = find_totals(taken)
    drafts: list[Draft] = []
    for sentence in (piece for one in page.sentences() for piece in _pieces(one)):
        if any(sentence.start <= one.start < sentence.end for one in held):
            continue
        draft = _draft(page, sentence)
        if draft is None or (draft.amount and draft.amount.start in sums):
            continue
        draft.part = belongs(page, draft, totals)
        drafts.append(draft)
    return drafts


def _pieces(sentence: Sentence) -> list[Sentence]:
    """What the semicolons part: each may tell of another company."""
    if len(sentence.parts) == 1:
        return [sentence]
    return [Sentence(part[0].start, part[-1].end, (part,), sentence.line) for part in sentence.parts]


def _draft(page: Page, sentence: Sentence) -> Draft | None:
    words = page.words(sentence)
    verb = INVESTS.search(words)
    if verb is None:
        return None
    if page.is_title(sentence) and len(page.story) > 0:
        return None
    if has_cue("denied", page.text, sentence.start, sentence.end) or _is_plural(page, sentence):
        return None
    amount = _sum(page, sentence)
    if amount is None or _is_built(page, sentence):
        return None
    at = sentence.start + verb.start()
    told = _told(page, sentence, at, amount)
    if OTHER_PAPER.search(told):
        return None
    if UNSURE.search(told) or UNSURE.search(page.text, amount.end, sentence.end) or NO_COMPANY.search(told):
        return None
    when = page.clock.when(sentence, at, at + 1)
    home = _site(page, sentence)
    if when.is_period or home is None or is_aim(page, sentence.start, sentence.start, at, when):
        return None
    start, end = min(at, amount.start), max(sentence.start + verb.end(), amount.end)
    clause = next((one for one in sentence.clauses if one.start <= start < one.end), sentence.clauses[0])
    end = min(end, sentence.end) if amount.end <= sentence.end else amount.end
    draft = Draft("signing", sentence, clause.start, end, home, when, stage=stage_of(words, words), amount=amount)
    draft.title = page.is_title(sentence)
    draft.single = not SEVERAL.search(words) and not PARTNERS.search(words)
    draft.names, draft.sector_words = find_names(words), words
    draft.weak = 0.15
    return draft


def _is_built(page: Page, sentence: Sentence) -> bool:
    """True when the sentence tells a stage of the project, which is then what happened."""
    return any(
        one.role in BUILT and has_happened(page.text[sentence.start : one.start], page.text[one.end : sentence.end])
        for one in find_triggers(page.text, sentence.start, sentence.end)
    )


def _told(page: Page, sentence: Sentence, verb: int, amount: FoundAmount) -> str:
    """The clauses from the verb to the sum, or from the sum to the verb, with the one before that leads them in."""
    low, high = sorted((verb, amount.start))
    first = max((index for index, one in enumerate(sentence.clauses) if one.start <= low), default=0)
    last = next((one for one in sentence.clauses if one.start <= high < one.end), sentence.clauses[-1])
    return page.text[sentence.clauses[max(0, first - 1)].start : max(last.end, min(amount.end, sentence.end))]


def _is_plural(page: Page, sentence: Sentence) -> bool:
    counts = page.figures.counts_in(sentence.start, sentence.end)
    return any(one.value > 1 and one.noun in ("project", "company", "", "fund") for one in counts)


def _sum(page: Page, sentence: Sentence) -> FoundAmount | None:
    """The sum of the sentence, or of the next when that goes on about the project."""
    if amount := find_sum(page, sentence.start, sentence.end):
        return amount
    if page.is_title(sentence):
        return None
    for other in page.next_sentences(sentence, 1):
        if re.match(r"\s*(?:该|此|这个|项目|总投资|工厂|计划|新厂|预计总?投资|首期|一期)", page.words(other)):
            return find_sum(page, other.start, other.end)
    return None


def _site(page: Page, sentence: Sentence) -> Home | None:
    """The place that the money goes to: the one after 在 or 落户, else the nearest of the sentence."""
    places = page.atlas.between(sentence.start, sentence.end)
    inside = [one for one in places if one.role in ("place", "bound", "venue") and one.codes[0] != "CN"]
    for place in inside:
        if SITED.search(page.text[max(sentence.start, place.start - 4) : place.start]):
            deeper = [one for one in inside if 0 <= one.start - place.end <= 2]
            return Home((deeper or [place])[-1].codes, place, 0)
    if not inside and not page.is_title(sentence):
        home = page.atlas.region_of(sentence, sentence.start, sentence.end)
        return home if home is not None and home.distance <= 2 else None
    return page.atlas.region_of(sentence, sentence.start, sentence.end) if inside else None
