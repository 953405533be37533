"""What tasks can need: names in both languages, and how much work such a task is."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from townhall.council.rota import actions
from townhall.council.rota.forms import SkillForm
from townhall.council.rota.models import Skill
from townhall.council.rota.selectors import pages
from townhall.kernel.identity.permissions import requires


@require_safe
@requires("rota.lead_team")
def listing(request: HttpRequest) -> HttpResponse:
    """Every skill, and those that tasks need and nobody has named."""
    rows = [(each, each.title(pages.language())) for each in Skill.objects.all()]
    return render(request, "rota/skills.html", {"rows": rows, "unnamed": pages.unnamed_skills()})


@require_http_methods(["GET", "POST"])
@requires("rota.lead_team")
def edit(request: HttpRequest, skill_id: UUID | None = None) -> HttpResponse:
    """One skill, or a new one."""
    skill = get_object_or_404(Skill, pk=skill_id) if skill_id else None
    fields = ("name", "name_cy", "code", "weight")
    asked = {"weight": 1, "code": request.GET.get("code", "")}
    given = {name: getattr(skill, name) for name in fields} if skill else asked
    form, person = SkillForm(request.POST or None, initial=given, skill=skill), _me(request)
    if request.method == "POST" and form.is_valid():
        actions.save_skill(skill, by=person, at=timezone.now(), **form.cleaned_data)
        return redirect("rota:skills")
    status = 422 if request.method == "POST" else 200
    return render(request, "rota/skill.html", {"form": form, "skill": skill}, status=status)


def _me(request: HttpRequest) -> Any:
    return request.user
