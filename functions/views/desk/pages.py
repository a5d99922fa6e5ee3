"""Draws the pages of the desk."""

from dataclasses import dataclass

from functions.model.contract.directory import Directory
from functions.model.language import Language
from functions.views.desk.environment import desk_templates
from functions.views.desk.words import DeskWords, desk_words


@dataclass(frozen=True)
class Frame:
    """What surrounds each page: the organisation, and who is logged in.

    `person` and `roles` are names; both are empty while nobody is.
    """

    language: Language
    organisation: str = ""
    person: str = ""
    roles: tuple[str, ...] = ()

    @classmethod
    def of(cls, directory: Directory, person: str = "", roles: tuple[str, ...] = ()) -> "Frame":
        """What surrounds the pages and mails of an organisation."""
        language = directory.language
        name = directory.name.words(language) if directory.name else directory.organisation
        return cls(language, name, person, roles)

    @property
    def words(self) -> DeskWords:
        """The words of its language."""
        return desk_words(self.language)

    def page(self, template: str, **values: object) -> str:
        """The page of a template in `templates/`, which extends `base.html`."""
        found = desk_templates(self.words.language).get_template(template)
        return found.render(frame=self, **values)
