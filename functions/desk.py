"""The Lambda entry of the desk: wired at cold start, called once for each request."""

import gc

# Nothing created at start is garbage, and searching for it would take a tenth of the cold start.
gc.disable()

from functions.bootstrap import cold_start  # noqa: E402
from functions.web.desk.app import create_desk  # noqa: E402
from functions.web.gateway import Gateway  # noqa: E402

handler = Gateway(create_desk(cold_start()))

gc.freeze()
gc.enable()
