"""Every message of the rules on meaning, once: what is wrong, and what to write.

The words in braces are named values.
"""

from site_src.bilingual import Bilingual
from site_src.check.meaning.cited_clause import CitedClause
from site_src.policy.clauses import Clause
from site_src.policy.edition import Edition
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.finding_place import in_text, in_yaml

FINDING_MESSAGES: dict[FindingCode, tuple[str, str, str, str]] = {
    "words-not-in-text": (
        "clause {clause} does not say what {key} says: {words}",
        "条款“{clause}”没有写 {key} 所说的“{words}”",
        "The clause says: {text}. Use its words, cite the clause that says it, or correct the "
        "text.",
        "该条写的是：{text}。请用该条的说法，或者引用写明此事的条款，或者改正正文。",
    ),
    "negation-differs": (
        "clause {clause} says {text}; what {key} says is the opposite: {words}",
        "条款“{clause}”写的是“{text}”，{key} 说的“{words}”与之相反",
        "Negate what the clause negates and nothing else, or correct the text.",
        "请照该条写明是还是否，或者改正正文。",
    ),
    "limit-not-in-text": (
        "clause {clause} does not say {length}",
        "条款“{clause}”没有写 {length}",
        "It says: {lengths}. Write {keys}, cite another clause, or correct the text.",
        "该条写的是：{lengths}。请写 {keys}，或者引用别的条款，或者改正正文。",
    ),
    "duration-unclaimed": (
        "clause {clause} says {words} here, and no fact claims it",
        "条款“{clause}”这里写了“{words}”，但没有条目对应",
        "If it is a time limit, add under limits: `- {{id: …, {keys}, action: …, "
        'clause: "{clause}"}}`. If not, add under durations: `- {{says: '
        '{words}, of: other, text: …, clause: "{clause}"}}`.',
        "如果是时限，请在 limits 下加上：`- {{id: …, {keys}, action: …, "
        'clause: "{clause}"}}`；如果不是，请在 durations 下加上：`- {{says: '
        '{words}, of: other, text: …, clause: "{clause}"}}`。',
    ),
    "duration-not-in-text": (
        "clause {clause} does not say {words}, or another fact claims it",
        "条款“{clause}”没有写“{words}”，或者那一处已对应别的条目",
        "Copy the words of the clause into says, one fact for each place. Its lengths: {lengths}.",
        "请把该条的原话抄进 says，每一处写一条。该条写的时长：{lengths}。",
    ),
    "start-not-in-text": (
        "clause {clause} lets {length} run from: {text}; the fact says from: {event}",
        "按条款“{clause}”，“{length}”从“{text}”起算，条目却写 from: {event}",
        "Write `from: {events}`, or correct the text.",
        "请写 `from: {events}`，或者改正正文。",
    ),
    "start-unstated": (
        "clause {clause} names what {length} runs from: {text}; the fact says {event}",
        "条款“{clause}”写明了“{length}”从“{text}”起算，条目却写 {event}",
        "Write `from: {events}`; if the text leaves it open, say so in a note.",
        "请写 `from: {events}`；如果正文没有写定，请在 note 里说明。",
    ),
    "start-ambiguous": (
        "clause {clause} does not say what {length} runs from; the fact says from: {event}",
        "条款“{clause}”没有写“{length}”从何时起算，条目却写 from: {event}",
        "Write `from: unstated`, or say in a note why it runs from there, in the words of the "
        "event: `note: …{name}…`.",
        "请写 `from: unstated`；或者在 note 里用该事件的说法写明为什么从那时起算：`note: "
        "…{name}…`。",
    ),
    "start-lacks-event": (
        "clause {clause} lets {length} run from: {text}; neither the fact's from: {event} nor a "
        "built-in event says that",
        "按条款“{clause}”，“{length}”从“{text}”起算；条目所写的 from: {event} 和内置事件都不是它",
        "Add under events: `- {{id: …, name: {text}, recorded_by: staff, clause: "
        '"{clause}"}}`, and name it in from. An event that you have needs these words in its name.',
        "请在 events 下加上：`- {{id: …, name: {text}, recorded_by: staff, clause: "
        '"{clause}"}}`，并在 from 里写它的 id；已有的事件，请在 name 里用上这些字。',
    ),
    "party-not-in-text": (
        "by clause {clause} {length} binds the {party}: {text}; the fact says party: {fact}",
        "按条款“{clause}”，“{length}”约束的是 {party}（{text}），条目却写 party: {fact}",
        "Write `party: {party}`, or correct the text.",
        "请写 `party: {party}`，或者改正正文。",
    ),
    "party-of-role": (
        "the time limit has the role {role}, and yet the party is the {fact}",
        "这条时限写了角色 {role}，party 却是 {fact}",
        "Remove party: what a role must do binds the organisation. Or remove the role.",
        "请删去 party：角色应做的事约束的是本单位；或者删去 role。",
    ),
    "role-differs": (
        "clause {clause} lets {other} do this: {text}; the fact says {role}",
        "按条款“{clause}”，这件事由“{other}”做（{text}），条目却写“{role}”",
        "Write the role that acts in this sentence, or correct the text.",
        "请写这一句里做这件事的角色，或者改正正文。",
    ),
    "marker-not-in-text": (
        "clause {clause} does not say that {length} is {marker}: {text}",
        "条款“{clause}”没有写“{length}”属于 {marker}：{text}",
        "Remove {marker}, or correct the text.",
        "请删去 {marker}，或者改正正文。",
    ),
    "marker-unclaimed": (
        "clause {clause} says {text} of {length}, and the fact does not",
        "条款“{clause}”对“{length}”写了“{text}”，条目却没有",
        "Add {marker} to the limit, or correct the text.",
        "请在这条时限里加上 {marker}，或者改正正文。",
    ),
    "suspension-not-in-text": (
        "clause {clause} does not say this of what stops the clock: {words}",
        "关于什么使期限停止计算，条款“{clause}”没有写“{words}”",
        "It says: {text}. Correct {key}, cite the clause that says it, or remove the fact.",
        "该条写的是：{text}。请改正 {key}，或者引用写明此事的条款，或者删去这一条目。",
    ),
    "suspension-unclaimed": (
        "clause {clause} says that the clock stops: {text}; no suspension says it",
        "条款“{clause}”写明期限停止计算（{text}），却没有 suspensions 条目对应",
        "Add under suspensions: `- {{limits: […], from: …, until: …, text: {text}, clause: "
        '"{clause}"}}`.',
        "请在 suspensions 下加上：`- {{limits: […], from: …, until: …, text: {text}, clause: "
        '"{clause}"}}`。',
    ),
    "representative-differs": (
        "of who acts for a filer, clause {clause} says: {text}; the fact says {words}",
        "关于谁可以代为提出，条款“{clause}”写的是“{text}”，条目却写 {words}",
        "Correct {key} as the clause has it, or correct the text.",
        "请照该条改正 {key}，或者改正正文。",
    ),
    "representative-unclaimed": (
        "clause {clause} says who may act for a filer: {text}; no representative says it",
        "条款“{clause}”写明了谁可以代为提出（{text}），却没有 representatives 条目对应",
        'Add under representatives: `- {{id: …, who: {text}, requires: …, clause: "{clause}"}}`.',
        "请在 representatives 下加上：`- {{id: …, who: {text}, requires: …, clause: "
        '"{clause}"}}`。',
    ),
    "condition-unclaimed": (
        "clause {clause} says when this holds: {text}; the fact does not",
        "条款“{clause}”写明了在什么情况下适用（{text}），条目却没有",
        "Say it in `when: {{condition: {text}}}`, by a category or level, or in the action's "
        "words.",
        "请写 `when: {{condition: {text}}}`，或者用类别、级别表示，或者写进 action 的文字。",
    ),
    "level-not-in-text": (
        "nothing says that this is of the level {level}: {text}",
        "没有地方写明这属于级别“{level}”：{text}",
        "Remove the level, or cite the clause that names it.",
        "请删去级别，或者引用写明该级别的条款。",
    ),
    "level-unclaimed": (
        "clause {clause} speaks of the level {level}: {text}; the fact does not",
        "条款“{clause}”说的是级别“{level}”（{text}），条目却没有写",
        "Add `level: {id}`, or correct the text.",
        "请加上 `level: {id}`，或者改正正文。",
    ),
    "channel-not-in-text": (
        "clause {clause} says nothing of a channel of the type {type}: {words}",
        "条款“{clause}”没有提到 {type} 这类渠道：{words}",
        "Correct the type or the name, cite the clause that names the channel, or correct the "
        "text.",
        "请改正 type 或 name，或者引用写明该渠道的条款，或者改正正文。",
    ),
    "channel-unclaimed": (
        "clause {clause} names a way to file: {text}; no channel has the type {type}",
        "条款“{clause}”写了一种提交方式（{text}），却没有 {type} 类的渠道",
        'Add under channels: `- {{id: …, type: {type}, name: {text}, clause: "{clause}"}}`.',
        '请在 channels 下加上：`- {{id: …, type: {type}, name: {text}, clause: "{clause}"}}`。',
    ),
    "formality-not-in-text": (
        "clause {clause} says nothing of the formality {type}",
        "条款“{clause}”没有提到 {type} 这项形式要求",
        "Correct the type, cite the clause that says it, or remove the fact.",
        "请改正 type，或者引用写明此事的条款，或者删去这一条目。",
    ),
    "formality-unclaimed": (
        "clause {clause} says how to file: {text}; no formality has the type {type}",
        "条款“{clause}”写明了怎样提交（{text}），却没有 {type} 类的形式要求",
        'Add under formalities: `- {{type: {type}, text: {text}, clause: "{clause}"}}`.',
        '请在 formalities 下加上：`- {{type: {type}, text: {text}, clause: "{clause}"}}`。',
    ),
    "review-not-in-text": (
        "clause {clause} does not say this of where to go next: {words}",
        "关于下一步可以向哪里提出，条款“{clause}”没有写“{words}”",
        "It says: {text}. Correct {key}, cite the clause that says it, or remove the fact.",
        "该条写的是：{text}。请改正 {key}，或者引用写明此事的条款，或者删去这一条目。",
    ),
    "review-unclaimed": (
        "clause {clause} says where to go next: {text}; no review says it",
        "条款“{clause}”写明了下一步可以向哪里提出（{text}），却没有 reviews 条目对应",
        'Add under reviews: `- {{body: …, inside: …, text: {text}, clause: "{clause}"}}`.',
        '请在 reviews 下加上：`- {{body: …, inside: …, text: {text}, clause: "{clause}"}}`。',
    ),
    "review-side": (
        "{words} is {side}; the fact says inside: {inside}",
        "“{words}”属于{side}，条目却写 inside: {inside}",
        "Correct inside, or name the body as the clause does: {text}.",
        "请改正 inside，或者照条款的说法写明机构：{text}。",
    ),
    "filer-unclaimed": (
        "clause {clause} says who may file: {text}; no filer says it",
        "条款“{clause}”写明了谁可以提交（{text}），却没有 filers 条目对应",
        'Add under filers: `- {{id: …, who: {text}, clause: "{clause}"}}`.',
        '请在 filers 下加上：`- {{id: …, who: {text}, clause: "{clause}"}}`。',
    ),
    "route-not-in-text": (
        "clause {clause} does not give filings to {role}: {text}",
        "条款“{clause}”没有写由“{role}”受理：{text}",
        "Correct the role, cite the clause that says so, or correct the text.",
        "请改正 role，或者引用写明此事的条款，或者改正正文。",
    ),
    "route-unclaimed": (
        "clause {clause} says who handles filings: {text}; no route has the role {role}",
        "条款“{clause}”写明了由谁受理（{text}），却没有 role 为 {role} 的 routes 条目",
        'Add under routes: `- {{role: {role}, clause: "{clause}"}}`, with its condition.',
        '请在 routes 下加上：`- {{role: {role}, clause: "{clause}"}}`，并写上条件。',
    ),
    "approval-unclaimed": (
        "clause {clause} says who must approve: {text}; no step says it",
        "条款“{clause}”写明了由谁批准（{text}），却没有步骤写明",
        "Add `approved_by: {role}` to the step that needs it.",
        "请在需要批准的步骤里加上 `approved_by: {role}`。",
    ),
    "kind-unclaimed": (
        "clause {clause} speaks of a kind of filing: {text}; no kind has that name",
        "条款“{clause}”说到一种提交（{text}），却没有这个名称的种类",
        'Add under kinds: `- {{id: …, name: {text}, clause: "{clause}"}}`.',
        '请在 kinds 下加上：`- {{id: …, name: {text}, clause: "{clause}"}}`。',
    ),
    "filer-missing": (
        "nobody may file the kind {kind}: no filer holds for it",
        "没有人可以提交“{kind}”：filers 中没有适用于它的条目",
        "Add under filers: `- {{id: …, kind: {id}, who: …, clause: …}}`, or remove the kind "
        "from a filer.",
        "请在 filers 下加上：`- {{id: …, kind: {id}, who: …, clause: …}}`，或者从某个 filers "
        "条目中删去 kind。",
    ),
    "route-repeated": (
        "the routes to {role} and {other} (clause {place}) both take every filing of the kind",
        "到 {role} 和到 {other}（条款“{place}”）的 routes 条目都受理这一种类的全部提交",
        "Say when each holds: condition, category, level or kind.",
        "请写明各自在什么情况下适用：condition、category、level 或 kind。",
    ),
    "listed-unclaimed": (
        "clause {clause} lists {text} beside what {list} say, and none of them says it",
        "条款“{clause}”在 {list} 所写的各项旁边还列有“{text}”，却没有条目对应",
        "Add it to {list}, or correct the text.",
        "请加到 {list} 下，或者改正正文。",
    ),
}
"""The message of each code in English and in Chinese, then its remedy in both."""

_SHOWN = 60


def fact_finding(
    cited: CitedClause, placed: PlacedFact, key: str, code: FindingCode, **values: object
) -> Finding:
    """A finding at a key of a fact."""
    message, remedy = _said(code, {"clause": cited.clause.id, "key": key, **values})
    return in_yaml(cited.source, placed, key, code, message, remedy)


def policy_finding(
    source: Edition, placed: PlacedFact, key: str, code: FindingCode, **values: object
) -> Finding:
    """A finding at a key of a fact, whatever its clause says."""
    message, remedy = _said(code, {"clause": placed.fact.clause, "key": key, **values})
    return in_yaml(source, placed, key, code, message, remedy)


def text_finding(cited: CitedClause, offset: int, code: FindingCode, **values: object) -> Finding:
    """A finding at an offset of the clause's text."""
    message, remedy = _said(code, {"clause": cited.clause.id, **values})
    return in_text(cited.clause, offset, code, message, remedy)


def clause_finding(clause: Clause, code: FindingCode, **values: object) -> Finding:
    """A finding on a clause that no fact cites."""
    message, remedy = _said(code, {"clause": clause.id, **values})
    return in_text(clause, 0, code, message, remedy)


def _said(code: FindingCode, values: dict[str, object]) -> tuple[Bilingual, Bilingual]:
    shown = {
        key: value if isinstance(value, Bilingual) or key == "keys" else _short(str(value))
        for key, value in values.items()
    }
    message, chinese_message, remedy, chinese_remedy = FINDING_MESSAGES[code]
    return (
        Bilingual(message, chinese_message).filled(**shown),
        Bilingual(remedy, chinese_remedy).filled(**shown),
    )


def _short(words: str) -> str:
    """The words without their last stop, since the message has its own."""
    words = " ".join(words.split()).rstrip("。.；;，,、")
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
