"""``/login``: a token typed once becomes a cookie; ``/logout`` takes it away."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from monitor.surfaces.api.access import COOKIE, Gate
from monitor.surfaces.web.addresses import local
from monitor.surfaces.web.render import render

router = APIRouter(include_in_schema=False)
_DAYS = 30


@router.get("/login")
def form(request: Request, next: str = "/") -> Response:
    return render(request, "login.html", next=local(next), wrong="")


@router.post("/login")
def login(request: Request, token: Annotated[str, Form()], next: Annotated[str, Form()] = "/") -> Response:
    gate: Gate = request.app.state.gate
    try:
        gate.admit(request, token.strip() or "-")
    except HTTPException as refused:
        wrong = "This token is not valid, or no longer." if refused.status_code == 401 else str(refused.detail)
        return render(request, "login.html", status=refused.status_code, next=local(next), wrong=wrong)
    answer = RedirectResponse(local(next), 303)
    secure = request.app.state.app.settings.server.public_url.startswith("https://")
    answer.set_cookie(COOKIE, token.strip(), max_age=_DAYS * 86400, httponly=True, samesite="lax", secure=secure)
    return answer


@router.post("/logout")
def logout() -> Response:
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer
