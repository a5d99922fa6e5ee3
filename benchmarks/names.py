"""Names of organisations that do not exist, in Chinese and in English, the same in every run."""

from random import Random

_SEED = 20261124
_PLACES = "东川 西岭 南湖 北岸 清河 云台 安平 永兴 宁阳 海岳 江渡 石桥 白沙 青杨 长丰 新港".split()
_PLACES_LATIN = (
    "Dongchuan Xiling Nanhu Beian Qinghe Yuntai Anping Yongxing Ningyang Haiyue Jiangdu Shiqiao "
    "Baisha Qingyang Changfeng Xingang"
).split()
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
_FORMS = {"有限公司": "Company", "中心": "Centre", "集团": "Group", "分公司": "Branch", "协会": "Society"}
_SIGNS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水"
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qi ro su ta ve wi xo yu zan".split()


def names(count: int) -> list[tuple[str, str, str]]:
    """As many triples of address, Chinese name and English name, in order of the address."""
    random = Random(_SEED)
    made: dict[str, tuple[str, str, str]] = {}
    while len(made) < count:
        place = random.randrange(len(_PLACES))
        trade, trade_latin = random.choice(list(_TRADES.items()))
        form, form_latin = random.choice(list(_FORMS.items()))
        sign = "".join(random.sample(_SIGNS, 2))
        word = "".join(random.sample(_SYLLABLES, 3))
        address = f"{word}-{trade_latin}-{form_latin}".lower()
        english = f"{_PLACES_LATIN[place]} {word.capitalize()} {trade_latin} {form_latin}"
        made[address] = (address, f"{_PLACES[place]}{sign}{trade}{form}", english)
    return [made[address] for address in sorted(made)]
