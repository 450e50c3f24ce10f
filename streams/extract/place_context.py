"""What stands around a place name and makes it part of another name: a company, a bank, a road, a person."""

import re

ZH_INSTITUTION = re.compile(
    r"(?:农村商业|农商|工商|建设|商业|村镇)?银行|大学|学院|师范|理工|医科|科技大|交大|[东西南北中]?[一二三四]?[路街](?!道|区)|大道(?!理)|大街|高速|铁路|高铁|机场|火车站|[东西南北]站"
    r"|日报|晚报|晨报|商报|时报|早报|都市报|新闻网|电视台|广播|卫视|讯飞|发布厅"
    r"|证券|人寿|保险|信托|期货|基金管理|资本集团|股份|控股|集团|电气集团|汽车集团|商会|总商会|同乡会|人(?!民|才|口|工|均|社|大|文|力)|籍|菜|话|队|足球|俱乐部"
    r"|牌|号(?!召)|舰|酒店|宾馆|饭店|大厦|医院|中学|小学|博物馆|体育馆|奥体|会展中心|国际会议中心|国际博览中心|大剧院"
)
ZH_COMPANY = re.compile(
    r"[^\s,。、;:!?“”\"'《》与和及同在由向从到的将把为是于对被等签落举召引政府委市区县省]{1,14}?"
    r"(?:有限公司|有限责任公司|股份公司|集团|银行|支行|分行|大学|学院|研究院|研究所|设计院|律师事务所|商会)"
)
ZH_BYLINE = re.compile(r"(?:记者|通讯员|编辑|责编|校对|作者|摄影|编译|主编|审核|值班主任)[:/\s]{0,2}\w{0,1}$")
ZH_TITLE = re.compile(
    r"(?:市长|书记|主席|主任|经理|董事长|局长|县长|区长|省长|院长|教授|总裁|部长|厅长|秘书长|会长|校长|司长|处长|先生|女士)[:、\s]?"
    r"[赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹章潘葛范彭马方任袁柳唐薛贺罗郝常傅康余顾孟黄萧姚汪毛戴宋庞熊纪舒项董梁杜阮蓝贾江童郭梅林钟徐邱骆高夏蔡田樊胡凌霍万卢莫程陆石崔龚]$"
)


def is_other_chinese(folded: str, start: int, end: int, bare: bool) -> bool:
    """True when the place name is part of the name of something else."""
    if ZH_INSTITUTION.match(folded, end):
        return True
    if ZH_COMPANY.match(folded, end):
        return True
    before = folded[max(0, start - 8) : start]
    return bare and bool(ZH_BYLINE.search(before) or ZH_TITLE.search(before))


EN_KIND = (
    "bank|university|college|institute|academy|daily|evening|road|street|avenue|expressway|railway|airport|port group|"
    "securities|motor|motors|automobile|auto|electric|pharmaceuticals?|pharma|steel|chemicals?|group|holdings?|corporation|"
    "corp|company|co|ltd|inc|limited|technology|technologies|industry|industries|energy group|hospital|museum|hotel|"
    "chamber of commerce|international conference|fc|river|mountain|times|news|post|morning|investment|petrochemical|"
    "materials|electronics|semiconductor|biotech|capital|fund|construction|engineering|school|stadium|tower|plaza|building"
)
EN_NEXT = re.compile(rf" (?:(?:north|south|east|west|middle) )?(?:{EN_KIND})\b")
EN_COMPANY = re.compile(
    r"(?:[ -](?:&|and|[A-Z][\w.'&-]{0,20}|of)){1,6}?(?:,? (?:Co|Ltd|Inc|Corp|Limited|Holdings?|Group|Company|Corporation|University|Bank)\b)"
)
EN_BEFORE = re.compile(r"(?:bank|university|port|academy|institute|airlines?) of $")
EN_SURNAMES = frozenset(
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu dong "
    "xiao cheng cao yuan deng xu fu shen zeng peng lu su jiang cai jia ding wei xue ye yan pan du dai xia zhong wang tian ren fan fang "
    "shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin chang mr ms".split()
)
WORD_BEFORE = re.compile(r"([A-Za-z.]+)[ -]$")
WORD_AFTER = re.compile(r"[ ]([A-Z][a-z]+)")


def is_other_english(text: str, folded: str, start: int, end: int, bare: bool) -> bool:
    """True when the place name is part of the name of something else."""
    if EN_NEXT.match(folded, end) and text[end + 1 : end + 2].isupper():
        return True
    if EN_COMPANY.match(text, end):
        return True
    before = folded[max(0, start - 16) : start]
    if EN_BEFORE.search(before):
        return True
    if not bare:
        return False
    word = WORD_BEFORE.search(text, max(0, start - 16), start)
    if word and word[1][0].isupper() and word[1].lower().rstrip(".") in EN_SURNAMES:
        return True
    after = WORD_AFTER.match(text, end)
    return bool(after and after[1].lower() in EN_SURNAMES)
