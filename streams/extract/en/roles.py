"""What a named place does in its sentence: it acts, a thing lies in it, money comes from it, it is part of a name."""

import re

from streams.extract.en.sentences import Sentence
from streams.extract.found import FoundRegion

_ORIGIN_BEFORE = re.compile(
    r"\b(?:from|out of|(?:run|governed|administered|managed|owned|funded|backed) by|outside(?: of)?|companies of|"
    r"firms of|investors of|group of|merchants of|guests "
    r"of|between|unlike|like|neighbou?r(?:ing)?(?: city)?(?: of)?|"
    r"biggest in|largest in|north of|south of|east of|west of|close to|next to|chinese|(?:links?|ties|relations|"
    r"friendship|exchanges) with|"
    r"trade with|partner of|(?:company|firm|subsidiary|unit|arm|branch) of|"
    r"(?:Group|Co\.?|Company|Corp\.?|Ltd\.?|Corporation|Holdings?|Industries|Technology|Materials|Energy|Chemical) of|"
    r"exports? to|home to|capital of|travell?ed from|"
    r"businesspeople in|connected with)(?: the)?(?: (?:city|province|capital|country|island|district) "
    r"of)?(?:(?: [A-Z][\w’']+,?| and){0,6})\s*$"
)
_ORIGIN_AFTER = re.compile(
    r"(?:-(?:based|listed|funded|invested|headquartered|born|backed|owned|made|registered)|[’']s "
    r"(?:[a-z]+ )?(?:giant|maker|company|firm|group|[A-Z][a-z]+ (?:Group|Co|Company|Industry|Holdings?|"
    r"Technology|Bank))| (?:companies|enterprises|firms|investors|"
    r"merchants|businessmen|entrepreneurs|buyers|capital|money|businesspeople|guests|stock exchange|"
    r"bourse|dollars?|side))",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:on the (?:soil|land|territory|ground) of|after|before|beyond|in|at|to|into|inside|within|visited|"
    r"visiting|toured|touring|"
    r"near|across|around|through|for|"
    r"on|via|toward|towards)(?: the| downtown| central| nearby)?(?: (?:capital|city|coastal city|port "
    r"city|province|district|county|town|island|neighbou?ring city|municipality))?(?: "
    r"of)?(?: (?-i:[A-Z])[\w’'-]+['’]s)?\s*(?:[\w’'-]+, )?$",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"\b(?:east|west|north|south|central|northeast|northwest|southeast|southwest|[NSEW]|(?:north|"
    r"south)(?:east|west)ern|eastern|western|northern|southern|whole of|all over|all of)\.? $",
    re.IGNORECASE,
)
_OWNS_BODY = re.compile(
    r"['’]s (?:[A-Z][\w’&-]+ ){0,5}(?:Hospital|University|Group|Co|Company|Bank|Institute|Academy|"
    r"College|Corp|Corporation|Holdings?|Technology|Chamber|Museum)\b"
)
_PLACE_WORDS = re.compile(
    r"(?:Chief|Minister|Premier|President|Prime|Head|Leaders?|Officials?|District|City|Province|County|"
    r"Prefecture|Municipal\w*|Municipality|Banner|People|Government|Committee|Party|Mayor|Governor|"
    r"Vice|Deputy|New|Economic|High|Hi|Global|International|Investment|Industrial|Industry|Pilot|Free|"
    r"Autonomous|Special|"
    r"Comprehensive|National|Export|Bonded|Development|Township|Town|Area|Zone|Region|State|"
    r"Governorate|Administrative|Bureau|Commerce|Promotion|Spring|Party|Secretary|Science|Technology|"
    r"On|In|The|This|Last|Yesterday|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|Station|Prefectural|Provincial|Week|Day|Conference|Fair|Expo|Forum|"
    r"Roadshow|Delegation|Projects?|Signs?|Signed|Inks?|Holds?|Gets?|Opens?|Starts?|Launches|Lands?|"
    r"Attracts?|Sees?|To|Goes|Breaks?|Brings?|Hits?|Takes?|Wins?|Bags?|Lines|Reports?|Posts?|Kicks?|"
    r"And|For|With|At|From|By|SAR|Islands?)$"
)
_NEXT_CAPITAL = re.compile(r" (?:\([^)]*\) )?([A-Z][\w’'&-]+)")
_AFTER_PLACE = re.compile(r"\b(?:in|at|near|outside)\s(?:the\s)?(?:[A-Z][\w’'-]+\s?){1,7},\s$")


_BUILDING = re.compile(
    r"(?: [A-Z][\w&-]+){0,3} (?:Cent(?:er|re)|Hall|Hotel|Stadium|Plaza|Tower|Building|Museum|Theat(?:er|re))\b"
)
"""The Greenland Expo Centre is not in Greenland."""


def is_noise(text: str, region: FoundRegion) -> bool:
    """True where the words are no place here: "U.S. dollars", "east China's", a country in brackets."""
    after = text[region.end : region.end + 12]
    before = text[max(0, region.start - 14) : region.start]
    if re.match(r"[ \n-]?(?:dollars?|\$)", after, re.IGNORECASE) or (len(region.name) < 3 and region.name.islower()):
        return True
    if region.level == "country" and (_DIRECTION.search(before) or re.match(r" ?\(", after)):
        return True
    if region.level == "country" and _BUILDING.match(text, region.end):
        return True
    return bool(re.search(r"(?:Bank|University|Port|Academy|Institute|Airlines|Gulf|Strait) of $", before))


def role_of(text: str, region: FoundRegion, sentences: list[Sentence]) -> str:
    """subject, inside, origin, name or parent, from the words around the place."""
    before = text[max(0, region.start - 70) : region.start]
    before = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
    after = text[region.end : region.end + 60]
    if re.match(r"\s*\)", after) and re.search(r"\($", before):
        return "origin" if region.level == "country" else "name"
    if _ORIGIN_AFTER.match(after):
        return "origin"
    if re.match(
        r" (?:(?!\w+s\b|to\b|and\b|in\b|will\b)[a-z]+[- ]){0,2}"
        r"(?:city|district|county|town|capital|prefecture|zone|port|banner)\b(?! (?:government|committee))",
        after,
    ) and region.level in ("province", "country"):
        return "parent"
    if re.match(r"[-–][A-Z]", after) or re.search(r"[A-Za-z][-–]$", before) or _OWNS_BODY.match(after):
        return "name"
    following = _NEXT_CAPITAL.match(after)
    if following and not _PLACE_WORDS.match(re.sub(r"['’]s$", "", following.group(1))):
        titled = _in_title(region, sentences)
        if not titled:
            return "name"
    if (
        re.search(r"[A-Z][\w’'&-]+ $", before)
        and not re.search(r"['’]s $", before)
        and not re.search(
            r"(?:^|[.,;:\"“(] ?|\b(?:On|In|At|The|For|From|To|Of|And|With|By|But|As|While|When|North|South|"
            r"East|West|Northeast|Northwest|Southeast|Southwest|Central|Northern|Southern|Eastern|Western|"
            r"\d{4}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Downtown|Mayor|Governor|Since|"
            r"After|Its|Of) )$",
            before,
        )
    ):
        return "name"
    if _ORIGIN_BEFORE.search(before) or (region.level == "country" and re.search(r"[A-Z][\w’'-]+ of $", before)):
        return "origin"
    if _AFTER_PLACE.search(before):
        return "inside"
    return "inside" if _INSIDE.search(before) else "subject"


def _in_title(region: FoundRegion, sentences: list[Sentence]) -> bool:
    return bool(sentences) and sentences[0].paragraph == -1 and region.start < sentences[0].end
