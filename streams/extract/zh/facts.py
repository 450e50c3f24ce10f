"""Figures and what they count: each number of projects, companies or activities with its trigger, its sum and its size.

A fact is not yet an event: whether it is a signing, a statistic or an aim follows from its time and its words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from streams.extract.found import Dropped, FoundAmount, FoundCount
from streams.extract.zh.amounts import find_amounts
from streams.extract.zh.carried import find_announcement, find_lone_sum, find_next_sum
from streams.extract.zh.counts import JOURNEYS, find_counts
from streams.extract.zh.layout import Line, Piece, Sentence, within
from streams.extract.zh.lexicon import Trigger, find_triggers, has_cue
from streams.extract.zh.repeated import find_first_telling
from streams.extract.zh.shared import find_shared
from streams.extract.zh.sums_aside import is_aside

RANK = {"sign": 0, "mixed": 0, "started": 0, "completed": 0, "operational": 0, "offered": 3, "held": 1}
"""Of several triggers in a clause the stronger kind decides, then the nearer: 签约引进, 招商项目签约."""
STRONG = ("sign", "mixed", "started", "completed", "operational")
"""Triggers that may stand in another clause than the count."""
IN_PLACE = re.compile(
    r"真金白银|外资[^,。;]{0,4}(?:用到|用了|拿到|到手|做到|落袋)|累计投资(?!总额)|实际投资|到位|到账|到资|(?<!引)进资|(?:工业|固定资产|产业|有效)投资(?:额)?(?:突破|达|超|增)|完成(?:固定资产|产业|工业|有效)?投资|外商(?:直接)?投资|直接投资"
    r"|(?:利用|使用|吸收|吸引|引进|实际)[^,。;、]{0,4}外[资商]|[省市县区境州]外(?:境内)?资金|内资|落地资金"
)
"""Money that came, which is not what a batch is worth."""
TOTAL = re.compile(
    r"(?:计划|协议|合同|预计|意向)?(?:总投资|投资总额|总金额|总额|投资合计|引资总额|签约总额|签约金额|协议资金|协议投资)"
)
COUNTED = ("project", "", "fund", "lead", "activity", "company", "agreement")
LABEL = re.compile(
    r"加在一起|加起来|合起来|合在一起|相加|投资|金额|总额|资金|引资|额|规模|合同|协议|计划|共|达|超|逾|约|近|合计|总计|值|、$|[,:]$|^$|要投|投下|揽|金$|引资|资"
)
STOCK = re.compile(
    r"(?:企业|公司|[\u4e00-\u9fff]企)(?:总数|总量|数量|数)?(?:目前|现)?(?:已|达|超|突破|共有|增至|增加到|有了)[^,。;\d]{0,6}$"
)
TENANTED = re.compile(
    r"(?:园区?|小镇|基地|开发区|高新区|经开区)(?:里|内)?(?:目前|现)?有[^,。;\d]{0,10}(?:企业|公司)有?$"
)
"""产业园有企业64家: who sits in a park."""
VERBLESS = re.compile(r"(?:招商引资|招商|引资|外资|内资|回归|招引|落地)[^,。;\d]{0,8}项目[^,。;\d]{0,6}$")
FOREIGN_CAPITAL = re.compile(r"外[资商][^,。;]{0,8}项目[^。;]{0,16}注册资[本金](?:总?额)?[约近超逾达为共]*$")
"""新批外资项目28个,注册资本9680万美元: what foreign projects are worth."""
IN_TURN = re.compile(r"依次|分别|各自")
BACK_REFERENCE = re.compile(r"^[^,。;\d]{0,8}项目(?:中|里|当中|之中|的)(?:,|有|也|还|,也)")


@dataclass(frozen=True)
class Fact:
    """A figure. `role`: of its trigger (lexicon), or None. `part`: told as a share of another figure. `again`: the
    figure before it that it tells again, of another time."""

    sentence: Sentence
    clause: Piece
    start: int
    end: int
    role: str | None
    trigger: Trigger | None
    count: FoundCount | None
    amount: FoundAmount | None = None
    size: FoundAmount | None = None
    part: bool = False
    apart: bool = False
    again: "Fact | None" = None


@dataclass(frozen=True)
class Figures:
    """All the numbers of a document, by offset."""

    amounts: list[FoundAmount]
    counts: list[FoundCount]

    def amounts_in(self, start: int, end: int) -> list[FoundAmount]:
        """Sums that begin in `[start, end)`."""
        return within(self.amounts, start, end)

    def counts_in(self, start: int, end: int) -> list[FoundCount]:
        """Counts that begin in `[start, end)`."""
        return within(self.counts, start, end)


def find_figures(text: str) -> Figures:
    """Every count of the document, and every sum that may be invested."""
    return Figures([one for one in find_amounts(text) if not is_aside(text, one)], find_counts(text))


def find_facts(text: str, lines: list[Line], figures: Figures) -> tuple[list[Fact], list[Dropped]]:
    """The facts of the story in the order of the text, and the figures that were left without a trigger."""
    facts: list[Fact] = []
    dropped: list[Dropped] = []
    story: list[Sentence] = []
    for line in lines:
        before: Sentence | None = None
        for sentence in line.sentences:
            told, left = _Reader(text, figures, sentence, facts[-4:], story).read()
            if before is not None:
                _share_sums(text, figures, facts, told, before, sentence)
            facts += told
            dropped += left
            before = sentence
            story.append(sentence)
    return facts, dropped


def _share_sums(
    text: str, figures: Figures, facts: list[Fact], told: list[Fact], before: Sentence, sentence: Sentence
) -> None:
    """A count takes the sum that stands in the sentence before or after it."""
    lone = find_lone_sum(text, before, figures.counts, figures.amounts) if told and not told[0].amount else None
    if lone:
        told[0] = replace(told[0], amount=lone)
    last = facts[-1] if facts else None
    if last is None or last.sentence is not before or last.amount or last.count is None or last.part:
        return
    if following := find_next_sum(text, sentence, last.count, figures.counts, figures.amounts):
        facts[-1] = replace(last, amount=following, end=following.end)


class _Reader:
    """Reads one sentence. `used` are the triggers that already explain a figure; `story`: the sentences before."""

    def __init__(
        self, text: str, figures: Figures, sentence: Sentence, told: list[Fact], story: list[Sentence]
    ) -> None:
        self.text = text
        self.figures = figures
        self.sentence = sentence
        self.told = told
        self.story = story
        self.used: set[int] = set()
        self._seen: dict[int, list[Trigger]] = {}
        self.facts: list[Fact] = []
        self.dropped: list[Dropped] = []

    def read(self) -> tuple[list[Fact], list[Dropped]]:
        for part in self.sentence.parts:
            pending: FoundAmount | None = None
            last: Fact | None = None
            closed = False
            for clause in part:
                counts = self._counted(clause)
                sums = self._sums_of(clause)
                for index, count in enumerate(counts):
                    stop = counts[index + 1].start if index + 1 < len(counts) else clause.end
                    fact = self._fact(part, clause, count, stop)
                    if fact is None:
                        closed = True
                        continue
                    ahead = [one for one in sums if one.end <= count.start and self._is_of(one, count)]
                    behind = [
                        one
                        for one in sums
                        if count.end <= one.start < stop
                        and (self._is_investment(clause, one) or not self.text[count.end : one.start].strip())
                    ]
                    if pending and fact.role not in ("sign", "mixed") and self._is_of_signing(pending):
                        pending = None  # 签约额512亿元,…新开工项目76个
                    amount = behind[0] if behind else ahead[-1] if ahead else pending
                    if amount is not None and not (fact.again and not fact.again.amount):
                        fact = replace(
                            fact, amount=amount, start=min(fact.start, amount.start), end=max(fact.end, amount.end)
                        )
                    pending = None
                    self._add(last, fact)
                    last, closed = fact, False
                if not counts and sums and self._is_investment(clause, sums[0]):
                    whole = self._whole(part, clause)
                    if whole is not None and (closed or last is None or last.part or last.amount):
                        self._extend(whole, sums[0])
                    elif last is not None and last.amount is None and not closed and not self._starts_part(clause):
                        last = self._extend(last, sums[0])
                    elif last is None:
                        pending = sums[0]
        return self.facts, self.dropped

    def _counted(self, clause: Piece) -> list[FoundCount]:
        return [one for one in self.figures.counts_in(clause.start, clause.end) if one.noun in COUNTED]

    def _sums_of(self, clause: Piece) -> list[FoundAmount]:
        """The sums of a clause; none of 投资额依次为8亿元、12亿元和6亿元, which tells the shares."""
        found = self.figures.amounts_in(clause.start, clause.end)
        sums = [one for one in found if not one.conversion and not one.per_project]
        return [] if len(sums) > 1 and IN_TURN.search(self.text, clause.start, sums[0].start) else sums

    def _add(self, last: Fact | None, fact: Fact) -> None:
        self.facts.append(fact)

    def _is_of_signing(self, amount: FoundAmount) -> bool:
        label = re.split(r"[,、;。:]", self.text[max(0, amount.start - 12) : amount.start])[-1]
        return re.search(r"签约|合同|协议", label) is not None

    def _whole(self, part: tuple[Piece, ...], clause: Piece) -> Fact | None:
        """签约12个,其中合同9个、意向3个,总投资27.8亿元: a sum called total is that of the count before its shares."""
        if not TOTAL.match(self.text[clause.start : clause.end].lstrip()):
            return None
        mine = [one for one in self.facts if part[0].start <= one.clause.start < clause.start and not one.part]
        return mine[-1] if mine and mine[-1].amount is None and mine[-1].role in STRONG else None

    def _extend(self, fact: Fact, amount: FoundAmount) -> Fact:
        grown = replace(fact, amount=amount, end=max(fact.end, amount.end))
        self.facts[self.facts.index(fact)] = grown
        return grown

    def _fact(self, part: tuple[Piece, ...], clause: Piece, count: FoundCount, stop: int) -> Fact | None:
        text = self.text
        before = text[clause.start : count.start]
        if has_cue("compared", text, max(clause.start, count.start - 14), count.start):
            return None
        shared = find_shared(text, clause, count, self._counted(clause))
        trigger = shared or self._trigger(part, clause, count, stop)
        size = self._size(clause, count, stop)
        if trigger is None and (first := find_first_telling([*self.told, *self.facts], before, count)):
            return self._again(clause, count, first)
        trigger = trigger or self._announced(part, clause, count, stop) or self._standing(clause, count)
        trigger = trigger or self._verbless(clause, count)
        if trigger is None:
            self.dropped.append(Dropped(count.start, count.end, "no word says what happened to it"))
            return None
        if count.noun == "" and not (clause.start - 14 <= trigger.start < clause.end or size):
            return None
        if self._is_share_of_fate(count):
            self.dropped.append(Dropped(count.start, count.end, "a share of a share"))
            return None
        if count.noun in ("project", "", "fund"):
            self.used.add(trigger.start)
        start = min(clause.start, trigger.start) if trigger.start >= clause.start else clause.start
        share = bool(re.match(r"[^,。;]{0,10},?(?:占|比重)", text[count.end : count.end + 16]))
        is_part = (
            share
            or self._starts_part(clause)
            or self._follows_part(part, clause)
            or self._starts_part(self.sentence.clauses[0])
            or (shared is None and has_cue("part", text, clause.start, count.start))
        )
        is_part = is_part or self._is_fate(count, trigger)
        is_part = is_part or bool(BACK_REFERENCE.match(text[count.end : count.end + 16]))
        return Fact(
            sentence=self.sentence,
            clause=clause,
            start=start + len(text[start : clause.end]) - len(text[start : clause.end].lstrip()),
            end=max(
                count.end,
                trigger.end if clause.start <= trigger.start < clause.end else 0,
                self._noun_end(count, clause),
            ),
            role=trigger.role,
            trigger=trigger,
            count=count,
            size=size,
            part=is_part,
            apart=has_cue("apart", text, max(self.sentence.start, clause.start - 12), count.end + 24) or "另" in before,
        )

    def _is_fate(self, count: FoundCount, trigger: Trigger) -> bool:
        """累计签约项目143个,落地109个: what became of those that were signed over the years."""
        if trigger.role != "landed" or count.noun:
            return False
        signed = [one for one in self.facts if one.role == "sign" and not one.part and one.count]
        return bool(signed) and "累计" in self.text[signed[-1].clause.start : signed[-1].end]

    def _is_share_of_fate(self, count: FoundCount) -> bool:
        last = self.facts[-1] if self.facts else None
        of_last = last and last.part and last.role == "landed" and last.count and not last.count.noun
        return bool(of_last) and "其中" in self.text[last.end : count.start] and not count.noun  # type: ignore[union-attr]

    def _standing(self, clause: Piece, count: FoundCount) -> Trigger | None:
        """锂电企业已超过80家: how many there are, told without a verb."""
        if count.noun != "company":
            return None
        told = STOCK, TENANTED
        stock = next((found for one in told if (found := one.search(self.text, clause.start, count.start))), None)
        return Trigger(stock.start(), stock.end(), "registered") if stock else None

    def _verbless(self, clause: Piece, count: FoundCount) -> Trigger | None:
        """全年招商引资项目418个: over a period these came, though no verb says so (the batch asks for the period)."""
        if count.noun == "activity" and JOURNEYS.match(self.text, count.end):
            return Trigger(count.end, count.end + 2, "held")
        named = VERBLESS.search(self.text, clause.start, count.start) if count.noun == "project" else None
        return Trigger(count.start, count.end, "introduced") if named else None

    def _again(self, clause: Piece, count: FoundCount, first: Fact) -> Fact:
        noun = first.count.noun if first.count else count.noun
        start = (
            clause.start
            + len(self.text[clause.start : clause.end])
            - len(self.text[clause.start : clause.end].lstrip())
        )
        return replace(
            first, sentence=self.sentence, clause=clause, start=start, end=count.end, count=replace(count, noun=noun),
            amount=None, again=first,
        )  # fmt: skip

    def _noun_end(self, count: FoundCount, clause: Piece) -> int:
        match = re.match(r"[^,。;、\d]{0,24}?(?:项目|企业|公司|基金|活动|线索|大单)", self.text[count.end : clause.end])
        return count.end + match.end() if match else count.end

    def _starts_part(self, clause: Piece) -> bool:
        return bool(
            re.match(r"\s*(?:其中|含|包括|包含|(?:从|按)[^,。]{1,10}(?:看|分))", self.text[clause.start : clause.end])
        )

    def _follows_part(self, part: tuple[Piece, ...], clause: Piece) -> bool:
        # "其中,引进…": the word stands in a clause of its own
        words = [self.text[one.start : one.end].strip() for one in part if one.end <= clause.start]
        return any(one in ("其中", "这其中", "其中包括", "包括") for one in words)

    def _trigger(self, part: tuple[Piece, ...], clause: Piece, count: FoundCount, stop: int) -> Trigger | None:
        here = [one for one in self._triggers(clause) if self._suits(one, count)]
        built = any(one.role in ("started", "completed", "operational", "landed") for one in here)
        if built and len(here) > 1:
            # 25个签约项目破土动工: says which projects they are
            here = [one for one in here if not self._says_which(one, count)]
        brought = [one.start for one in here if one.role == "introduced"]
        if brought and count.noun == "company":
            # 引进落地投产企业63家: what became of those that were brought
            here = [one for one in here if one.role != "operational" or one.start < brought[0]]
        free = [one for one in here if not (one.end <= count.start and one.start in self.used)]
        near = [one for one in free if one.start < stop and self._reaches(one, count)]
        if near:
            return min(near, key=lambda one: (RANK.get(one.role, 1), self._gap(one, count)))
        before = [
            one
            for other in reversed(self.sentence.clauses)
            if other.end <= clause.start
            for one in reversed(self._triggers(other))
            if self._suits(one, count)
            and (one.role == "sign" if count.noun == "company" else one.role in STRONG or count.noun == "lead")
            and one.start not in self.used
            and not any(of.noun in ("project", "", "fund") for of in self.figures.counts_in(other.start, one.end))
        ]
        if before:
            return before[0]
        after = [
            one
            for other in part
            if other.start >= clause.end and not self.figures.counts_in(other.start, other.end)
            for one in self._triggers(other)
            if self._suits(one, count)
        ]
        if after and count.noun == "project":
            return after[0]
        return None

    def _announced(self, part: tuple[Piece, ...], clause: Piece, count: FoundCount, stop: int) -> Trigger | None:
        """What an earlier sentence announced and this one counts; only a count with its sum is told so late."""
        if count.noun not in ("project", "fund") or count.value < 2 or self._starts_part(self.sentence.clauses[0]):
            return None
        if any(self._suits(one, count) for other in part for one in self._triggers(other)):
            return None
        if self._follows_part(part, clause):
            return None
        if not any(self._is_investment(piece, one) for piece, one in self._sums_after(part, clause, count)):
            return None
        before = self.text[clause.start : count.start]
        return find_announcement(self.text, self.story, self.figures.counts, count, before)

    def _sums_after(
        self, part: tuple[Piece, ...], clause: Piece, count: FoundCount
    ) -> Iterator[tuple[Piece, FoundAmount]]:
        for piece in part:
            if piece.start >= clause.start:
                for one in self.figures.amounts_in(max(piece.start, count.end), piece.end):
                    if not one.per_project and not one.conversion:
                        yield piece, one

    def _says_which(self, trigger: Trigger, count: FoundCount) -> bool:
        after = self.text[trigger.end : trigger.end + 2]
        return trigger.role == "sign" and trigger.start >= count.end and after in ("项目", "企业")

    def _suits(self, trigger: Trigger, count: FoundCount) -> bool:
        """A trigger that fits the noun: projects are signed, companies visited, activities held."""
        by_noun = {
            "activity": ("held", "visited"),
            "company": ("visited", "registered", "negotiating", "sign", "landed", "introduced", "operational"),
            "lead": ("leads", "negotiating", "reserved"),
            "agreement": ("sign",),
        }
        if self.text[trigger.end : trigger.end + 1] == "率":
            return False  # 开工率88%: a share, and nothing that was started
        if (
            trigger.role in ("landed", "introduced")
            and trigger.start >= count.end
            and self.text[trigger.end : trigger.end + 1] == "的"
        ):
            return False  # 2家已经落户的企业: says which ones
        allowed = by_noun.get(count.noun)
        return trigger.role in allowed if allowed else trigger.role not in ("held", "visited", "registered")

    def _triggers(self, clause: Piece) -> list[Trigger]:
        if clause.start not in self._seen:
            self._seen[clause.start] = find_triggers(self.text, clause.start, clause.end)
        return self._seen[clause.start]

    def _reaches(self, trigger: Trigger, count: FoundCount) -> bool:
        # 签约项目700个、开工项目600个: the 、 parts what belongs to the first number from what belongs to the second.
        if trigger.start >= count.end:
            return "、" not in self.text[count.end : trigger.start]
        return not re.search(r"\d[多余]?[个项家]", self.text[trigger.end : count.start])

    @staticmethod
    def _gap(trigger: Trigger, count: FoundCount) -> int:
        return count.start - trigger.end if trigger.end <= count.start else trigger.start - count.end

    def _size(self, clause: Piece, count: FoundCount, stop: int) -> FoundAmount | None:
        sizes = [one for one in self.figures.amounts_in(clause.start, stop) if one.per_project]
        return min(sizes, key=lambda one: abs(one.start - count.start)) if sizes else None

    def _is_of(self, amount: FoundAmount, count: FoundCount) -> bool:
        # 总投资114亿元的50个项目
        return bool(re.fullmatch(r"(?:的|、)?[^,。;\d]{0,14}", self.text[amount.end : count.start]))

    def _is_foreign_capital(self, amount: FoundAmount) -> bool:
        return FOREIGN_CAPITAL.search(self.text, max(self.sentence.start, amount.start - 40), amount.start) is not None

    def _is_investment(self, clause: Piece, amount: FoundAmount) -> bool:
        label = self.text[clause.start : amount.start]
        last = re.split(r"[,、;。]", label)[-1]
        after = self.text[amount.end : amount.end + 8]
        if (
            re.match(r"的[^,。;]{3,}", after)  # 总投资286亿元的某项目: the sum of that one
            or re.search(r"(?:集群|产业)[^,。;]{0,4}规模", last)
            or IN_PLACE.search(last)
            or (has_cue("other_money", last, 0, len(last)) and not self._is_foreign_capital(amount))
            or re.match(r"(?:的)?(?:产值|销售|税收|贷款|授信|订单)", after)
        ):
            return False
        return bool(LABEL.search(last)) or re.match(r"(?:的)?(?:投资|资金)", after) is not None
