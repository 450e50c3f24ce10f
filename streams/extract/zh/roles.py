"""What part a place plays in its sentence: where it happens, where it is only held, where guests come from."""

import re

from streams.extract.found import FoundRegion
from streams.extract.zh.lexicon import pattern

JOINED = re.compile(r"(?:市|省|县|区)?(?:[、,]|和|与|及|以及|同)\s?$")
TO = re.compile(
    r"(?:来到|来|赴|走进|访问|参观|考察了?|前往|抵达|奔赴|到访|远赴|做客|飞抵|(?<!达|得|遇|受|收|提|想|看|找|落|做|达|用|拿|引)到|(?:办|搬|开|设|摆|挪)(?:到|进)了)$"
)
AT = re.compile(r"(?:在|于|选在|放在|移师|定在)$")
CEREMONY = re.compile(
    r"^[^,。;]{0,26}?(?:举行|举办|召开|开幕|启幕|揭幕|签约|签署|签订|签下|落笔|落幕|亮相|拉开|登场|推介|开启|开讲|开场|达成|揽|闭幕|敲定|路演|启动|办起|办了|签)"
)
BUILT = re.compile(
    r"^[^,。;]{0,12}?(?:建设|投资|落户|落地|开工|动工|竣工|投产|奠基|设立|新建|布局|兴建|打造|建成|建立|投运|扩建|破土|建一|建起|建|投下|扎根|设厂|办厂)"
)
HELD_SOON = re.compile(r"^[^,。;]{0,8}(?:举行|举办|召开)")
FROM = re.compile(
    r"(?:往返|飞往|真金|来自|远道从|面向|对接|瞄准|紧盯|聚焦|毗邻|吸引了?|邀请了?|融入|辐射|通往|距离?|连接|盯住|派驻到|常驻|主攻|联动|借力|对口帮扶|承接|驻|锁定|源自|出自)$"
)
AIMED_AT = re.compile(r"(?:紧盯|瞄准|锁定|主攻|面向|奔赴|分赴|赴|聚焦|围绕|派驻到|深耕|驻守|对接|来自)[^,。;]{0,60}$")
GUEST = pattern("roles", "GUEST")
COMPANY = re.compile(
    r"^(?!联合|携手|联手|会同|引进|邀请)[^\s,。、;:!“”《》与和及同由在将的是把向从到举召政委局府区县引签拿牵聘迎获赴访拜揽携吸就对邀敲谈]{1,16}?(?:公司|集团|大学|学院|研究院|(?<!招)商会|协会|银行|股份)(?!.{0,4}(?:区|园))"
)
COMPANY_TAIL = pattern("roles", "COMPANY_TAIL")
JOURNEY = re.compile(r"(?:[、和与及][^,。;、的]{2,6}){0,5}的[^,。;]{0,8}(?:行程|考察|之行|招商之旅|访问)")
"""结束了在苏州、无锡的十天行程."""
WITH = re.compile(r"(?:与|同|携手|牵手|引进|引入)$")
PARTNER = re.compile(
    r"(?![市县区省州旗盟、,签达共就在和与及开]|政府|两地|双方|合作|携手)[\u4e00-\u9fffA-Za-z0-9]{2,10}?(?=、|,|。|签|达成|合作|共同|成功)"
)
SENT = re.compile(r"[^,。;]{0,20}(?:派|推介|发出|出口|输出)")
CHINA_COMPANY = pattern("roles", "CHINA_COMPANY")
RANKED_BEFORE = re.compile(r"(?:居|列|占|领先|高于|低于|跻身|快于|服务|领跑|好于|超过)于?$")
RANKED_AFTER = re.compile(
    r"^(?:[市县区省州]?(?:之外|以外)|第|前列|首位|前茅|平均|排名|之首|最|前[十三五]|同类|领先|首个|唯一)"
)
BOUND = re.compile(r"(?:位于|地处|坐落于|坐落在|地点在|校址在|落址|选址|横跨|地跨|跨越|辖)$")


def find_roles(text: str, found: list[FoundRegion]) -> list[str]:
    """For each place: `place` (it happens there), `venue`, `guest` (only mentioned), `bound` (位于X的: of a name)."""
    roles = [_role(text, one) for one in found]
    for index in range(1, len(roles)):
        if found[index].codes == ("CN-710000",) and found[index - 1].end == found[index].start:
            roles[index] = "guest"  # 平潭台湾创业园
    for index in range(1, len(roles)):
        between = text[found[index - 1].end : found[index].start]
        if len(between) <= 3 and between[:1] in "、和与及以," and JOINED.search(between):
            # What is said of one name of a list is said of the list.
            if roles[index - 1] == "guest" and roles[index] == "place" and between[:1] != ",":
                roles[index] = "guest"
            elif roles[index - 1] == "bound" and roles[index] == "place" and between[:1] in "、和与及":
                roles[index] = "bound"
            elif roles[index - 1] == "venue" and roles[index] in ("place", "guest") and between[:1] in "、和与及":
                roles[index] = "venue"
            elif roles[index] == "guest" and roles[index - 1] == "place" and between.strip() == "、":
                roles[index - 1] = "guest"
    stops = {one.codes for one, role in zip(found, roles, strict=True) if role == "venue"}
    for index, one in enumerate(found):
        # 率队赴天津、唐山…。19日在唐山,与某集团签约: a stop of the trip wherever it is named
        if roles[index] == "place" and one.codes in stops and text[one.start - 1] in "在于":
            roles[index] = "venue"
    return roles


def _role(text: str, one: FoundRegion) -> str:
    before = text[max(0, one.start - 8) : one.start].rstrip("“ ")
    after = text[one.end : one.end + 40]
    if _in_brackets(text, one) or RANKED_BEFORE.search(before) or RANKED_AFTER.match(after):
        return "guest"
    if one.codes == ("CN-710000",) and not re.search(r"(?:在|于|落户|投资|赴|到)$", before):
        return "guest"  # 26个台湾文创项目: where they come from
    if one.codes == ("CN",) and CHINA_COMPANY.match(after):
        return "guest"
    if one.level == "country" and re.match(r"投资(?!建|促进|委|部|局|[\d约近超逾])", after):
        return "guest"
    if TO.search(before):
        return "place" if re.match(r"[市县区省]?(?:投资|建厂|兴业|落户|办厂)", after) else "venue"
    if before.endswith("向") and SENT.match(after):
        return "guest"  # 向北京、上海派出三支分队
    if FROM.search(before) or (not one.generic and _is_guest(text, one, after)):
        return "guest"
    bare = text[one.end - 1] not in "省市区县州旗盟" and one.level != "zone"
    if bare and WITH.search(before) and PARTNER.match(after):
        return "guest"  # 与北京天云大数据、360集团签约: the name of a company begins with its city
    if BOUND.search(before):
        return "bound"
    if AT.search(before) and re.match(r"(?:[市省区县]?(?:、|和)[^,。、]{2,12}){1,8}[两三四五六七八多各]地", after):
        return "place"  # 在青浦、吴江、嘉善三地联合举行
    if AT.search(before) and JOURNEY.match(after):
        return "venue"
    if AT.search(before) and CEREMONY.match(after) and (not BUILT.match(after) or HELD_SOON.match(after)):
        return "venue"
    return "place"


def _is_guest(text: str, one: FoundRegion, after: str) -> bool:
    if GUEST.match(after) or COMPANY.match(after):
        return True
    bare = text[one.end - 1] not in "市省县区州"
    if bare and (COMPANY_TAIL.match(after) or re.match(r"街道|镇|乡|村|巴巴|云(?!南)", after)):
        return True
    # 紧盯长三角、珠三角等地区: a list of where one goes looking
    before = text[max(0, one.start - 70) : one.start]
    return bool(AIMED_AT.search(before)) and ("、" in before[-12:] or after[:1] == "、")


def _in_brackets(text: str, one: FoundRegion) -> bool:
    opened = text.rfind("(", max(0, one.start - 20), one.start)
    if text.endswith("中国", 0, max(opened, 0)):
        return False  # 中国(廊坊)博览会: its host
    return opened >= 0 and opened > text.rfind(")", max(0, one.start - 20), one.start)
