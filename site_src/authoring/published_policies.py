"""Reads published policies back."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from functions.model.language import Language, folder_of
from functions.model.pages.vocabulary import Vocabulary
from site_src.compile.messages.vocabulary import words
from site_src.errors import NothingToCompare
from site_src.file_names import ReadFile
from site_src.languages import SOURCE, SiteLanguage, _, site_language

PublishedFact = dict[str, Any]
"""One fact as written in `policy.json`."""

_CALLED = (
    "name",
    "who",
    "body",
    "action",
    "text",
    "condition",
    "field",
    "category",
    "level",
    "role",
    "value",
    "type",
)
"""What a fact is called by: the first of these that it has."""

_LISTS = {
    "role": "roles",
    "roles": "roles",
    "tells": "roles",
    "approved_by": "roles",
    "route": "roles",
    "category": "categories",
    "level": "levels",
    "kind": "kinds",
    "filer": "filers",
    "filers": "filers",
    "channel": "channels",
    "branch": "branches",
    "limits": "limits",
    "extends": "limits",
    "after": "steps",
    "instead_of": "steps",
}
"""The list that the ids under each key refer to."""

_EVENTS = ("later_of", "before", "until", "brings")
"""Keys whose values are events; so is `from`, in other words."""

NESTED = ("children", "grounds", "contacts")


class PublishedPolicy(BaseModel):
    """The parts of a `policy.json` that are compared; other keys are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    language: Language
    prevails: Language | None = None
    closed: PublishedFact | None = None
    title: str
    version: str
    effective_from: str
    source: str
    document: str | None
    organisation: PublishedFact
    privacy: PublishedFact
    clauses: dict[str, str]
    kinds: tuple[PublishedFact, ...]
    filers: tuple[PublishedFact, ...]
    formalities: tuple[PublishedFact, ...]
    asks: tuple[PublishedFact, ...]
    channels: tuple[PublishedFact, ...]
    roles: tuple[PublishedFact, ...]
    levels: tuple[PublishedFact, ...]
    categories: tuple[PublishedFact, ...]
    routes: tuple[PublishedFact, ...]
    steps: tuple[PublishedFact, ...]
    limits: tuple[PublishedFact, ...]
    reviews: tuple[PublishedFact, ...]
    provisions: tuple[PublishedFact, ...]
    revisions: tuple[PublishedFact, ...]
    representatives: tuple[PublishedFact, ...] = ()
    branches: tuple[PublishedFact, ...] = ()
    events: tuple[PublishedFact, ...] = ()
    suspensions: tuple[PublishedFact, ...] = ()
    durations: tuple[PublishedFact, ...] = ()
    fees: tuple[PublishedFact, ...] = ()

    @property
    def _tongue(self) -> SiteLanguage:
        return site_language(self.language)

    @property
    def _words(self) -> Vocabulary:
        return words(self._tongue)

    def length(self, entry: PublishedFact) -> str:
        """The length, the frequency or the day of the year of a limit, in words."""
        if entry.get("by"):
            return self._words.say("limit_by", date=entry["by"])
        recurring, every = entry.get("recurring", False), entry.get("every", 1)
        return self._words.length(entry["value"], entry["unit"], recurring, every)

    def _event(self, event: str) -> str:
        """What an event is called, built in or named."""
        names = (str(each["name"]) for each in self.events if each["id"] == event)
        return next(names, self._words.messages.get(f"event_{event}", event))

    def called(self, entry: PublishedFact) -> str:
        """The name of a fact."""
        key = next((key for key in _CALLED if entry.get(key)), "clause")
        return self.say(key, entry.get(key))

    def said(self, entry: PublishedFact) -> str:
        """A whole fact in a few words."""
        if "unit" in entry:
            called, length = self.called(entry), self.length(entry)
            return self._words.say("nested", group=called, label=length)
        called, value = self.called(entry), entry.get("value")
        return f"{called} {value}" if value and called != str(value) else called

    def say(self, key: str, value: Any) -> str:
        """The value of a key in words: the name for an id, `none` for an empty value."""
        match value:
            case None | []:
                return self._tongue.say(_("none"))
            case bool():
                return self._tongue.say(_("yes") if value else _("no"))
            case list():
                items = (self.say(key, item) for item in value)
                return self._words.say("list_separator").join(items)
            case dict():
                filled = {name: item for name, item in value.items() if item not in (None, [], {})}
                said = (
                    f"{name.replace('_', ' ')} {self.say(name, filled[name])}" for name in filled
                )
                return ", ".join(said) or self.say(key, None)
            case str() if key == "from" and f"from_{value}" in self._words.messages:
                return self._words.say(f"from_{value}")
            case str() if key == "from":
                return self._words.say("from_event", event=self._event(value))
            case str() if key in _EVENTS:
                return self._event(value)
            case str() if key in ("opens", "closes"):
                return value.removesuffix(":00")
            case str() if key in _LISTS:
                entries = (entry for _, entry in placed(getattr(self, _LISTS[key])))
                return next(
                    (self.called(entry) for entry in entries if entry.get("id") == value), value
                )
            case _:
                return str(value)


def placed(
    entries: tuple[PublishedFact, ...], above: str = ""
) -> Iterator[tuple[str, PublishedFact]]:
    """Facts, including nested ones, each with its kind and the ids of the facts around it."""
    for entry in entries:
        place = f"{above}/{entry.get('kind') or ''}"
        yield place, entry
        for name in NESTED:
            yield from placed(tuple(entry.get(name) or ()), f"{place}/{entry.get('id')}")


def published_policy(
    read: ReadFile, organisation: str, language: Language = SOURCE
) -> PublishedPolicy | None:
    """The published policy of an organisation in that language, or None.

    It is read from the folder of the language, or else from the root of a site that opens in it.
    Raises NothingToCompare if the published file is not a policy.
    """
    folders = (f"{folder_of(language)}/", "")
    readings = (read(f"{folder}{organisation}/policy.json") for folder in folders)
    content = next((reading for reading in readings if reading is not None), None)
    try:
        return None if content is None else PublishedPolicy.model_validate_json(content)
    except ValidationError as error:
        message = f"this program cannot read the published policy of {organisation}"
        raise NothingToCompare(message) from error
