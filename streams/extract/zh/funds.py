"""Funds that are set up beside what else happened: 同时,设立规模10亿元的产业母基金 (rule 2 of the labels)."""

import re

from streams.extract.found import FoundAmount
from streams.extract.zh.aims import is_aim
from streams.extract.zh.layout import Piece, Sentence
from streams.extract.zh.lexicon import has_cue, pattern
from streams.extract.zh.milestones import has_happened
from streams.extract.zh.names import find_names
from streams.extract.zh.page import Draft, Page

SET_UP = pattern("funds", "SET_UP")
FUND_AFTER = re.compile(r"的?[^,。;\d]{0,24}基金(?!小镇|港|大厦|会)")
FUND_BEFORE = re.compile(r"基金[^,。;]{0,6}(?:总|目标)?规模[约近超逾达为]{0,2}$")
PUBLIC = re.compile(r"社保|公积金|救助|慈善|教育基金|奖|专项资金|扶贫|应急|保障|首期")


def draft_funds(page: Page, taken: list[Draft]) -> list[Draft]:
    """One signing for each fund that is set up with its size and that no other draft has."""
    held = {one.amount.start for one in taken if one.amount}
    drafts: list[Draft] = []
    for sentence in page.sentences("body"):
        for clause in sentence.clauses:
            for amount in page.figures.amounts_in(clause.start, clause.end):
                if amount.start not in held and (draft := _draft(page, sentence, clause, amount)):
                    drafts.append(draft)
    return drafts


def _draft(page: Page, sentence: Sentence, clause: Piece, amount: FoundAmount) -> Draft | None:
    text = page.text
    verb = SET_UP.search(text, clause.start, clause.end)
    before, after = text[clause.start : amount.start], text[amount.end : clause.end]
    if verb is None or amount.conversion or not (FUND_AFTER.match(after) or FUND_BEFORE.search(before)):
        return None
    if not has_happened(text[clause.start : verb.start()], text[verb.end() : clause.end]):
        return None
    if PUBLIC.search(text, clause.start, clause.end) or has_cue("denied", text, clause.start, clause.end):
        return None
    when = page.clock.when(sentence, verb.start(), verb.end())
    if when.is_period or is_aim(page, sentence.start, clause.start, amount.end, when):
        return None
    counts = page.figures.counts_in(clause.start, clause.end)
    many = next((one for one in counts if one.noun == "fund" and one.value > 1), None)
    home = page.atlas.region_of(sentence, clause.start, clause.end)
    draft = Draft("signing", sentence, clause.start, clause.end, home, when, stage="contract", amount=amount)
    draft.projects, draft.single, draft.apart = many, many is None, True
    draft.sector_words = text[clause.start : clause.end]
    draft.names, draft.weak = find_names(draft.sector_words), 0.15
    return draft
