"""Names the paths of the project's own folders."""

from pathlib import Path

CODE = Path(__file__).parent
ROOT = CODE.parent
TEMPLATES = CODE / "templates"
ASSETS = CODE / "assets"
COMPONENTS = TEMPLATES / "components"
STATISTICS = ROOT / "statistics"
"""Where `build.py statistics` writes figures, and builds read them; not under version control."""
POLICIES = ROOT / "policies"
"""The policies of this checkout, which every command reads."""
