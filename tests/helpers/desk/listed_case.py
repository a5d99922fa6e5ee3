"""Which lists of a person's have a case, as the pages of the desk show them."""

import re
from html import unescape

from starlette.testclient import TestClient

from functions.cases.desk.access import DESK, Person
from functions.cases.desk.lists import LIST_NAMES
from functions.cases.login import link_for
from functions.web.desk.app import create_desk
from tests.conftest import SITE_URL
from tests.helpers.desk.handled_case import HandledCase


def lists_with(case: HandledCase, person: Person) -> dict[str, str]:
    """What the row of the case says in each list that has it; each tab counts the rows."""
    desk, found = create_desk(case.ports), dict[str, str]()
    with TestClient(desk, base_url=SITE_URL, follow_redirects=False) as client:
        token = link_for(person, DESK, case.ports).partition("token=")[2]
        assert client.post(f"{DESK}/link", data={"token": token}).status_code == 303
        for name in LIST_NAMES:
            page = client.get(DESK, params={"list": name}).text
            rows = re.findall(r'<li class="desk-row.*?</h2>.*?</p>', page, re.DOTALL)
            counted = re.search(r'aria-current="page">[^<]*<b>(\d+)</b>', page)
            assert counted is None or int(counted[1]) == len(rows)
            if rows:
                (row,) = rows
                found[name] = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", row))).strip()
    return found
