"""The words of Chinese procedures that proposals look for."""

import re

from site_src.lazy_patterns import LazyPattern
from site_src.proposing.words import chinese_subjects as subjects
from site_src.proposing.words.proposal_words import ProposalWords

_KIND = subjects.CHINESE_KINDS
_UNIT = (
    r"办公室|委员会|工作组|专项组|调查组|小组|专班|董事会|监事会|理事会|工会|总台|前台|服务台|中心|"
    r"部门|客服|医务科|教务处|学生处|门诊部|[^的]分公司|(?<![开内全外本一大])部|科|"
    r"(?<=[务监生育研财保后宣德])处|"
    r"(?<![教病课居])室|会议|律师事务所|机构|学会|协会|(?<=[检导测验研调])组|(?<=[分支])行"
)
_PERSON = (
    r"(?<=[岗部科室处心组])(?:工作)?人员|"
    r"总经理|副经理|经理|主管领导|领导|主管|主任|负责人|专员|院长|校长|园长|馆长|店长|站长|所长|"
    r"处长|科长|部长|"
    r"班主任|教练|辅导员|合伙人|助理|副总|总监|总裁|秘书|代表|接待员|管理员|监督员|内审员|委员|"
    r"销售员|操作员|"
    r"(?:工作|管理|受理|处理|接待|承办|经办|行政|服务|客服|值班|调查)人员|(?:受理|处理|承办|"
    r"经办|接收|解释|复核|责任|主持)人|"
    r"(?:值班|接线|话务|协调|联络|网格|调解|督导|巡查|质检|安全|信访|审核|登记|记录|复核|调度|保安)员|管家|店员|"
    r"员工|成员|岗|护士长|医师|医生|护士|教师|老师|专家"
)
_NO_NAME = (
    r"坚持|配合|谁|但|等待|需要|结合|持有|除了?|由|经(?!理|办|营|济)|报告|汇报|告(?!示)|呈|向|将|把|对|自|收到|接到|接获|提出|可以|"
    r"应(?!急)|须|必须|及时|立即|首先|"
    r"先|再|并|没|无|未|属于|涉及|如|按|根据|为|与|和|在|从|以|每|给|交(?!通|易)|转|送|报|是|"
    r"有权|不|，|(?<![售善])后(?!勤|台)|"
    r"时(?!尚)|请|可|就|或|及|通知|联系|召集|召开|组成|其|哪|让|使(?!用)|安排|责成|指定|委托|"
    r"打电话|填|协助|认为|因|若|该|"
    rf"(?:{_KIND})(?!受理|处理|管理|接待|审理|专员|委员会|中心|办|部|科|组|小组|人员)"
)
_WORD = rf"(?:[A-Z]{{2,5}} ?)?(?:(?!{_NO_NAME})[\u4e00-\u9fffA-Z（）]){{0,11}}?"
_WHOEVER = (
    r"任何员工|被投诉(?:人所在)?的?(?:部门|科室|门店|单位)(?:的?(?:负责人|主管|经理))?"
    r"|(?:接到|收到)[^，。；\n]{2,4}的(?:人员|部门)"
)
_NAME = rf"(?P<name>(?:{_WHOEVER})|{_WORD}(?:{_UNIT}|{_PERSON}))"
_FOLLOWS = (
    r"(?!的(?!，|投诉|申诉)|长|员|人员|人(?!事|力)|门(?!禁)|级|署|位|下|内(?!应|须|部|审)|规定|"
    r"制度|主管|主任|经理|代表|助理|领导|成员|"
    r"总|以上|之间|分(?!类|析|别|派|给|发)|件|品|类|队|办公|会议|主要|相关|各|岗|服务|委员|"
    r"组(?!织|成)|小组|部|中心|处(?!理|置)|科|室|会(?!同|议)|机构|指定的|所在|专员|负责人|副|"
    r"工作人员|电话|热线|邮箱|信箱|网站|(?:接待|办公|服务|工作|营业)时间|"
    r"（(?!以下))"
)
_LEADS = (
    r"由|汇报给?|报告给?|转呈|呈报|呈|报请?|经|向|交给?|转给?|转交|转送|转至|送交?|提交给?|提交|"
    r"移交给?|通知|告知|告诉|请示|抄送|"
    r"责成|召集|和|与|(?<!涉)及|以及|联系|安排|召开|组成|"
    r"或者?|、|会同|其中|后|时|则|再|也|应当|必须|委托|交由|协助|知会"
)

CHINESE_PROPOSALS = ProposalWords(
    kind_ids={
        "申诉": "appeal",
        "投诉": "complaint",
        "争议": "dispute",
        "异议": "objection",
        "质疑": "objection",
        "抱怨": "grievance",
        "意见和建议": "suggestion",
        "建议": "suggestion",
        "意见反馈": "feedback",
        "举报": "complaint",
        "诉求": "request",
    },
    definition=LazyPattern(
        rf"(?:^|[。；\n]|所称的?|本\S{{2,4}}所称)\s*[“\"]?(?P<name>{_KIND})[”\"]?\s*"
        r"(?:：|:|，?是指|，?指的?是|，指|系指)(?P<says>[^。\n]{4,})"
    ),
    roles=LazyPattern(rf"(?:(?<=[，。；：:、\n）的])|^|(?:{_LEADS})){_NAME}{_FOLLOWS}"),
    plain_role=LazyPattern(r"(?<=[部科岗室处])(?:工作)?人员$|(?<=中心)(?:工作)?人员$|（[^）]*$"),
    no_step=LazyPattern(
        r"制定本|本(?:办法|细则|规定|制度|规程|程序|规则|流程|条例)(?:[^，。；]{0,6})由[^，。；]{2,16}(?:负责|归口)?(?:解释|修订|归口管理)|"
        r"由[^，。；]{2,16}负责解释|"
        r"由五?[一二三四五六七八九十\d]+[名位人]"
    ),
    turns_to=LazyPattern(r"(?:当面|书面|口头)?(?:或者书面)?(?:反映|提出|投诉|申诉|申请|说明)"),
    relative=LazyPattern(
        r"(?:转来|转交|移送|移交|送来|交来|交办|指定|受理|作出|提出|制定|报来|处理|登记|认为|组织|收到|接到|负责|批准|出具)"
        r"的(?!，?(?:应|须|必|要))"
    ),
    no_actor=LazyPattern(r"(?:是|作为)[^，。；]{0,14}的$|其中$"),
    organ=LazyPattern(r"(?:委员会|领导小组|工作组|调查组|小组|办公室|专班|评审组)$"),
    bare_organ=r"(?:^|[，。；：\n由经向])(?:该)?{noun}(?!会|主任|成员|秘书|负责人)",
    ourselves=LazyPattern(
        r"本(?:机构|公司|单位|中心|院|局|所|校|会|厂|店|行|站|协会|医院|集团|馆|园|平台|实验室)|"
        r"我们"
    ),
    known_as=LazyPattern(
        r"(?P<name>[\u4e00-\u9fffA-Za-z0-9 ]{2,30}?)（以下(?:简)?称[：:]?[“\"「]?(?:本|"
        r"我)?[^）]{1,8}）"
    ),
    no_role=LazyPattern(
        r"(?:有关|各|所有|该|此|其他|其它|上述|相应|多|每个?|一个|另外?)?(?:部门|机构|人员|组织|"
        r"员工|代表|成员|处|会议|领导|部|室|科|中心|组|岗|协会|助理|专家|专员|有关)$|.*工商部门|"
        r"行政主管|"
        r"(?:责任|职能)部门|(?:第一)?责任人|本(?:机构|公司|单位|中心|院|局|所|校|会|厂|店|行|站|"
        r"协会|医院|集团|馆|园|平台|实验室)"
        r"|.*(?:投诉|申诉|举报|申请|提出|当事|被[^，]{1,6})人$|工作人员|到.*|内部.*|这些.*|任何部门|"
        r"(?:全体|本[\u4e00-\u9fff]{1,3}的?)(?:工作)?人员|.*法院|.*仲裁|.*监管|.*消费者|"
        r".*行政机关|.*公安|.*司法|.*政府|(?:劳动|人事|劳动争议)?仲裁(?:机构|委员会|组织|部门)|"
        r".*主管(?:部门|机关)$|.*上级部门$|.*律师协会$|.*调解(?:中心|委员会|组织)|.*鉴定(?:机构)?|"
        r"(?:被|受)(?!投诉(?:人所在)?的?(?:部门|科室|门店|单位)).*"
    ),
    acts=(
        ("follow_up", LazyPattern(r"回访|是否满意|满意度")),
        ("publish", LazyPattern(r"公布|公示|公开|发布")),
        ("analyse", LazyPattern(r"分析|统计|汇总|整理|报告(?=。|$)")),
        ("prevent", LazyPattern(r"预防")),
        ("correct", LazyPattern(r"纠正|整改|改进")),
        ("track", LazyPattern(r"跟踪|追踪|监督|督促|督办")),
        ("file", LazyPattern(r"归档|存档|建档|档案|立卷|保管|保存|保留")),
        ("approve", LazyPattern(r"批准|审批|审定|核准|同意")),
        ("acknowledge", LazyPattern(r"确认(?:已经)?收到|受理通知|回执")),
        ("accept", LazyPattern(r"是否受理|决定受理|不予受理|审查")),
        ("register", LazyPattern(r"登记|记录|填写|补填|填入|记下|编号|台账")),
        ("receive", LazyPattern(r"受理|承接|接待|接收|接听|收下|接到|接受")),
        ("classify", LazyPattern(r"分类|分级|判断|定级|看")),
        ("assign", LazyPattern(r"转(?:给|交|送|呈|办|来)|交给|移交|分给|分派|交办|转")),
        ("investigate", LazyPattern(r"调查|核实|查明|取证|核查|了解")),
        ("validate", LazyPattern(r"验证|确认")),
        ("progress", LazyPattern(r"进度|进展|延长的理由|延期")),
        ("decide", LazyPattern(r"决定|裁定|裁决|仲裁|结论|处理意见|意见|评判|方案")),
        ("answer", LazyPattern(r"答复|回复|反馈|告知|告诉|解释|解答|说明")),
        ("notify", LazyPattern(r"通知|书面")),
        ("carry_out", LazyPattern(r"处理|解决|执行|落实|办理|采取|返修|组织|出面|考核|制定")),
    ),
    topics=(
        ("no_retaliation", LazyPattern(r"报复|刁难|不利(?:对待|后果)")),
        ("no_discrimination", LazyPattern(r"歧视|差别对待|任何语言|无障碍")),
        ("recusal", LazyPattern(r"回避|利害关系|不得参与|不参与处理|不能是投诉所涉")),
        ("confidentiality", LazyPattern(r"保密|不得(?:向[^。；]*)?(?:透露|泄露)|隐私")),
        ("read_back", LazyPattern(r"复述|念给|读给|核对无误")),
        ("cost", LazyPattern(r"不收(?:取)?[^，。；]{0,4}费|免费|费用[^。；]{0,12}(?:承担|负担)")),
        ("on_duty", LazyPattern(r"值班|专人受理|有人接听|专人接")),
        ("appraisal", LazyPattern(r"绩效|考核|奖惩|评优")),
        ("truthfulness", LazyPattern(r"如实|真实性|诬告|虚假|捏造|属实负责")),
        ("cooperation", LazyPattern(r"配合|协助")),
        ("publication", LazyPattern(r"公布|公示|公开|张贴")),
        ("follow_up", LazyPattern(r"回访|满意度|是否满意|征求[^。；]*意见")),
        ("analysis", LazyPattern(r"分析|统计")),
        ("improvement", LazyPattern(r"改进|整改|纠正措施|预防措施|补救|改善|不断进步")),
        ("progress", LazyPattern(r"进度|进展(?!情况报)|告知[^，。；]{0,8}安排|多长时间")),
        ("remedy", LazyPattern(r"赔偿|补偿|道歉|返修|退还|挽回|减免")),
        ("record", LazyPattern(r"记录|记下|登记|归档|存档|保存|立卷|台账")),
        ("notification", LazyPattern(r"通知|告知|告诉|书面答复|答复(?:应当|原则上)|通报")),
        (
            "conduct",
            LazyPattern(
                r"礼貌|耐心|争吵|争辩|态度|情绪|热情|安抚|用心|语气|倾听|感谢|真诚|平静|迁就|怨气|委婉|心平气和|辱骂|推诿"
            ),
        ),
        ("obligation", LazyPattern(r"(?:投诉|申诉|申请|举报|提出)人(?:应当?|须|必须|不得)")),
        (
            "principle",
            LazyPattern(
                r"原则|公正|客观|公平|及时|不得拖延|不得推诿|尽量|一视同仁|合法|高效|实事求是|"
                r"首(?:接|问)|不得(?:延误|敷衍)|从其约定|终止|认真|换位思考|不予受理|"
                r"按(?:照)?[^，。；]{2,12}(?:程序|流程)(?:处理|办理)$"
            ),
        ),
    ),
    keeps_records=LazyPattern(r"归档|存档|立卷|保存|档案|记下|姓名"),
    scope=LazyPattern(r"适用|范围|按(?:照)?本(?:办法|程序|规定|规程|制度|规则|流程|细则)|定义"),
    staff=LazyPattern(r"员工|职工|教职工|雇员"),
    window=LazyPattern(rf"(?:{_KIND}|提出)(?:的)?(?:受理|提出|时间)?(?:期限|时限|时效|有效期)"),
    files=LazyPattern(
        rf"(?:(?<![认许])可(?:以)?|均可|有权|向[^，。；]{{2,24}}|"
        rf"以[^，。；]{{1,10}})[^。；\n]{{0,24}}?(?:{_KIND}|提出|反映)"
        rf"|提出(?:{_KIND})|(?:{_KIND})的，|对[^。；\n]{{2,60}}(?:不满|异议|意见)"
    ),
    who=LazyPattern(
        rf"(?:^|[。；，\n：])\s*(?P<who>[^。；：\n]{{1,60}}?)(?:，?(?:都|均|"
        rf"也)?(?:(?<![认许])可(?:以)?|有权|能)[^。；\n]{{0,40}}?(?:{_KIND}|反映|提出)"
        rf"|提出的(?:{_KIND})|(?:向[^，。；\n]{{2,30}})?提出(?:{_KIND})|(?:对|"
        rf"就)[^。；\n]{{2,60}}?(?:不满|有(?:异议|疑义|意见)))"
        r"|适用于(?P<scope>[^，。；\n]{2,40}?)(?=，|。|的(?:投诉|申诉|意见|争议))"
    ),
    who_begins=LazyPattern(r"^[^，。；\n]{0,16}适用于"),
    no_filer=LazyPattern(r"(?!)"),
    defined_person=LazyPattern(
        r"本(?:办法|细则|规定|制度|规程|程序|规则|流程|条例)所称(?:的)?[“\"]?(?P<who>[\u4e00-\u9fff]{2,8}?)[”\"]?，?是?指"
        r"(?![^，。；]{0,12}(?:行为|活动|事项|请求|意见|不满))"
    ),
    threshold=LazyPattern(
        r"(?:(?<!不)超过|(?<!不)满|不足|达到?|逾期|少于|多于|以上)\s*(?:了)?\s*$"
    ),
    over=LazyPattern(
        r"^\s*(?:(?:以?内)?[^，。；]{0,6}[两二三四五六七八九十多\d]次|以上|以下|不等|未满|后仍)"
    ),
    kept=LazyPattern(r"保存|保管|留存|存档期|保存期|保管期|存期|保留"),
    kind_of_thing=LazyPattern(
        r"(?!内|以内|之内|后|前|起|至|到|不|应|须|必|可|要|的|时|为|完|给|予|作|向|提|办|答|报|联|告|通|回|"
        r"处|登|转|派|受|调|反|有|值|接|开|轮)[\u4e00-\u9fff]{2,8}(?:馆|店|机|门诊|药房|服务|营业|网点|柜台)"
    ),
    own_time=LazyPattern(r"(?:全天|有人接听|开通|值守|值班|热线|客服|服务)"),
    address=LazyPattern(
        r"(?:寄(?:送)?(?:信函)?(?:至|到|往)|信函至|地址(?:是|为|在)?[：:]?\s*|通讯地址[：:]?\s*|"
        r"邮寄地址[：:]?\s*|来信请?寄(?:至|到|往)?[：:]?)\s*"
        r"(?P<value>[^，。；;、\n（）]{4,60})"
    ),
    web=LazyPattern(
        r"(?P<value>(?:https?://)?(?:[a-z0-9-]+\.)+(?:com|cn|org|net|edu|gov|"
        r"io)(?:\.[a-z]{2})?(?:/[\w./-]*)?)",
        re.IGNORECASE,
    ),
    hours=LazyPattern(
        r"(?P<value>(?:(?:每个?[\u4e00-\u9fff]{1,3}日|工作日|周[一二三四五六日末]|"
        r"星期[一二三四五六日]|每[天日周]|法定|节假日|上午|下午|营业时间|"
        r"上班时间)[^，。；\n]{0,6})?"
        r"(?:\d{1,2}[:：]\d{2}|\d{1,2}\s*[点时])\s*(?:至|到|-|—|~|－)+\s*(?:次日|"
        r"下午)?\s*(?:\d{1,2}[:：]\d{2}|\d{1,2}\s*[点时])"
        r"(?:[，、；和]\s*(?:周|星期|工作日|上午|下午|节假日|夏|冬|"
        r"(?=\d))[^，。；\n]{0,6}\d{1,2}[:：点时]\d{0,2}\s*(?:至|到|-|"
        r"—)+\s*\d{1,2}[:：点时]?\d{0,2})*"
        r"|24\s*小时(?!内)|全天候|营业时间(?!内|为))"
    ),
    hours_head=LazyPattern("时间"),
    place_head=LazyPattern(r"地址|地点|位置|号码|方式|网址|联系"),
    level=subjects.CHINESE_LEVEL,
    level_of_list=subjects.CHINESE_LEVEL_OF_LIST,
    level_list=subjects.CHINESE_LEVEL_LIST,
    level_item=subjects.CHINESE_LEVEL_ITEM,
    level_names=subjects.CHINESE_LEVEL_NAMES,
    level_name=subjects.CHINESE_LEVEL_NAME,
    bare_level=subjects.CHINESE_BARE_LEVEL,
    defines_level=subjects.CHINESE_DEFINES_LEVEL,
    heading=subjects.CHINESE_HEADING,
    no_heading=subjects.CHINESE_NO_HEADING,
    of_kind=subjects.CHINESE_OF_KIND,
    about=subjects.CHINESE_ABOUT,
    examples_fringe=subjects.CHINESE_EXAMPLES_FRINGE,
    does=subjects.CHINESE_DOES,
    defined_about=subjects.CHINESE_DEFINED_ABOUT,
    item=LazyPattern(
        r"^\s*(?:[-*•·]|[（(]?[a-z0-9一二三四五六七八九十]+[)）.、]|"
        r"[①-⑳])\s*(?P<item>.+?)[；;。，]?\s*$",
        re.MULTILINE,
    ),
    in_charge=(
        r"{role}(?:是|为|作为)[^，。；\n]{0,16}(?:归口|主管|受理|管理|受理和处理)(?:管理)?(?:部门|机构|单位)"
        r"|{role}(?:统一|集中|具体|归口)[^，。；\n]{0,4}(?:受理|接收|负责|管理)"
    ),
    takes_filings=LazyPattern(
        rf"{_KIND}|出面|处理|材料|意见|问题|来访|来电|来信|事项|复核|申请|的，|由"
    ),
    subject=LazyPattern(
        rf"(?P<of>[^，。；]{{2,30}}?)的?(?:(?:{_KIND})(?:申请)?|复核|复议|申请)?$(?<=[诉议复核请])"
    ),
    free=LazyPattern(
        r"(?:不|免|不得|不予)收(?:取)?(?:任何)?(?:费|费用)|免费|不收费|费用[^。；]{0,12}(?:承担|"
        r"负担)|(?:收取|缴纳|交纳)[^。；]{0,16}(?:费|元)"
    ),
    body=LazyPattern(
        r"(?:向|提请|申请|请求|请|提交|交由?|告知|由|去|(?<![收达接得])到|至)(?:下列机构之一|依法|"
        r"当地的?)?(?P<body>[^，,。；;：:\n]{2,34}?)"
        r"(?=再次|申请|提出|提起|上诉|申诉(?!处理|委员)|投诉(?!处理|管理|中心)|反映|起诉|举报|"
        r"(?:复核|复议|复查|调解|仲裁)(?!中心|委员会|机构|组织|部门|小组|专家|人)|处理(?!部门|"
        r"中心)|裁决|寻求|求助|，|。|；|$)"
    ),
    hotline=LazyPattern(r"拨打\s*\d{5,6}(?P<name>[\u4e00-\u9fff]{2,14}(?:热线|专线))"),
    trims=LazyPattern(r"^[\s，,、：:；;内之前后日起应当须必要将由]+|[\s，,、；;。的]+$"),
)
