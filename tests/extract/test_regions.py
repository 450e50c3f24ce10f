"""Place finding. The sentences are written for these tests in the manner of local-government and business news."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.regions import is_known
from streams.extract.found import FoundRegion
from streams.extract.gazetteer import Language, gazetteer, places
from streams.extract.regions import find_places, find_regions


def shown(found: list[FoundRegion]) -> list[str]:
    """Codes without CN-, several joined by +, ? for what stays open; generic words in brackets with their level."""
    return [
        f"({region.level})"
        if region.generic
        else "+".join(code.removeprefix("CN-") for code in region.codes) + "?" * region.ambiguous
        for region in found
    ]


CHINESE = [
    # names with and without their kind, at three levels
    ("浙江省宁波市海曙区签约12个项目", "330203"),
    ("宁波与海曙", "330200 330203"),
    ("内蒙古自治区锡林郭勒盟西乌旗", "152526"),
    ("内蒙古通辽扎鲁特旗风电项目开工", "150526"),
    ("伊金霍洛旗与达拉特旗", "150627 150621"),
    ("恩施州利川市", "422802"),
    ("延边朝鲜族自治州珲春市", "222404"),
    ("黔东南州凯里市", "522601"),
    ("湘西土家族苗族自治州、湘西州、湘西", "433100 433100 433100"),
    ("积石山县", "622927"),
    ("前郭县与长白县", "220721 220623"),
    ("湖北省仙桃市、潜江市", "429004 429005"),
    ("新疆石河子市、五家渠市", "659001 659004"),
    ("东莞、中山、儋州", "441900 442000 460400"),
    ("重庆市渝北区与江北区", "500112 500105"),
    ("香港特别行政区和澳门、台湾地区", "810000 820000 710000"),
    ("上海市浦东新区、天津滨海新区", "310115 120116"),
    # names of the past stand for what holds the place today
    ("杭州市下城区", "330105"),
    ("上海南汇区、闸北区", "310115 310106"),
    ("莱芜市、胶南市、即墨市", "370116 370211 370215"),
    ("襄樊市樊城区", "420606"),
    ("临安市与富阳市", "330112 330111"),
    ("重庆开县、梁平县", "500154 500155"),
    # shared names, settled by the place above, by a sibling, by the text
    ("南京市鼓楼区", "320106"),
    ("徐州新闻：鼓楼区签约项目5个，泉山区签约3个", "320300 320302 320311"),
    ("福建福州，台江区和鼓楼区", "350100 350103 350102"),
    ("鼓楼区签约5个项目", "?"),
    ("鼓楼区签约，开封市顺河区开工", "410204 410203"),
    ("西湖区在南昌举办推介会，青云谱区参加", "360103 360100 360104"),
    ("辽宁朝阳举行签约仪式", "211300"),
    ("北京朝阳、海淀两区", "110105 110108"),
    ("长春市朝阳区", "220104"),
    ("朝阳区举行集中签约", "?"),
    ("呼和浩特新城区", "150102"),
    ("西安市新城区、碑林区", "610102 610103"),
    ("吉林长春", "220100"),
    ("吉林省吉林市", "220200"),
    ("吉林签约项目", "220000"),
    ("海南自贸港", "460000"),
    ("乌海市海南区", "150303"),
    ("海南州共和县", "632521"),
    ("南通市通州区", "320612"),
    ("北京通州", "110112"),
    ("大庆市大同区", "230606"),
    ("山西大同", "140200"),
    ("大连中山区", "210202"),
    ("丹东东港", "210681"),
    ("日照东港区", "371102"),
    ("江北区举行签约仪式，宁波市委书记出席", "330205 330200"),
    ("重庆江北：江北招商再发力", "500105 500105"),
    ("海州区与连云区", "320706 320703"),
    # everyday words that are names too
    ("合作共赢，开发资源，和平发展", ""),
    ("建设大通道，推进平安建设", ""),
    ("东方财富、平安银行与长安汽车", ""),
    ("天津市和平区、南开区", "120101 120104"),
    ("天津和平、南开", "120101 120104"),
    ("和政府签约，投资兴业，引资阳光", ""),
    ("甘肃省合作市", "623001"),
    ("桂林资源县", "450329"),
    ("全省资源配置", "(province)"),
    ("积极探索县域工业发展之路", ""),
    ("优秀民警陈海阳在厦门", "350200"),
    ("市北高新区是南通崇川区的园区", "320613 (zone)"),
    ("浦江两岸、赣深高铁", ""),
    ("主城区与城区", ""),
    ("丰台区、石景山区签约，丰台再添新项目", "110106 110107 110106"),
    ("海东市平安区", "630203"),
    ("打造双城经济圈", ""),
    ("在海量数据中", ""),
    ("公安机关、各位来宾，比如天长地久、价值连城、恍然大悟的共和国", ""),
    ("日照时间长的山东日照市", "371100"),
    # part of another name
    ("北京银行与中信银行授信", ""),
    ("广州路与南京东路", ""),
    ("南京大学、苏州科技大学", ""),
    ("苏州安洁科技股份有限公司签约", ""),
    ("与重庆机电集团签约", ""),
    ("宁波舟山港集团有限公司落户温州", "330300"),
    ("北京大学落户深圳", "440300"),
    ("深圳证券交易所", ""),
    ("浙江商会会长", ""),
    ("责任编辑:安宁", ""),
    ("记者 李海宁 报道", ""),
    ("市长王海南出席", ""),
    ("成都机场与重庆火车站", ""),
    ("知名企业落户苏州工业园", "320500"),
    ("宁德时代、海南航空", ""),
    ("黄河流域与黄河南岸", ""),
    # zones
    ("昆山经济技术开发区", "320583"),
    ("如皋高新区和海安经开区", "320682 320685"),
    ("合肥高新区", "340104"),
    ("两江新区", "500105+500112+500109"),
    ("重庆两江新区", "500105+500112+500109"),
    ("青岛西海岸新区", "370211"),
    ("长三角生态绿色一体化发展示范区", "310118+320509+330421"),
    ("雄安新区", "130629+130632+130638"),
    ("松山湖", "441900"),
    ("河北雄安", "130629+130632+130638"),
    ("临港新片区签约", "310115+310120"),
    ("东湖高新区、武汉经开区", "420111 420114+420113"),
    ("横琴粤澳深度合作区", "440402"),
    ("北京经济技术开发区", "110115+110112"),
    ("洋浦经济开发区", "460400"),
    ("鄂尔多斯市伊金霍洛旗江苏工业园", "150627"),
    ("粤港澳大湾区、长三角、京津冀", ""),
    ("乌鲁木齐甘泉堡经开区", "650109"),
    ("霍尔果斯经济开发区", "654004"),
    ("中国(湖南)自由贸易试验区长沙片区", "430000 430100"),
    ("哈尔滨新区平房片区", "230108"),
    ("杨凌示范区", "610403"),
    ("宁波滨海新区与天津滨海新区", "330200 120116"),
    # abroad, traditional characters, full-width forms
    ("泰国罗勇府", "TH-21"),
    ("越南北宁省与北江省", "VN-56 VN-54"),
    ("美国得克萨斯州", "US-TX"),
    ("蘇伊士運河經濟區", "EG"),
    ("埃及蘇伊士省", "EG-SUZ"),
    ("馬來西亞雪蘭莪州", "MY-10"),
    ("日本、韓國京畿道", "JP KR-41"),
    ("匈牙利德布勒森", "HU-DE"),
    ("哈萨克斯坦阿拉木图州州长", "KZ-19"),
    ("刚果（金）", "CD"),
    ("江蘇省蘇州市張家港市", "320582"),
    ("北海道与北海", "JP-01 450500"),
    # words for the article's own place
    ("我市今年签约", "(prefecture)"),
    ("全省、全区、本县", "(province) (county) (county)"),
    ("自治区商务厅", "(province)"),
    # one letter, where the context allows it
    ("来穗招商", "440100"),
    ("在深签下大单", "440300"),
    ("在深入推进的同时赴港口考察", ""),
]

ENGLISH = [
    ("12 projects were signed in Haishu District, Ningbo, Zhejiang province.", "330203"),
    ("Haishu district of Ningbo city", "330203"),
    ("Ningbo City in east China's Zhejiang Province", "330200"),
    ("Xi’an and Xian, Shaanxi; Taiyuan, Shanxi", "610100 610100 140100"),
    ("Hohhot and Ordos in Inner Mongolia", "150100 150600"),
    ("Inner Mongolia autonomous region", "150000"),
    ("Ejin Horo Banner and Dalad Banner", "150627 150621"),
    ("Xilingol League", "152500"),
    ("Dali Bai Autonomous Prefecture", "532900"),
    ("Dali prefecture in Yunnan", "532900"),
    ("Lianjiang County, Fuzhou", "350122"),
    ("Tibet's Lhasa; Xizang", "540000 540100 540000"),
    ("Urumqi, Kashgar and Hotan", "650100 653100 653200"),
    ("Ürümqi", "650100"),
    ("Lyuyuan district of Changchun; Lvshunkou District, Dalian", "220106 210212"),
    ("Hong Kong, Macao and Taiwan", "810000 820000 710000"),
    ("Harbin, Qiqihar and Mudanjiang", "230100 230200 231000"),
    ("QUZHOU, Dec. 2", "330800"),
    ("Foshan's Shunde district", "440600 440606"),
    # shared names
    ("Chaoyang District signed five deals", "?"),
    ("Chaoyang District, Beijing", "110105"),
    ("Beijing's Chaoyang district", "110000 110105"),
    ("In Changchun, Chaoyang and Kuancheng signed", "220100 220104 220103"),
    ("Jiangbei District of Ningbo", "330205"),
    ("Jiangbei in Chongqing", "500105"),
    ("Taizhou signed 30 projects", "?"),
    ("Taizhou in Jiangsu; Taizhou, Zhejiang", "321200 331000"),
    ("Suzhou signed 30 projects", "320500"),
    ("Suzhou, Anhui province", "341300"),
    ("Yichun in Heilongjiang", "230700"),
    ("Xishan, a district of Wuxi", "320205"),
    ("Hainan province", "460000"),
    ("Hainan District in Wuhai", "150303"),
    ("Jilin City, Jilin province", "220200"),
    ("Jilin signed 30 projects", "220000"),
    ("Fuzhou in Jiangxi", "361000"),
    ("Yichun's Yuanzhou District and Fengcheng", "360900 360902 360981"),
    ("News from Tonghua: projects were signed in Ji'an", "220500 220582"),
    ("Dali, Dali Bai Autonomous Prefecture", "532901"),
    ("Nan'an district of Chongqing; Nan'an, a county-level city of Quanzhou", "500108 350583"),
    ("Longgang District and Shenzhen Special Development Group signed", "440307"),
    # no places
    ("Bank of Ningbo and Nanjing University", ""),
    ("Suzhou Anjie Technology Co., Ltd. signed", ""),
    ("said Wang Heping and Zhang Haining", ""),
    ("Hubei Daily reported", ""),
    ("in Long Beach, He said", ""),
    ("14 million US dollars, US$3 million, U.S. dollars", ""),
    ("Shenzhen Special Development Group", ""),
    ("Xinhua said", ""),
    ("Xinhua District of Shijiazhuang", "130105"),
    ("Nanjing Road and Guangzhou Avenue", ""),
    ("the town of Baisha", ""),
    ("the Swiss Canton of Bern", ""),
    ("People's Daily and the Global Times", ""),
    ("Governor Wang Hao met Zheng Nanjing", ""),
    ("the Guangdong-Hong Kong-Macao Greater Bay Area", ""),
    # zones
    ("Kunshan Economic and Technological Development Zone", "320583"),
    ("Rugao development zone", "320682"),
    ("Hefei High-tech Zone", "340104"),
    ("Suzhou Industrial Park", "320500"),
    ("Liangjiang New Area", "500105+500112+500109"),
    ("Xiong'an New Area", "130629+130632+130638"),
    ("Qingdao West Coast New Area", "370211"),
    ("Lin-gang Special Area of Shanghai", "310115+310120"),
    ("the Jiangsu Industrial Park in Ejin Horo Banner", "150627"),
    ("Hainan Free Trade Port", "460000"),
    ("Ningbo Binhai New Area", "330200"),
    ("Tianjin Binhai New Area", "120116"),
    ("Tianjin Economic-Technological Development Area", "120116"),
    ("Yangpu Economic Development Zone", "460400"),
    # abroad
    ("Bac Ninh, Vietnam", "VN-56"),
    ("Bắc Ninh province", "VN-56"),
    ("the Suez Canal Economic Zone", "EG"),
    ("Ain Sokhna in Suez", "EG-SUZ"),
    ("Rayong Province of Thailand", "TH-21"),
    ("Selangor and Johor, Malaysia", "MY-10 MY-01"),
    ("Texas and Michigan in the United States", "US-TX US-MI"),
    ("Pest county, Hungary", "HU-PE"),
    ("Baden-Württemberg", "DE-BW"),
    ("Georgia and the Republic of Korea", "? KR"),
    ("Georgia, with its capital Tbilisi; Georgia", "GE GE GE"),
    ("a plant near Atlanta in the state of Georgia", "US-GA US-GA"),
    ("Ho Chi Minh City", "VN-SG"),
    # words for the article's own place
    ("the city signed, and our district", "(prefecture) (county)"),
    ("the new area and the province", "(zone) (province)"),
]


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_places_in_chinese(text: str, expected: str) -> None:
    assert shown(find_regions(text, "zh")) == expected.split()


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_places_in_english(text: str, expected: str) -> None:
    assert shown(find_regions(text, "en")) == expected.split()


@pytest.mark.parametrize(
    ("text", "language", "home", "expected"),
    [
        ("鼓楼区签约5个项目", "zh", "CN-320300", "320302"),
        ("鼓楼区签约5个项目", "zh", "CN-350000", "350102"),
        ("鼓楼区签约5个项目", "zh", "CN-330000", "?"),
        ("Chaoyang District signed", "en", "CN-110000", "110105"),
        ("Taizhou signed", "en", "CN-330000", "331000"),
        ("Baisha signed 5 projects", "en", "CN-460000", "469025"),
    ],
)
def test_home_settles_a_shared_name(text: str, language: Language, home: str, expected: str) -> None:
    assert shown(find_regions(text, language, home)) == expected.split()


def test_open_name_keeps_the_division_that_holds_all() -> None:
    found = find_regions("河北的桥西区签约", "zh")[-1]
    assert found.ambiguous
    assert found.codes == ("CN-130000",)


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("来源:沈阳日报", "zh", "CN-210100"),
        ("【江西日报客户端】", "zh", "CN-360000"),
        ("来源：宜春发布", "zh", "CN-360900"),
        ("Hubei Daily", "en", "CN-420000"),
        ("Source: Invest Shenzhen", "en", "CN-440300"),
    ],
)
def test_press_is_no_region_but_is_told(text: str, language: Language, code: str) -> None:
    places = find_places(text, language)
    assert [found.codes for found in places.press] == [(code,)]
    assert not places.regions


def test_offsets_count_in_the_text_as_given() -> None:
    text = "　蘇伊士　与　ＡＢＣ宁波市海曙区"
    assert [(f.name, text[f.start : f.end]) for f in find_regions(text, "zh")] == [
        ("蘇伊士", "蘇伊士"),
        ("宁波市海曙区", "宁波市海曙区"),
    ]


def check(text: str, language: Language) -> None:
    found = find_regions(text, language)
    assert all(text[f.start : f.end] == f.name != "" for f in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(is_known(code) for f in found for code in f.codes)
    assert all(f.codes or f.ambiguous or f.generic for f in found)


WORDS = (
    sorted(places("zh"))[::37]
    + sorted(places("en"))[::37]
    + [*"市区县，、\n 的在与", " in ", ", ", "\0", "\ud800", "İ"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=14).map("".join), st.sampled_from(["zh", "en"]))
def test_any_text_gives_sound_places(text: str, language: Language) -> None:
    check(text, language)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("text", ["", "\0", "\ud83d", "亿" * 9999, "宁波" * 9999, "Ningbo, " * 9999, "a" * 99999])
def test_odd_texts(text: str, language: Language) -> None:
    check(text, language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_of_the_gazetteer_is_known(language: Language) -> None:
    unknown = {code for senses in places(language).values() for s in senses for code in s.codes if not is_known(code)}
    assert not unknown


def test_the_gazetteer_is_built_once() -> None:
    assert gazetteer("zh") is gazetteer("zh")
