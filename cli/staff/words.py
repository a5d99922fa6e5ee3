"""What the commands for staff say, in both languages."""

from site_src.bilingual import Bilingual

STAFF_HEADINGS = (
    Bilingual("name", "姓名"),
    Bilingual("address", "邮箱"),
    Bilingual("roles", "角色"),
    Bilingual("last day", "最后一天"),
    Bilingual("access", "权限"),
)
NO_FILE = Bilingual(
    "{folder} has no staff.yaml, so nobody works at the desk: `build.py staff add {id} …` writes "
    "one.",
    "{folder} 没有 staff.yaml，还没有人能处理案件：运行 `build.py staff add {id} …` 即可建立。",
)
NOT_SHOWN = Bilingual(
    "No store is configured here (OMBUD_STORE or --data), so revocations are not shown.",
    "这里没有配置案件库（OMBUD_STORE 或 --data），看不到撤销记录。",
)
NOTHING_WRITTEN = Bilingual("Nothing was written.", "什么都没有写入。")
WRITTEN = Bilingual("{name} was added to {file}", "已把{name}写入 {file}")
LISTED_ALREADY = Bilingual("{name} was in {file} already", "{file} 里已有{name}")
RESTORED = Bilingual("The revocation of {address} was taken back.", "已取消对 {address} 的撤销。")
NOT_RESTORED = Bilingual(
    "No store is configured here (OMBUD_STORE or --data): if the person's access was revoked, give "
    "this command again where the store is.",
    "这里没有配置案件库（OMBUD_STORE 或 --data）：如果此人的权限曾被撤销，"
    "请在有案件库的机器上再运行一次。",
)
THEN_PUBLISH = Bilingual(
    "Commit staff.yaml, then deploy; a running `serve` takes it up by itself.",
    "请提交 staff.yaml，然后 deploy；正在运行的 `serve` 会自动采用。",
)
REMAINS = Bilingual("still to do: {message}. {remedy}", "还要处理：{message}。{remedy}")
NO_STORE_HERE = Bilingual(
    "No store is configured here, so nothing was done: access ends only in the store. Set "
    "OMBUD_STORE, OMBUD_KEY and OMBUD_ATTACHMENTS as the site's functions have them, or give the "
    "data folder of `serve` with --data ({data} has no store).",
    "这里没有配置案件库，所以什么都没有做：权限只能在案件库里撤销。请照网站函数的设置写上 "
    "OMBUD_STORE、OMBUD_KEY 和 OMBUD_ATTACHMENTS，或者用 --data 指明 `serve` 的数据文件夹"
    "（{data} 里没有案件库）。",
)
NO_ORGANISATION = Bilingual(
    "There is no organisation {id!r}, neither here nor among the published ones: nothing was done.",
    "没有名为“{id}”的单位，这里没有，已公布的也没有：什么都没有做。",
)
REVOKED = Bilingual(
    "The access of {address} has ended, on every page and for every link, from now on.",
    "{address} 的权限已撤销，即时生效：网页和邮件里的链接都不能再用。",
)
NO_CHECKOUT = Bilingual(
    "There is no policies/{id}/ here: remove the entry where the policies are kept, then deploy.",
    "这里没有 policies/{id}/：请在存放办法的地方删去这一条，然后 deploy。",
)
NOT_LISTED = Bilingual("{file} has no such entry.", "{file} 里没有这个人。")
REMOVED = Bilingual("The entry was removed from {file}", "已从 {file} 删去这一条")
REMOVE_BY_HAND = Bilingual(
    "{file}: the entry could not be removed; remove it by hand. The access has ended already.",
    "{file}：这一条没有删去，请手工删去。权限已经撤销。",
)
NOBODY = Bilingual(
    "Nobody with the address {address} is listed here or published: check the spelling. If "
    "somebody has it elsewhere, their access has ended.",
    "这里和已公布的名单里都没有邮箱为 {address} 的人：请核对拼写。"
    "如果别处有人使用这个邮箱，其权限已经撤销。",
)
