"""The words of Chinese procedures for what filings are about, and how they are graded."""

import re

from site_src.lazy_patterns import LazyPattern

CHINESE_KINDS = "投诉|申诉|争议|异议|抱怨|举报|质疑|意见反馈|意见和建议|建议|诉求|上诉"

_GRADE = "特别重大|特别复杂|重大|严重|紧急|一般|轻微|简单|复杂|普通|疑难|较大|特急|应急"
_OF = rf"(?:{CHINESE_KINDS}|问题|事项|案件|纠纷|工单)"
_LEVEL = (
    rf"(?:第?[一二三四五六]级{_OF}?|[A-EＡ-Ｅ][级类]{_OF}?|[红橙黄蓝]色{_OF}?|(?:{_GRADE}){_OF}?)"
)

CHINESE_LEVEL = LazyPattern(
    r"(?<!分为)(?<!分成)(?P<name>(?:第?[一二三四五六]级|(?<!特别)(?:重大|严重|紧急|一般|轻微|简单|复杂|普通|疑难))"
    r"(?:投诉|申诉|争议|异议|抱怨|举报|质疑|意见反馈|意见和建议|建议|诉求|上诉|问题|事项)?)"
    r"(?:[，,：:（]|是指|，是指|，指|的(?:，|投诉|申诉)|$)",
    re.MULTILINE,
)
CHINESE_LEVEL_OF_LIST = LazyPattern(
    rf"(?:下列|以下|如下)(?:情形|情况|条件)(?:之一)?(?:的|者)?，?(?:应当?)?(?:属于|属|为|是|认定为|列为|视为|按)"
    rf"(?P<name>{_LEVEL})"
)
CHINESE_LEVEL_LIST = LazyPattern(
    r"分为?[^。；，\n]{0,4}(?:[一二三四五六\d]个?)?[级类档](?:别|次)?[：:]?\s*$|分级[：:]"
)
CHINESE_LEVEL_ITEM = LazyPattern(rf"(?P<name>{_LEVEL})(?=[：:，,（是指])")
CHINESE_LEVEL_NAMES = LazyPattern(
    rf"(?:分为|划分为|分成)(?P<names>{_LEVEL}(?:(?:、|和|与|以及|及){_LEVEL})+)"
)
CHINESE_LEVEL_NAME = LazyPattern(_LEVEL)
CHINESE_BARE_LEVEL = LazyPattern(_GRADE)
CHINESE_DEFINES_LEVEL = LazyPattern(r"(?:下列|以下)情[形况]|属于|是指|分为|：|:")

CHINESE_HEADING = LazyPattern(
    rf"(?:下列|以下|如下)[^。；\n]{{0,30}}(?:可以|均可|都可以|有权)[^。；\n]{{0,12}}(?:{CHINESE_KINDS})"
    rf"|(?:可以|均可|有权)(?:就|对)(?:下列|以下)|(?:{CHINESE_KINDS})(?:的)?(?:范围|类型|类别|分类)"
    r"|分为[^。；\n]{1,6}类"
    rf"|(?<!不予)(?<!不)(?:受理|接受|适用|包括|涉及)[^。；\n]{{0,16}}(?:下列|以下|如下)[^。；\n]{{0,8}}[：:]?$"
    rf"|(?:下列|以下|如下)(?:事项|情形|情况|问题|行为|内容)[^。；\n]{{0,6}}(?<!不)(?:适用|按(?:照)?本|属于(?:本|受理))"
    rf"|(?:对|就)(?:下列|以下)[^。；\n]{{0,24}}(?:不服|不满|意见|异议|疑义|争议)"
)
CHINESE_NO_HEADING = LazyPattern(
    r"写明|载明|说明(?!理由)|注明|提供|提交|提出(?:的?材料|方式)|材料|方式|途径|渠道|不予受理|不受理|不属于|不适用|除外|"
    r"人员|步骤|程序办|要求(?:是|如)|措施|原则|级[别：:]|作出(?:下列|以下|如下)|处理：|答复|告知|职责|权利|义务|负责"
)
CHINESE_OF_KIND = LazyPattern(
    rf"^(?:对|就|因|不服|对于)?(?P<about>.{{2,60}}?)(?:不服|不满意?|有异议|有意见)?的，?(?:提出的?)?"
    rf"(?P<kind>{CHINESE_KINDS}|复核申请|复议申请|意见)$"
)
CHINESE_ABOUT = (
    LazyPattern(
        rf"(?:与|和|同)(?P<about>[^，。；\n]{{2,20}}?)有关的(?:{CHINESE_KINDS})(?:，(?:例如|比如|尤其是|特别是|包括|如)"
        rf"(?P<items>[^。；\n]{{2,80}}?))?(?=，由|，?(?:报|转|交))"
    ),
    LazyPattern(
        rf"(?P<about>[^，。；\n]{{2,16}}?)[中方面]的(?:[一二三]级|{_GRADE})?的?(?:{CHINESE_KINDS})，"
        rf"(?:例如|比如|尤其是|特别是|包括|如)(?P<items>[^。；\n]{{2,90}}?)(?=，由)"
    ),
    LazyPattern(r"(?:^|[。；\n])\s*投诉(?P<about>[^，。；\n由]{2,24}?)的，由"),
    LazyPattern(
        r"(?:^|[。；\n])\s*(?:[-*•·]\s*)?(?P<about>[^，。；\n]{2,16}?)方面的(?:投诉|申诉|问题|意见)?，由"
    ),
)
CHINESE_EXAMPLES_FRINGE = LazyPattern(
    r"^(?:客户在现场|读者|用户)?(?:就|属于|需要)?|(?:等|等方面|的|等提出的|提出的|的情况)+$"
)
CHINESE_DOES = LazyPattern(
    r"(?:由|[\u4e00-\u9fff]{1,8}(?:人员|部门?|负责人|主管|经理|员))[^，。；的]{0,8}"
    r"(?:填写|登记|记录|转|交|保留|核实|处理|调查|答复|告知|通知|受理|办理|审核|审批|报告)"
)
CHINESE_DEFINED_ABOUT = LazyPattern(
    r"(?:[，、]|或者|以及)\s*对(?P<about>[^，。；、\n]{2,24})(?=[，、；。]|$)"
)
