"""Keeps the files of a publication on disk until all of them are made."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from functions.model.contract.digest import digest
from functions.model.durable_files import naming
from site_src.publish.write_order import LEADING_RANKS, in_order, rank


class StagedFiles:
    """Staged files in a folder, grouped by the order in which they must go into place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(
        self,
        files: Mapping[str, bytes],
        published: Mapping[str, str],
        leading: Collection[str] = (),
    ) -> dict[str, str]:
        """Stages the files whose digest is not as `published`; returns all digests by name.

        Those `leading` to others go into place after all that these lead to.
        """
        digests = {name: digest(content) for name, content in files.items()}
        paths = {
            name: self.folder / str(LEADING_RANKS[0] if name in leading else rank(name)) / name
            for name, own in digests.items()
            if published.get(name) != own
        }
        for folder in {path.parent for path in paths.values()}:
            folder.mkdir(parents=True, exist_ok=True)
        for name, path in paths.items():
            with naming(path):
                path.write_bytes(files[name])
        return digests

    def discard(self, names: Iterable[str]) -> None:
        """Takes these files off the stage."""
        for path in filter(Path.is_file, map(self._path, names)):
            path.unlink()
            for above in path.parents:
                if above == self.folder or any(above.iterdir()):
                    break
                above.rmdir()

    def ranks(self) -> list[Path]:
        """The folders of all ranks, the lowest first; their names are the ranks."""
        return sorted(self.folder.glob("[0-9]"), key=lambda path: int(path.name))

    def names(self, ranks: Iterable[int] | None = None) -> list[str]:
        """The names of the staged files in the order in which they must be written."""
        wanted = None if ranks is None else {str(number) for number in ranks}
        found = (
            path.relative_to(ranked).as_posix()
            for ranked in self.ranks()
            if wanted is None or ranked.name in wanted
            for path in ranked.rglob("*")
            if path.is_file()
        )
        return in_order(found)

    def content(self, name: str) -> bytes:
        """The content of a staged file."""
        return self._path(name).read_bytes()

    def _path(self, name: str) -> Path:
        places = [ranked / name for ranked in self.ranks()]
        return next((path for path in places if path.is_file()), places[0])
