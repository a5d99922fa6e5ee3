"""The Lambda entry of intake: wired at cold start, called once a request."""

from mangum import Mangum

from functions.app import create_app
from functions.bootstrap import bootstrap
from functions.settings import from_environment

handler = Mangum(create_app(bootstrap(from_environment())), lifespan="off")
