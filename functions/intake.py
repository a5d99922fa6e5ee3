"""The Lambda entry of intake: wired at cold start, called once a request."""

import gc

# Nothing that is made at start is garbage; to look for it would take a tenth of the start.
gc.disable()

from functions.bootstrap import cold_start  # noqa: E402
from functions.web.app import create_app  # noqa: E402 - see above
from functions.web.gateway import Gateway  # noqa: E402

handler = Gateway(create_app(cold_start()))

gc.freeze()
gc.enable()
