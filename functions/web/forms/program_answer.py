"""Answers a program that filed; a form is redirected and needs nothing of this."""

from starlette.responses import JSONResponse, Response

from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.views.case_json import case_json
from functions.views.receipt_proof import proof_json, prove


def program_answer(case: Case, ports: Ports) -> Response:
    """Returns the signed receipt of a filing as JSON, with 201. Raises ContractError."""
    file = open_case(case, ports)
    return JSONResponse(
        case_json(file) | {"access_code": file.access_code} | proof_json(prove(file, ports.key)),
        201,
        {"Location": f"/cases/receipt?token={file.token}"},
    )
