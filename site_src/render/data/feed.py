"""Writes Atom feeds of versions: which took effect or are announced, and what changed.

Dates come from the policy, so that a feed changes only when a version is announced or takes
effect. The moment of an announced version is the date of its line in the document's history, or
else the day on which the version before it took effect; on its own day it becomes that day, as its
title changes. No moment is in the future. Source: RFC 4287, tag URIs RFC 4151.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring
from zoneinfo import ZoneInfo

from markupsafe import Markup

from functions.model.language import Language
from functions.views.wording.citations import bracketed, cite
from site_src.authoring.diff import diff_sources
from site_src.authoring.difference import TEXT_OF, Change
from site_src.compile.messages.vocabulary import words
from site_src.languages import SiteLanguage, _
from site_src.policy.edition import Edition, Editions
from site_src.site_files import SiteFiles

_NAMESPACE = "http://www.w3.org/2005/Atom"
_TAGGED_SINCE = "2026"
"""The date in every tag URI; if it changed, feed readers would show every entry again."""

_BUILT_IN = ZoneInfo("Asia/Shanghai")
"""The time zone of a build's day, at whose beginning a version takes over on the site."""

NEWEST = 100
"""The most entries in a feed."""

NOUNS = {
    "version": _("version"),
    "in force from": _("day it takes effect"),
    "title": _("title"),
    "source": _("source"),
    "document number": _("document number"),
    "organisation": _("organisation"),
    "privacy notice": _("privacy notice"),
    "kind": _("kind"),
    "filer": _("who may file"),
    "representative": _("who may file for somebody else"),
    "formality": _("form of a filing"),
    "question": _("question on the form"),
    "channel": _("channel"),
    "branch": _("branch"),
    "role": _("role"),
    "level": _("level"),
    "category": _("category"),
    "route": _("who gets which filing"),
    "step": _("step"),
    "event": _("event that time runs from"),
    "limit": _("time limit"),
    "stop of the clock": _("stop of the clock"),
    "length of time": _("other length of time"),
    "fee": _("cost"),
    "closing": _("closing"),
    "text that decides": _("language of the text that decides"),
    "review level": _("place to go next"),
    "provision": _("provision"),
    "line of the history": _("line of the history"),
}
"""The subjects of changes, in words for the public."""

_IN_TITLE = ("version", "in force from")
_WORDS = (None, "name", "title", "text", "who", "body", "action", "record", "duty", "definition")
_EVENT_WORDS = ("from", "before", "until", "question", "refund", "hours", "says", "after")
_MORE_WORDS = (
    *_EVENT_WORDS,
    "value",
    "handler",
    "purpose",
    "method",
    "data",
    "condition",
    "role",
    "note",
)
"""Keys whose values are words. Other values are codes, so a feed says only that they changed."""


@dataclass(frozen=True)
class _Version:
    """One version in the feed; `before` is the previous one, `day` that of the build."""

    source: Edition
    before: Edition | None
    announced: bool
    day: date

    @property
    def moment(self) -> datetime:
        """When it was announced or took effect, whichever is later and not in the future."""
        policy = self.source.policy
        lines = (line for line in policy.revisions if line.version == policy.version)
        line = next(lines, None)
        begins = policy.effective_from
        known = (line and line.published_on) or begins
        if not self.announced:
            known = max(known, begins)
        elif known == begins and self.before:
            known = self.before.policy.effective_from
        return _midnight(min(known, self.day))


def versions(editions: Editions, day: date) -> tuple[_Version, ...]:
    """The versions of an organisation, the newest first."""
    before = (None, *editions.editions)
    announced = editions.announced(day)
    oldest_first = [
        _Version(source, earlier, source in announced, day)
        for source, earlier in zip(editions.editions, before, strict=False)
    ]
    return tuple(reversed(oldest_first))


@dataclass(frozen=True)
class FeedVersion:
    """A version as a feed entry: its XML in each language."""

    moment: datetime
    entries: dict[Language, str]


def feed_versions(
    editions: Editions, day: date, site_url: str, tongues: Iterable[SiteLanguage]
) -> tuple[FeedVersion, ...]:
    """The entries of an organisation in these languages, the newest version first."""
    tongues = tuple(tongues)
    return tuple(
        FeedVersion(
            version.moment,
            {
                tongue.language: tostring(_entry(version, tongue, site_url), encoding="unicode")
                for tongue in tongues
            },
        )
        for version in versions(editions, day)
    )


def add_feed(
    site: SiteFiles,
    listed: Iterable[FeedVersion],
    title: str,
    path: str,
    tongue: SiteLanguage,
    site_url: str,
    day: date,
) -> None:
    """Adds the feed of the newest versions; `path` is the page of the feed, such as `/track/`."""
    newest = sorted(listed, key=lambda version: version.moment, reverse=True)[:NEWEST]
    page = f"{site_url}{tongue.prefix}{path}"
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": tongue.language})
    _text(root, "id", _tag(site_url, f"{tongue.prefix}{path}changes"))
    _text(root, "title", title)
    latest = newest[0].moment if newest else _midnight(day)
    _text(root, "updated", latest.isoformat())
    SubElement(root, "link", rel="self", href=f"{page}changes.xml", type="application/atom+xml")
    SubElement(root, "link", rel="alternate", href=page, type="text/html")
    author = SubElement(root, "author")
    _text(author, "name", title)
    root.extend(fromstring(version.entries[tongue.language]) for version in newest)
    name = f"{tongue.prefix}{path}changes.xml".lstrip("/")
    site.files[name] = bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(version: _Version, tongue: SiteLanguage, site_url: str) -> Element:
    policy = version.source.policy
    below = f"versions/{policy.version}/"
    address = f"{tongue.prefix}/{policy.id}/{below}"
    day = words(tongue).day(policy.effective_from)
    message = (
        _("{organisation}: version {version} is announced and takes effect on {day}")
        if version.announced
        else _("{organisation}: version {version}, in force from {day}")
    )
    name = policy.organisation.name.words(tongue.language)
    entry = Element("entry")
    # A reader shows an entry once, whatever the organisation is called since.
    _text(entry, "id", _tag(site_url, f"{tongue.prefix}/{policy.recorded_id}/{below}"))
    title = tongue.say(message).format(organisation=name, version=policy.version, day=day)
    _text(entry, "title", title)
    _text(entry, "updated", version.moment.isoformat())
    SubElement(entry, "link", rel="alternate", href=f"{site_url}{address}", type="text/html")
    _text(SubElement(entry, "author"), "name", name)
    content = _text(entry, "content", str(_list(_lines(version, tongue))))
    content.set("type", "html")
    return entry


def _list(lines: Iterable[str]) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup("<ul>{}</ul>").format(items)


def _lines(version: _Version, tongue: SiteLanguage) -> tuple[str, ...]:
    """The differences from the previous version, each once."""
    if version.before is None:
        return (tongue.say(_("This is the first version published here.")),)
    changes = diff_sources(version.before, version.source, tongue.language)
    lines = [line for change in changes for line in _change_lines(change, tongue)]
    clauses = [change.subject.called or "" for change in changes if change.subject.noun == TEXT_OF]
    if clauses:
        said = words(tongue)
        cited = said.say("list_separator").join(cite(said, clause) for clause in clauses)
        lines.append(tongue.say(_("The text has changed: {clauses}")).format(clauses=cited))
    return tuple(dict.fromkeys(lines))


def _change_lines(change: Change, tongue: SiteLanguage) -> Iterator[str]:
    """The change as a line; none for the text of clauses and for what the title says."""
    subject = change.subject
    if subject.noun == TEXT_OF or subject.noun in _IN_TITLE:
        return
    what = tongue.say(NOUNS[subject.noun])
    if subject.called:
        what = tongue.say(_("{what} “{name}”")).format(what=what, name=subject.called)
    match change.how:
        case "added":
            message = _("{what} added: {new}")
        case "removed":
            message = _("{what} removed: {old}")
        case "changed" if subject.key in (*_WORDS, *_MORE_WORDS):
            message = _("{what}: {old} → {new}")
        case "changed":
            message = _("{what} has changed")
    line = tongue.say(message).format(what=what, old=change.old, new=change.new)
    said = words(tongue)
    yield line + bracketed(said, cite(said, change.clause)) if change.clause else line


def _tag(site_url: str, path: str) -> str:
    return f"tag:{urlsplit(site_url).hostname},{_TAGGED_SINCE}:{path.strip('/')}"


def _text(parent: Element, name: str, words: str) -> Element:
    element = SubElement(parent, name)
    element.text = words
    return element


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=_BUILT_IN)
