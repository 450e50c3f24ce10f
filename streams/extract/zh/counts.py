"""Numbers of things in folded Chinese text: projects, companies, activities, leads, funds."""

import re

from streams.extract.found import FoundCount
from streams.extract.zh.numbers import NUMBER, parse_number, qualify

NOUNS = (
    ("fund", "基金"),
    (
        "lead",
        "(?<!电子)(?<!产业)信息(?!技术|产业|服务|安全|中心|化)|项目线索|投资线索|线索项目|招商线索|有效线索|线索|投资信息|项目信息",
    ),
    (
        "activity",
        "招商团组|招商活动|推介活动|推介会|推介|洽谈会|对接会|招商会|恳谈会|座谈会|路演|小分队(?=外出|赴)|活动|签约仪式|大会|考察|展会|批次",
    ),
    ("project", "项目|大单|工程|好项目|数据中心|电站|超级工厂"),
    (
        "company",
        "企业|公司|厂商|商家|外企|央企|民企|链主|制造商|商户|市场主体|独角兽|[德日美韩台港侨外法英欧中国车药房央民]企(?!业)|机构|单位|商协会|商会|客商",
    ),
    ("agreement", "协议(?!投资|总投|引资|资金)|备忘录|合同(?!投资|金额|额|引资|总投|利用)|意向书|框架协议|订单"),
    ("place", "国家|地区|省|市|县|区|乡镇|城市|园区|州|盟|领域|行业|产业链|集群|板块"),
    ("person", "代表|嘉宾|客商|华商|侨商|企业家|人士|人|专家|学者|记者|名"),
    (
        "thing",
        "奖项|奖|岗位|亮点|百分点|方面|环节|变化|篇章|月|年|季度|小时|工作日|平台|实验室|产品|专利|标段|展位|展区|村|战场|阶段|部分|环|关|大类|类|方向|中心",
    ),
)
KIND = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in NOUNS))
MEASURES = r"家次|户次|趟|拨|个|项|家|宗|场次|场|批次|批|次|件|份|只|支|单|笔|条|座|名|位|户|多批"
COUNT = re.compile(
    rf"(?<![第\d.])(?P<number>{NUMBER})\s?(?P<scale>万)?(?P<infix>[多余来])?\s?(?P<measure>{MEASURES})(?P<after>多|余)?(?!月|百分|工作日|小时)"
)
BEFORE_NOUN = re.compile(
    r"(?P<noun>项目(?:合同|协议)?|正式合同|企业|[德日美韩台港侨外法英欧中车药央民]企|公司|线索|信息|活动|推介会|洽谈会|招商会|基金|客商|队伍|小分队|单位|协议|机构|合同|工程|大单)"
    r"(?:总数|数量|数|共计|合计|共有|一共|累计|共|达到|达|为|有|的有|开了|办了|派了|要达到|突破|超过|超|逾|近|约|已|新增|:|\s|总计|分别|至少|不少于|不低于|"
    r"办过|举办|开过|就有|计){0,4}$"
)
SIZED = re.compile(r"(?:单体|每个)?(?:总?投资额?|规模)[^,。;]{2,14}元(?:以上)?的[^,。;]{0,6}项目")
"""三十个投资均超5亿元的项目: the size stands between the number and its noun."""
NEXT_PART = re.compile(r"[,。;:!?、()\d“”\n]")
VISITS = re.compile(r"(?:考察|来访|客商|团队|团组|代表团|接待)[^,。;\d]{0,6}$")
"""来丽考察87批: visits are counted."""
JOURNEYS = re.compile(r"(?:带队|率队|率团|组团|带领[^,。;]{0,8})[^,。;]{0,4}(?:赴|到|前往|外出|出访|招商|拜访|考察)")
"""今年以来7次带队赴上海招商: journeys are counted before the verb."""
NAKED = re.compile(
    r"\s*(?:[,。;、!?()\n]|$|以上|左右|多|已|正式|集中|顺利|新?签|开工|竣工|投产|落户|落地|动工|,?占|,?总投|和\s?\d|同比)|\s+\d"
)
"""What may follow a number whose noun is left out: 已有33个开工."""
LABELLED = re.compile(r"(?P<noun>项目(?:合同|协议)?|正式合同|企业|公司|线索|基金|活动)[^,。;:、\d]{0,6}$")
MEASURE_NOUN = {
    "场": "activity",
    "场次": "activity",
    "批次": "activity",
    "多批": "activity",
    "趟": "activity",
    "拨": "activity",
}


def find_counts(text: str) -> list[FoundCount]:
    """Every count in the order of the text; the noun may follow or go before the number, and is "" when left out.

    Ordinals (第3个), durations and a lone 一个 are no counts.

    >>> [(one.value, one.noun, one.qualifier) for one in find_counts("签约项目85个,走访企业200余家")]
    [(85, 'project', 'exact'), (200, 'company', 'at_least')]
    >>> [(one.value, one.noun) for one in find_counts("八十三个招商引资项目;第3个项目;13个国家和地区")]
    [(83, 'project'), (13, 'place')]
    """
    return [count for match in COUNT.finditer(text) if (count := _count(text, match))]


def _count(text: str, match: re.Match[str]) -> FoundCount | None:
    number = parse_number(match["number"])
    if number is not None and match["scale"]:
        number *= 10_000
    if number is None or number != int(number) or not 0 < number < 10**9:
        return None
    if re.fullmatch(r"[百千]+", match["number"]) or (match["number"] in ("一", "两") and match["measure"] == "次"):
        return None
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 40]
    noun = _noun(match, before, after)
    if "批" in match["measure"] and noun in ("company", "person"):
        noun = "activity"
    if before.endswith("意向") and match["measure"] in ("项", "个", "宗"):
        noun = "project"
    if match["measure"] in ("批", "批次", "拨") and VISITS.search(before):
        noun = "activity"
    if match["measure"] in ("位", "名"):
        noun = "person"
    if match["measure"] == "支" and noun not in ("activity", "fund"):
        return None
    if match["measure"] == "次" and noun == "" and re.search(r"招商|推介|路演", before[-12:]):
        noun = "activity"
    if match["measure"] in ("次", "趟") and JOURNEYS.match(after):
        noun = "activity"
    if noun in ("", "thing") and SIZED.match(after):
        noun = "project"
    if match["measure"] in ("家", "户", "家次", "户次") and noun in ("", "place", "thing"):
        noun = "company"
    if match["number"] in ("一", "百", "千", "十") or (noun == "" and not NAKED.match(after)):
        return None
    qualifier = qualify(before, after, match["infix"] or match["after"] or "")
    return FoundCount(match.start(), match.end(), int(number), noun, qualifier)


def _noun(match: re.Match[str], before: str, after: str) -> str:
    if goes_before := BEFORE_NOUN.search(before):
        if goes_before["noun"] == "正式合同":
            return "project"
        return _kind(goes_before["noun"])
    stop, opened = NEXT_PART.search(after), 0
    if stop and stop[0] == "“":
        # 12个“满天星”项目: the quotation is a name before the noun.
        closed = after.find("”", stop.start())
        stop = NEXT_PART.search(after, closed + 1) if closed > 0 else stop
        opened = closed + 1 if closed > 0 and KIND.search(after[closed + 1 : stop.start() if stop else None]) else 0
    follows = after[opened : stop.start()] if stop else after[opened:]
    if stop and stop[0] == "、" and follows and not KIND.search(follows):
        # 2个光伏、风电项目: the noun closes the list.
        follows = re.split(r"[,。;:()\d\n]", after)[0]
    if follows and (named := _last_kind(follows)):
        if named == "agreement" and re.match(r"、[^,。;]{0,6}项目", after[len(follows) :]):
            return "project"  # 合同、协议项目
        return "" if named == "project" and "批" in match["measure"] else named
    if labelled := LABELLED.search(before):
        return _kind(labelled["noun"])
    return MEASURE_NOUN.get(match["measure"], "")


def _last_kind(words: str) -> str | None:
    # The head of a Chinese noun phrase stands last, but before the verb: the first noun, then what it adheres to.
    first = KIND.search(words)
    if first is None:
        return None
    end, kind = first.end(), first.lastgroup
    while (more := KIND.match(words, end)) and not (kind == "project" and more.lastgroup == "agreement"):
        end, kind = more.end(), more.lastgroup
    if kind in ("place", "person", "thing", "company") and (later := re.match(r"[^的]{0,8}?项目", words[end:])):
        # 6个区块链产业园区项目: still one phrase as long as no verb intervenes.
        return "project" if not re.search(r"签|开工|落户|投产|达成|携|带|把|将|与|来|在", later[0]) else kind
    return kind


def _kind(noun: str) -> str:
    match = KIND.match(noun)
    return match.lastgroup if match and match.lastgroup else "activity"
