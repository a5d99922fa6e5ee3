"""Names the paths of the project's own folders."""

from pathlib import Path

CODE = Path(__file__).parent
ROOT = CODE.parent
TEMPLATES = CODE / "templates"
ASSETS = CODE / "assets"
COMPONENTS = TEMPLATES / "components"
POLICIES = ROOT / "policies"
"""The policies of this checkout, which every command reads."""
