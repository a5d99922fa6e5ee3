"""The words of Chinese procedures."""

from site_src.check.words import chinese_details as details
from site_src.check.words.lexicon import Lexicon
from site_src.check.words.overlap import chinese_share
from site_src.lazy_patterns import LazyPattern

_NO_STOP = r"[^，,。；;：:\n（）()]"
_KINDS = "投诉|申诉|争议|异议|抱怨|意见|建议|举报|反馈|质疑|诉求|请求"
_HANDLES = "受理|处理|接待|负责|承接|接收|接受|办理|调查|答复|解决|管理|审理|复核|登记|出面|决定"

CHINESE_WORDS = Lexicon(
    share=chinese_share,
    sentence_end=LazyPattern(r"[。！？!?\n]"),
    part_end=LazyPattern(r"[。！？!?；;\n]"),
    segment_end=LazyPattern(r"[，,。！？!?；;：:\n]"),
    starts_before=LazyPattern(
        rf"(?:(?:自|从)(?P<since>{_NO_STOP}{{1,60}}?)(?<![提引发一掀唤])起(?![诉草因源])"
        rf"|(?P<day>{_NO_STOP}{{1,60}}?)(?:之日|之时|当日|当天|次日|届满)\s*(?:起|开始)"
        rf"|(?P<after>{_NO_STOP}{{1,60}}?)(?:之后|以后|(?<![然最今事落售前先背善])后)"
        r"(?=的?\s*(?:$|[，,]|在|于|应|须|必须|立即|即|及时|最迟|满|内|请|可|由|向|再))"
        rf"|(?P<got>(?:收到|接到|接获|收悉)(?:(?!之日|之时|起){_NO_STOP}){{0,40}}))"
    ),
    start_begins=LazyPattern(r"自|从|在|于|应当?|须|必须"),
    starts_after=LazyPattern(
        rf"[^，,。；;]{{0,6}}[（(，,]\s*(?:自|从)(?P<what>{_NO_STOP}{{1,60}}?)(?:之日|之时)?起"
    ),
    weak_start=LazyPattern(r"(?:的|时|之际|后|以后|之后)$"),
    negative=LazyPattern(r"不能|未|没有|无法|尚无|不了|不予"),
    events=(
        ("ruling", LazyPattern(r"裁定|裁决|判决")),
        ("report", LazyPattern(r"报告(?!给|其|所)")),
        (
            "answered_again",
            LazyPattern(r"(?:再次|第二次|二次|重新)(?:处理|答复|回复|复核|调查|核查|作出)"),
        ),
        (
            "dissatisfied",
            LazyPattern(
                r"不满|不服|(?<!接到)(?<!收到)有异议|仍有异议|疑义|不认同|不同意|不接受|不认可"
            ),
        ),
        (
            "appealed",
            LazyPattern(
                r"上诉|再申诉|复审|(?:复核|复议|复查|核查|再审)[的]?(?:申请|请求|要求|书)|"
                r"(?:申请|请求|要求|提请|提出)(?:内部)?(?:复核|复议|复查)"
            ),
        ),
        (
            "decision",
            LazyPattern(
                r"决定(?!受理|是否受理|不予受理)|通知|结论|答复|回复|结果|处理意见|告知书|决定书|处理方案"
            ),
        ),
        ("registered", LazyPattern(r"登记|立案|建档|编号")),
        ("forwarded", LazyPattern(r"转(?:送|交|来|办|给|呈|至|报)|移交|交办|移送|报送|分给|分派")),
        (
            "received",
            LazyPattern(rf"收到|接到|接获|收悉|提出|提交|受理|接收|来信|反映|申请|材料|{_KINDS}"),
        ),
    ),
    final=LazyPattern(r"(?!)"),
    asks=LazyPattern(r"申请|请求|要求"),
    got=LazyPattern(r"收到|接到|收悉|送达"),
    takes_in=LazyPattern(r"(?:受理|接收|收下)(?!的)[^，。；]{0,8}$(?<!的)"),
    decides=LazyPattern(r"决定|裁决|裁定"),
    accepted=LazyPattern(r"受理"),
    decides_to_accept=LazyPattern(
        r"(?:是否(?:予以|给予)?|决定(?:不予|不|予以)?|作出(?:不予)?)受理|受理(?:决定|通知|与否)"
    ),
    filers=LazyPattern(
        r"(?:投诉|申诉|提出|申请|异议|举报|质疑|上诉|反映|当事|起诉|信访|来访|来电|争议|复议)(?:人|方|者)"
        r"|客户|顾客|用户|租客|承租人|住户|商户|公众|游客|旅游者|参保人|员工|职工|学生|学员|家长|考生|患者|病人|家属|车主|业主|租户|居民|会员|球员|"
        r"供应商|投标人|消费者|旅客|乘客|读者|投资者|群众|市民|公民|您|你|本人|使用者|提供方|"
        r"受检单位|受审核方|获证|代理人|参与人|被处罚"
    ),
    staff=LazyPattern(
        r"本(?:公司|单位|中心|机构|院|局|所|校|会|部|厂|店|行|办|委|站|协会|医院|集团|馆|队|处)|我们|我(?:司|院|局|所|校|会|行|办|店|馆|处)"
        r"|公司|部门|办公室|委员会|工作人员|管理人员|专员|主管|主任|经理|负责人|受理人|处理人|承办人|经办人|"
        r"(?:受理|处理|承办|经办|接待|服务|销售|客服|认证|采购)(?:人员|部门|单位|机构|人|员)|客服|任何人"
    ),
    authorities=LazyPattern(
        r"(?:人民)?法院|仲裁(?:委员会|机构|庭)|监管(?:部门|机构|机关)|主管(?:部门|机关)|行政机关|公安(?:机关)?|"
        r"消费者协会|调解(?:中心|机构|委员会|组织)|财政部门|政府|工商|劳动部门|市场监管|监察机关|上级机关"
    ),
    respondents=LazyPattern(
        r"被(?:投诉|申诉|举报|质疑|反映|申请|诉)(?:的)?(?!事项|内容|问题|行为|情况|后|，)[\u4e00-\u9fff]{1,2}"
    ),
    objects=LazyPattern(
        r"(?:向|对|给|把|将|为|与|和|以|使|让|请|转|交|报|告知|通知|致|替|代|就|往|到|至|呈)\s*$"
    ),
    told=LazyPattern(
        r"(?:交给?|转给?|送交?|报告给?|上报|汇报|报|通知|告知|告诉|知会|抄送|提醒|联系)[^，。；\n]{0,2}$"
    ),
    agents=LazyPattern(r"由.{0,11}$"),
    filing=LazyPattern(
        r"提出(?!(?:处理|裁定|裁决|审查|初步|书面|解决|整改|调查)?(?:处理)?(?:意见|报告|方案|措施|办法))|提交|提起|申请(?!人)|"
        r"填写|填好|上诉|起诉|递交|投诉(?!人)|申诉(?!人)|反映|要求|请求|请(?!示|客)|补正|撤回|缴纳|领取|质疑"
    ),
    handling=LazyPattern(
        r"处理|答复|回复|受理|决定|调查|转|移交|登记|告知|通知|反馈|办结|审查|审核|裁决|裁定|作出|出具|解决|"
        r"公布|公示|联系|核实|拜访|执行|安排|组织|分给|发出|退还|调解|复核|交给|汇总|开展|回访|归档|完成"
    ),
    undergoes=LazyPattern(
        r"(?:将|会|应当?)?被(?:告知|通知)|(?:将|会|应当?)(?:得到|收到)(?:答复|通知|回复)"
    ),
    gets=LazyPattern(r"(?!)"),
    possesses=LazyPattern(r"的(?![，,])|投诉|申诉|满意度|电话|意见"),
    arrives=LazyPattern(r"应当?送达|须送达"),
    interrupted=LazyPattern(r"(?!)"),
    before=LazyPattern(r"^\s*(?:之前|以前|前(?!台|往|来|述))|提前\s*$|前\s*$"),
    anywhere_before=LazyPattern("前"),
    notice=LazyPattern(r"(?!)"),
    extends=LazyPattern(r"延长|展期|顺延|延期"),
    before_event=LazyPattern(r"(?P<event>.*?)\s*前?…"),
    adds=LazyPattern(r"(?<!不)再(?!次|投|申|向|提)"),
    least=LazyPattern(r"(?:不得?早于|不得?少于|不得?低于|至少|最少|(?<!不)满)[^，,。；;]{0,4}$"),
    earliest=LazyPattern(r"不得?早于[^，,。；;]{0,4}$"),
    waits=LazyPattern(
        r"^[^，,。；;]{0,8}?(?:(?:之|以)?后，?(?:方可|方能|方|才)|方可|方能|不得再|不得重新)"
    ),
    authority=details.CHINESE_AUTHORITY,
    consent=details.CHINESE_CONSENT,
    apart_from=details.CHINESE_APART_FROM,
    represents=details.CHINESE_REPRESENTS,
    at_most=details.CHINESE_AT_MOST,
    stops=details.CHINESE_STOPS,
    restarts=details.CHINESE_RESTARTS,
    free_days=details.CHINESE_FREE_DAYS,
    limit_of=details.CHINESE_LIMIT_OF,
    turns=details.CHINESE_TURNS,
    conditions=LazyPattern(
        r"的$|方面的|^由[^，。；]+(?:受理|处理|负责|承办|转来)的|^(?:如|若|如果|倘|凡|遇|对于|因|除|只要)"
        r"|^(?:必要|需要|特殊情况)(?:时|下|的时候)$"
    ),
    case=LazyPattern(
        r"的\s*(?:$|[，应在由须可最不])|^对?(?:其他|其它|其余|一般|特殊|重大|紧急|复杂|简单|疑难|普通)"
    ),
    absent=LazyPattern("不在|缺席|出差|请假|空缺|回避"),
    alternative=LazyPattern(r"或者?|以及|和"),
    joins=LazyPattern(r"(?:或者?|以及|并)[，,]$"),
    otherwise=LazyPattern("或者|否则"),
    examples=LazyPattern(r"^(?:尤其|例如|比如|特别是|包括|如果没有|除)"),
    generic="投诉人、申诉人、提出人、来访人、任何、反映问题、反映情况、来访、来电、来信、有意见、有建议、有问题、要投诉、要申诉、提出投诉、提出申诉、收到投诉、接到投诉、有异议的",
    kinds=LazyPattern("投诉|申诉|争议|异议|抱怨|建议|质疑|举报|意见反馈|复核"),
    hands_in=LazyPattern(
        r"书面(?!的?(?:委托|授权|同意|证明))[^。；\n]{0,16}(?:提交|交给|递交|寄)"
        r"|(?:提交|递交|填写|填好)[^。；，\n]{0,8}(?:书面(?!的?(?:委托|授权|同意|证明))|申请表|申请书)"
    ),
    determiners=LazyPattern(r"(?!)"),
    people_end=LazyPattern(r"[，,](?!以及|或者)|[。；;：:\n]"),
    people_listed=LazyPattern(r"、|，?以及|，?或者|及其|和|与|及|或"),
    modal=LazyPattern(r"可以|可|都|均|提出|应当|不服|不满|$"),
    people_begin=LazyPattern(r".*(?:[对就由给让]|是指|处理|了解|(?<!方)向)"),
    remedies=LazyPattern("仲裁|诉讼|起诉|调解|行政复议|复核|复议"),
    everybody=LazyPattern(r"任何|所有|一切"),
    persons=LazyPattern(
        r"人员|组织|个人|单位|机构|企业|部门|客户|顾客|用户|员工|职工|学生|家长|考生|患者|家属|车主|业主|租户|居民|会员|"
        r"租客|住户|商户|公众|游客|球员|球队|机关|协会|工会|方面|俱乐部|供应商|投标人|消费者|旅客|乘客|读者|投资者|申请人|代理人|监护人|亲属|继承人|人|者|方"
    ),
    channels={
        "telephone": LazyPattern(r"电话(?!回访)|热线|来电|致电|拨打"),
        "extension": LazyPattern(r"分机|内线|转\s*\d"),
        "email": LazyPattern(r"邮件|邮箱|电邮|[Ee]-?mail|@"),
        "letter": LazyPattern(r"信函|来信|写信|书信|信件|邮寄|寄信|寄送|寄至|寄到|寄往|挂号|快递"),
        "fax": LazyPattern(r"传真"),
        "in_person": LazyPattern(
            r"当面|面谈|来访|上门|现场|口头|面对面|前台|柜台|窗口|到访|亲自|面陈|接待室|"
            r"找[^，。；]{1,15}反映|(?<![收接达得])到[^，。；]{1,15}(?:反映|投诉|申诉|提出)"
        ),
        "box": LazyPattern(r"意见箱|信箱|投诉箱|举报箱|意见簿"),
        "web": LazyPattern(
            r"网站|网上|在线(?!客服)|线上|网络|平台|官网|网页|小程序|手机应用|手机端|系统|APP|App|客户端"
        ),
        "instant_messaging": LazyPattern(r"即时通讯|微信|QQ|钉钉|在线客服|短信|公众号"),
        "community": LazyPattern(r"社区|论坛|帖子|微博|公众号|社交媒体"),
        "writing": LazyPattern(r"书面|申请表|登记表|申请书|填写|写下|文字|材料"),
        "authority": LazyPattern(r"主管部门|机关|协会|监管|政府|上级|工商|部门[^，。；]{0,6}转"),
        "callback": LazyPattern(r"回访"),
    },
    outgoing=LazyPattern(
        r"(?:寄送|邮寄|寄|发送?|送达|电话通知|电话告知|当面告知|当面送达|书面通知|书面告知)(?:给|至)?"
        r"(?:投诉|申诉|申请|当事|举报|异议|质疑)人"
    ),
    refuses=LazyPattern(r"不受理|不接受|不予|不得|不能|不可|无效"),
    rejects=details.CHINESE_REJECTS,
    bars=details.CHINESE_BARS,
    contrasts=details.CHINESE_CONTRASTS,
    passed_on=LazyPattern(
        r"(?:主管部门|监管部门|机关|协会|政府|委员会|工商部门)[^，。；\n]{0,8}转(?:来|交|送|办|达)|经由?[^，。；\n]{0,8}(?:主管部门|机关|政府)"
    ),
    addressed=LazyPattern(
        r"(?:找|向)(?P<whom>[^，,。；;\n]{2,40}?)(?:反映|申诉|投诉|提出|陈述|说明)"
    ),
    goes_to=LazyPattern(
        r"向(?P<body>[^，,。；;\n]{2,40}?)(?=，|,|上诉|申请|申诉|投诉|提起|提出|反映|提请|举报|起诉|$|。)"
    ),
    takes=r"由(?:[^，。；\n]{0,8})?{role}[^，。；\n]{0,14}?"
    r"(?:受理|处理|接待|负责|承接|接收|接受|办理|审理|决定|最终确定|出面)(?!的)"
    r"|(?:交给?|提交|联系|找|投递至?|送交?)[^，。；\n]{0,10}?{role}"
    r"(?![^，。；\n]{0,6}(?:了解|查询|咨询|询问|索取|领取|获取|预约))"
    r"|(?:转给?|报告|请示|报)[^，。；\n]{0,8}{role}[^，。；\n]{0,12}(?:受理|处理|商量)|{role}[^，。；\n]{0,4}出面|"
    r"转给?[^，。；\n]{0,8}{role}，由其[^，。；\n]{0,14}(?:受理|处理|答复)",
    receives=r"{role}(?:从[^，。；\n]{1,40})?(?:收到|接到|接听|接收|受理|接待|承接|必须建立)(?!的)",
    taken_up=LazyPattern(
        r"(?:受理|处理|接待|承接|接收|接受|办理|调查|答复|回复|解决|审理|登记)(?!的?(?:经费|费用|结果|情况|档案|资料|办法|流程|制度|数据|信息))"
    ),
    other_duties=LazyPattern(
        r"解释|修订|修改|修正|制定|制订|起草|废止|发布|印发|宣传|培训|教育|经费|费用|预算|监督|检查|考核|评价|"
        r"归档|保管|保存|存档|统计|汇总|分析|公布|公示|公开|维护|建设|实施|执行|落实|组织协调|翻译|印制"
    ),
    appoints=LazyPattern(
        r"指定|指派|另派|委派|选派|派员|派人|派出|抽调|责成|授权|委托|任命|推举|另行安排|安排[^，。；]{0,6}(?:人|部门)|"
        r"批准|审批|同意|核准|牵头组织|组织(?:成立|有关|相关|人员)"
    ),
    other_before="(?<!副)",
    other_body=r"(?:办公|联席|专题|例)?会议?(?=负责|审|研究|讨论|决定|同意|批准|作出|通报|报告|[，。；、]|$)"
    r"|办公会|联席会|例会|委员会|办公室|助理|秘书|信箱|热线|接待日|代表",
    generic_filer=LazyPattern(
        r"(?:投诉|申诉|争议|异议|质疑|举报|提出|当事|起诉|上诉|申请|对方|反映|提起|复议|诉求)(?:人|方|者)$|^人$|^者$|^方$|本(?:机构|公司|单位)"
    ),
    whatever=LazyPattern(r"不论|无论|不管"),
    speaks_of_filing=LazyPattern(
        rf"(?:可以|可|应当|应|须|请|能|有权|通过|以|用|经由|打|发|写|拨|向|在|到)"
        rf"[^。；\n]{{0,40}}(?:提出|投诉|申诉|反映|质疑|联系|告诉|提交|上诉|举报|受理)|"
        rf"(?:{_KINDS})[^。；\n]{{0,12}}(?:渠道|方式|途径|电话|热线|邮箱|信箱|地址)|来访|来电"
    ),
    formalities={
        "written": LazyPattern(r"书面|写下|写成|申请书|申诉书|文字材料|填写|填好|申请表"),
        "signed": LazyPattern(r"签字|签名|签署|盖章|署名"),
        "real_name": LazyPattern(r"真实姓名|实名|署名|真名"),
        "anonymous_allowed": LazyPattern(r"匿名|不署名|不具名|不留姓名|不愿透露姓名"),
        "evidence": LazyPattern(r"证据|证明|凭证|依据|材料|票据|佐证"),
    },
    demands={
        "written": LazyPattern(
            r"(?:应当?|须|必须|都要|要|以|用|采用|采取)[^，。；]{0,12}书面(?:形式|方式|材料)?"
            r"(?!委托|授权|同意|通知|答复|告知|告诉|回复|文件|意见|记录|决定|说明理由)"
        ),
        "signed": LazyPattern(
            r"(?:提出人|投诉人|申诉人|申请人|法定代表人|本人|当事人)[^，。；]{0,6}(?:签字|签名|签署)|(?:签字|签名)并?(?:提交|递交|提出)"
        ),
        "real_name": LazyPattern(r"真实姓名|实名|真名"),
        "anonymous_allowed": LazyPattern(
            r"(?<!不)(?:可以|可|允许|接受|受理)[^，。；]{0,6}(?:匿名|不留姓名)"
            r"|匿名[^，。；]{0,12}(?:也|可以|同样|一并)(?![^，。；]{0,2}不)"
            r"|(?<!禁止)(?<!不得)(?<!不能)(?<!不对)(?<!不可)(?<!可以)(?<!接受)(?<!受理)(?<!允许)匿名"
            r"(?:(?!实名|署名)[^。\n]){0,60}?(?<!不)(?<!不予)(?<!不再)(?<!不能)(?<!不作)(?<!不得)(?<!未)(?<!无法)(?<!不进行)"
            r"(?:受理(?!范围|条件)|登记(?!备查|姓名|真实)|核查|核实|调查|处理|办理(?!依据))"
        ),
        "evidence": LazyPattern(
            r"(?:提供|附|提交|附上|随附)[^，。；]{0,12}(?:证据|证明材料|凭证|佐证)"
        ),
    },
    waives=LazyPattern(
        r"(?:不需要?|不须|不要求|不强制|不必|不用|无需|无须|毋须|毋需|免于|免予)[^，。；]{0,8}$"
    ),
    reviews=LazyPattern(
        r"(?:不服|不满意|异议|疑义|不同意|不认可|不接受)[^。\n]{0,40}?"
        r"(?:(?:可以|可|有权|请|应当?|要|得)[^。\n]{0,30}?(?:复核|复议|复查|上诉|调解|仲裁|诉讼|起诉|法院|提请|申请|告知|再次|"
        r"向[^。\n]{1,30}(?:申诉|投诉|反映|提出))|再次处理|再次答复)"
        r"|(?:可以|可|有权)(?:直接)?(?:向|申请|提请|提起|依法)[^。；\n]{0,40}(?:复核|复议|复查|仲裁|诉讼|上诉|起诉|调解)"
        r"|(?:可以|可|有权)[^。；\n]{0,12}向[^。；\n]{0,30}(?:法院|监管|主管部门|主管机关|仲裁|协会)[^。；\n]{0,10}(?:投诉|"
        r"反映|申诉|申请|举报)"
    ),
    any_time=LazyPattern(
        r"随时|任何时[候间]|任何阶段|不以[^。；\n]{0,16}为(?:前提|条件|前置)|(?:无需|无须|不必|不需要?)先|"
        r"也可以?直接|有权直接"
    ),
    always=LazyPattern(
        r"随时|任何时[候间]|任何阶段|不以[^。；\n]{0,16}为(?:前提|条件|前置)|(?:无需|无须|不必|不需要?)先"
    ),
    outside=LazyPattern(
        r"法院|仲裁委|监管|监督管理|财政局|主管部门|主管机关|公安|消费者协会|人民政府|财政部|联合国|国家|全国|上级|市场监督|卫生健康|消协|检察|信访局|工商"
    ),
    handles=rf"(?:由|交给?|转给?|报|报告|提交|送|找|向|请示|联系|是|：|:)[^，。；]{{0,16}}{{role}}"
    rf"|{{role}}[^，。；]{{0,40}}(?:{_HANDLES}|建立|收到|接到|接听|记录)",
    approval=details.CHINESE_APPROVAL,
    approves=details.CHINESE_APPROVES,
    days=details.CHINESE_DAYS,
    holidays=details.CHINESE_HOLIDAYS,
    asked=details.CHINESE_ASKED,
    lengths_of=details.CHINESE_LENGTHS_OF,
    listed=LazyPattern(r"、|或者|以及|及其|和|与|及|或|，|；|;|\n|-"),
    defines=r"(?:^|[。；\n]|所称的?|本\S{2,4}所称)\s*(?:“|\")?{kind}(?:”|\")?\s*(?:：|:|，?是指|，?指的?是|，指|系指)",
)
