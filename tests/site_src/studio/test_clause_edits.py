"""Editing the words of a clause that says more below its list."""

from site_src.studio.clause_edits import clause_parts, clauses_of, source_of, with_source

_TEXT = (
    "# 办法\n\n第一条 方式：\n\n（一）电话；\n\n（二）信函。\n\n匿名投诉同样受理。\n\n第二条 完\n"
)


def test_parts_stand_in_order() -> None:
    """What a clause says below its list is shown below the list."""
    parts = [(clause.id, words) for clause, words in clause_parts(clauses_of(_TEXT))]
    assert parts == [
        ("第一条", "方式："),
        ("第一条（一）", "电话；"),
        ("第一条（二）", "信函。"),
        ("第一条", "匿名投诉同样受理。"),
        ("第二条", "完"),
    ]


def test_clause_is_edited_with_its_list() -> None:
    """The source of such a clause has its list; the last item is edited alone."""
    assert source_of(_TEXT, "第一条").startswith("第一条 方式：")
    assert source_of(_TEXT, "第一条").endswith("匿名投诉同样受理。")
    assert source_of(_TEXT, "第一条（二）") == "（二）信函。"
    edited = with_source(_TEXT, "第一条（二）", "（二）来信。")
    assert edited == _TEXT.replace("信函", "来信")
