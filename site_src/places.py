"""Names the folders of the program, and those that it works in."""

from pathlib import Path

CODE = Path(__file__).parent
TEMPLATES = CODE / "templates"
ASSETS = CODE / "assets"
COMPONENTS = TEMPLATES / "components"

_IS_CHECKOUT = (CODE.parent / "build.py").is_file()
"""Whether the program runs from its own repository; else it is installed, as `ombud`."""

ROOT = CODE.parent if _IS_CHECKOUT else Path()
"""Where every command reads and writes unless an option names another folder: the checkout, or
the current folder where Ombud is installed."""
STATISTICS = ROOT / "statistics"
"""Where the command `statistics` writes figures, and builds read them."""
POLICIES = ROOT / "policies"
"""The policies of the checkout or of the current folder."""
