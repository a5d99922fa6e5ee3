"""Generates names of fictitious organisations in Chinese and English, the same in every run."""

from random import Random

_SEED = 20261124
_PLACES = {
    "东川": "Dongchuan",
    "西岭": "Xiling",
    "南湖": "Nanhu",
    "北岸": "Beian",
    "清河": "Qinghe",
    "云台": "Yuntai",
    "安平": "Anping",
    "永兴": "Yongxing",
    "石桥": "Shiqiao",
    "白沙": "Baisha",
    "长丰": "Changfeng",
    "新港": "Xingang",
}
_TRADES = {
    "汽车销售服务": "Motor",
    "检验检测": "Testing",
    "认证": "Certification",
    "证券": "Securities",
    "电子科技": "Electronics",
    "国际贸易": "Trading",
    "律师事务": "Law",
    "教育培训": "Training",
    "物业管理": "Property",
    "食品": "Foods",
    "医疗器械": "Medical",
    "互联网信息": "Online",
}
_FORMS = {
    "有限公司": "Company",
    "中心": "Centre",
    "集团": "Group",
    "分公司": "Branch",
    "协会": "Society",
}
_SIGNS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水"
_SYLLABLES = "baceidfoguhajekilomunapeqirosutavewixoyuza"


def names(count: int) -> list[tuple[str, str, str]]:
    """Returns `count` triples of address, Chinese name and English name, sorted by address."""
    random = Random(_SEED)
    triples: dict[str, tuple[str, str, str]] = {}
    while len(triples) < count:
        place, place_latin = random.choice(list(_PLACES.items()))
        trade, trade_latin = random.choice(list(_TRADES.items()))
        form, form_latin = random.choice(list(_FORMS.items()))
        signs = "".join(random.sample(_SIGNS, 2))
        starts = random.sample(range(0, len(_SYLLABLES), 2), 3)
        word = "".join(_SYLLABLES[start : start + 2] for start in starts)
        address = f"{word}-{trade_latin}-{form_latin}".lower()
        english = f"{place_latin} {word.capitalize()} {trade_latin} {form_latin}"
        triples[address] = (address, f"{place}{signs}{trade}{form}", english)
    return [triples[address] for address in sorted(triples)]
