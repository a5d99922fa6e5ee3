"""Runs Ombud's command line."""

import sys

if __name__ == "__main__":
    # Here, since each worker process of `serve --production` reads this file again.
    try:
        from cli.app import app
    except ModuleNotFoundError as missing:
        print(
            f"{missing.name} is not installed for this Python: `make run` installs all that Ombud "
            "needs; then give the command as .venv/bin/python build.py",
            file=sys.stderr,
        )
        sys.exit(3)

    app()
