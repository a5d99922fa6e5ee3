"""The Chinese words for what stops the clock, who acts for a filer and what is refused."""

from site_src.lazy_patterns import LazyPattern

_KINDS = "投诉|申诉|争议|异议|抱怨|意见|建议|举报|反馈|质疑|诉求|请求"

CHINESE_AUTHORITY = LazyPattern(
    r"委托书|授权书|授权文件|委托手续|委托证明|授权委托|书面授权|公证|"
    r"(?:监护|代理|亲属|身份)[^，。；]{0,4}(?:证明|证件|关系)"
)
CHINESE_CONSENT = LazyPattern(
    r"(?:书面|本人|当事人|事先)[^，。；]{0,6}(?:同意|委托)|同意书|经[^，。；]{1,8}同意"
)
CHINESE_APART_FROM = LazyPattern(r"[^，。；\n]{1,12}(?:以外|之外)的?|除[^，。；\n]{1,12}外")
CHINESE_REPRESENTS = (
    LazyPattern(
        r"(?P<whom>(?:受[^，。；\n]{0,8}委托的?(?:人|代理人)|委托(?:他人|代理人|律师)|"
        r"(?:法定|委托|诉讼)?代理人|(?:法定)?监护人))"
        r"[^。；\n]{0,8}(?:代为|代理)?(?:提出|投诉|申诉|代办)(?!人)"
    ),
    LazyPattern(r"推选(?P<whom>代表人?)"),
)
CHINESE_AT_MOST = LazyPattern(
    r"[^，。；\n]{0,8}(?:不得?超过|至多|最多|不多于)[一二两三四五六七八九十\d]+\s*(?:人|名|位)"
)
CHINESE_STOPS = LazyPattern(
    r"(?:时间|期间|时限|期限|天数|时长|时日)[^。；\n]{0,12}?(?:不计入|不计算|不算入?|不列入|扣除|"
    r"中止|停止计算|暂停计算|停止计时|暂停计时)"
    r"|(?:不计入|不计算在|不算入|不列入)[^。；\n]{0,10}?(?:期限|时限|时间|期间)"
    r"|(?:中止|暂停|停止)(?:计算|计时)"
)
CHINESE_RESTARTS = LazyPattern(
    r"重新(?:计算|起算|计时|开始计)|(?:从|自)[^。；\n]{1,30}(?:重新|另行)起算|都从[^。；]*起算"
)
CHINESE_FREE_DAYS = LazyPattern(r"当日|当天|首日|节假日|休息日|开始之日|第一日")
CHINESE_LIMIT_OF = LazyPattern(
    r"(?P<clause>第[一二三四五六七八九十百零]+条)(?:[^。；\n]{0,6})(?:期限|时限)"
)
CHINESE_TURNS = LazyPattern(r"[，,；;。：]|起|至|到")
CHINESE_REJECTS = LazyPattern(
    r"不(?:予|再)?(?:接受|受理|接收|接待|采用|处理|支持|允许)|不得|不能|不可以?|无效|谢绝|禁止"
)
CHINESE_BARS = LazyPattern(
    rf"(?:不得|无权|不能|不可以?)(?:提出|提起)?(?:{_KINDS})(?=[。；，,;\n]|$)|不具有[^，。；\n]{{0,6}}资格"
)
CHINESE_CONTRASTS = LazyPattern(r"[。！？!?；;\n]|，但是?|，而|，也可以|，可以")
CHINESE_APPROVAL = LazyPattern("批准|同意|审批|审定|核准")
CHINESE_APPROVES = (
    r"(?<![未非不])(?:经|报|须由|提请){role}(?:书面|审核|审查|研究)?(?:批准|同意|审批|审定|核准)"
)
CHINESE_DAYS = LazyPattern(r"(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])")
CHINESE_HOLIDAYS = LazyPattern(
    r"(?:节假日|假日|节日|休息日|双休日)[^，。；\n]{0,4}(?:除外|不(?:营业|上班|接待|办公|开放)|休息)"
    r"|(?:除|不含)[^，。；\n]{0,6}(?:节假日|假日|休息日)"
)
CHINESE_ASKED = {
    "plate": LazyPattern(r"车牌|车号|牌照|号牌"),
    "address": LazyPattern(r"地址|住址|住所|通讯处|通信处"),
}
CHINESE_LENGTHS_OF = {
    "retention": LazyPattern(r"保存|保管|存档|留存|保留|归档|存放"),
    "publication": LazyPattern(r"公布|公示|公开|发布|张贴|公告|报告"),
    "penalty": LazyPattern(r"罚|赔|补偿|支付|抵免|违约|处分|扣"),
}
