"""Says why words of a document are not in the procedure, or are there in another form."""

from site_src.bilingual import Bilingual

HEADER = Bilingual("it stands at the head of each page", "这是页眉")
FOOTER = Bilingual("it stands at the foot of each page", "这是页脚")
PAGE_NUMBER = Bilingual("it is a page number", "这是页码")
CONTENTS = Bilingual(
    "it belongs to the table of contents, which the page makes itself", "这是目录，网页会自己生成"
)
FOOTNOTE = Bilingual(
    "it is a note; if it is part of the procedure, write it into its clause",
    "这是脚注或者尾注；如果属于办法的内容，请写进相应的条款",
)
COMMENT = Bilingual("it is a comment", "这是批注")
TEXT_BOX = Bilingual(
    "it stands in a text box, which has no place in the order of the text; if it is part of the "
    "procedure, write it where it belongs",
    "这是文本框里的文字，在正文中没有固定的位置；如果属于办法的内容，请写到该写的地方",
)
PICTURE = Bilingual(
    "it is a picture or an object; if there are words in it, write them where they belong",
    "这是图片或者对象；如果里面有文字，请写到该写的地方",
)
DELETED = Bilingual("it is deleted in a tracked change", "修订中已删除")
STRUCK_OUT = Bilingual(
    "it is struck out; if it still holds, write it where it belongs",
    "这是加了删除线的文字；如果仍然有效，请写到该写的地方",
)
HIDDEN_TEXT = Bilingual("it is hidden text", "这是隐藏的文字")
RUBY = Bilingual("it says how the words are pronounced", "这是注音")
SYMBOL = Bilingual("it is a sign of a symbol font", "这是符号字体里的符号")
SCRIPT_OR_STYLE = Bilingual(
    "it is no text of the page, but a script, a style or a title bar",
    "这是脚本、样式或者网页标题，不是正文",
)
NAVIGATION = Bilingual(
    "it belongs to the web site around the text", "这是网站自身的导航、页眉或者页脚"
)
FRONT_MATTER = Bilingual(
    "it is the file's own head, not the text", "这是文件自身的头部信息，不是正文"
)
MARKUP = Bilingual("it is a note in the source of the file", "这是文件源码里的注释")
UNREADABLE_PAGE = Bilingual(
    "the page is a picture without text; write its words where they belong",
    "这一页是图片，没有文字；请把其中的文字写到该写的地方",
)
INVISIBLE = Bilingual("nobody sees this character", "这是看不见的字符")

INSERTED = Bilingual(
    "it is inserted in a tracked change, and was read", "这是修订中插入的文字，已读入"
)
ENCODING = Bilingual("the file was read as {name}", "文件按 {name} 编码读入")
RENUMBERED = Bilingual(
    "the number {old} is {new} here, because a procedure says each number once",
    "编号 {old} 写作 {new}，因为一份办法里每个编号只能出现一次",
)
ITEM = Bilingual(
    "the number {old} stands in the text twice; here it is an item of the clause before",
    "编号 {old} 在文中出现了两次，这里作为前一条款中的一项",
)
REWRITTEN = Bilingual(
    "the number {old} is written {new}, which is how a clause begins",
    "编号 {old} 写作 {new}，条款编号要这样写",
)
UNNUMBERED = Bilingual(
    "the number {old} is no clause number; the words belong to the clause before",
    "{old} 不是条款编号；这段文字属于前一条款",
)
NUMBERED = Bilingual(
    "the text has no numbered clauses, so its paragraphs were numbered: {many}. Check the "
    "numbers; the organisation must agree to them",
    "正文没有编号的条款，已给各段编号，共 {many} 个。请核对；编号须经单位同意",
)
TITLE_FIRST = Bilingual(
    "it stands before the title in the document, and after it here",
    "原文中在标题之前，这里移到标题之后",
)
NO_TITLE = Bilingual(
    "the text has no title; write it in place of TODO", "正文没有标题；请把 TODO 改成标题"
)
