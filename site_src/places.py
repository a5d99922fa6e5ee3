"""Where the project's own folders lie."""

from pathlib import Path

CODE = Path(__file__).parent
ROOT = CODE.parent
TEMPLATES = CODE / "templates"
ASSETS = CODE / "assets"
COMPONENTS = TEMPLATES / "components"
POLICIES = ROOT / "policies"
"""The policies of this checkout, which every command reads unless it is told otherwise."""
