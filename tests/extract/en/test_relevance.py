"""Which English articles are passed on. The examples are our own."""

import pytest

from streams.classify.classifier import classify
from tests.extract.en.article import english

RELEVANT = [
    (
        "Suining woos chip firms",
        "Suining, a city in Sichuan, played host to 60 chip makers on Wednesday. Ten projects were agreed,"
        " worth 4.2 billion yuan in all.",
    ),
    (
        "Siemens to expand factory",
        "Siemens is going to invest 1.1 billion yuan to expand its digital factory in Chengdu's high-tech zone.",
    ),
    (
        "Refinery comes on stream in Jieyang",
        "PetroChina's 65.4-billion-yuan refining complex in Jieyang, Guangdong, went into full operation on Monday.",
    ),
    (
        "Guizhou counts its projects",
        "In the first half of the year Guizhou province introduced 1,200 industrial projects. Funds in "
        "place reached 210 billion yuan.",
    ),
    (
        "Delegation in Dubai",
        "A business delegation from Jinhua, Zhejiang, called on partners in Dubai last week to promote "
        "the city's investment environment.",
    ),
    (
        "Foshan and Midea seal pact",
        "The city government of Foshan and Midea Group signed a strategic cooperation agreement on Tuesday.",
    ),
    (
        "Hubei town loses plant",
        "A 2-billion-yuan paper mill planned for Xiantao in Hubei will not be built, the city government "
        "announced after protests.",
    ),
    (
        "Anode plant in Ningde",
        "A battery supplier broke ground for its 2.5 billion yuan anode plant in Ningde on Sunday.",
    ),
    (
        "Long An grants licences",
        "The industrial zone authority of Vietnam's Long An province handed investment licences to five "
        "projects totalling 85 million dollars.",
    ),
]
IRRELEVANT = [
    (
        "Club signs forward",
        "The Super League club have signed a Brazilian forward on a two-year deal worth 3 million euros.",
    ),
    (
        "Exports up 8 percent",
        "Exports from Zhejiang province rose 8.1 percent to 3.2 trillion yuan, customs said. New "
        "contracts signed at the fair helped.",
    ),
    (
        "Guangdong sells bonds",
        "Guangdong province issued 50 billion yuan of special bonds to fund 312 infrastructure projects.",
    ),
    (
        "GDP grows",
        "Tianjin's gross domestic product reached 1.6 trillion yuan, and fixed-asset investment fell 16 percent.",
    ),
    (
        "Start-up raises 1 bln yuan",
        "A chip designer closed a Series B round of 1 billion yuan led by an insurer's venture arm.",
    ),
    (
        "Job fair draws 20,000",
        "A job fair in Zhengzhou brought 300 companies and 20,000 job seekers together. 2,100 letters of "
        "intent were signed.",
    ),
    (
        "Credit for Hunan firms",
        "A bank signed credit agreements worth 20 billion yuan with 35 companies in Hunan province.",
    ),
    (
        "Record profit",
        "The carmaker's net profit rose 80 percent to 30 billion yuan. It signed contracts with dealers "
        "and started up plants abroad.",
    ),
    ("Home prices fall", "New home prices in Shenzhen fell 0.4 percent. Developers sold 3,200 flats."),
    (
        "Two jailed for pyramid scheme",
        "A court in Hefei sentenced two men who promised returns on a government-backed investment "
        "project worth 500 million yuan.",
    ),
]


@pytest.mark.parametrize(("title", "text"), RELEVANT)
def test_relevant(title: str, text: str) -> None:
    assert classify(english(text, title)).relevant


@pytest.mark.parametrize(("title", "text"), IRRELEVANT)
def test_irrelevant(title: str, text: str) -> None:
    assert not classify(english(text, title)).relevant
