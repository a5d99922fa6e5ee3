"""The Lambda entry of the desk: wired at cold start, called once for each request."""

from functions.bootstrap import cold_start
from functions.web.desk.app import create_desk
from functions.web.gateway import Gateway

handler = Gateway(create_desk(cold_start()))
