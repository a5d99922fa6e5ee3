"""The Lambda entry of intake: wired at cold start, called once for each request."""

import gc

# Nothing created at start is garbage, and searching for it would take a tenth of the cold start.
gc.disable()

from functions.bootstrap import cold_start  # noqa: E402
from functions.web.app import create_app  # noqa: E402
from functions.web.gateway import Gateway  # noqa: E402

handler = Gateway(create_app(cold_start()))

gc.freeze()
gc.enable()
