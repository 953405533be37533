"""Pages on which administrators change what letters say."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import requires
from townhall.kernel.notify import actions, previews, rules, selectors
from townhall.kernel.notify.actions.wordings import PARTS, ChangedMeanwhile
from townhall.kernel.notify.forms import WordingForm
from townhall.kernel.notify.registries import letter_kinds


@require_safe
@requires("identity.set_up")
def wordings(request: HttpRequest) -> HttpResponse:
    """Every kind of letter, whether its Welsh is there, and its version."""
    return render(request, "notify/wordings.html", {"wordings": selectors.wordings()})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("identity.set_up")
def wording(request: HttpRequest, code: str) -> HttpResponse:
    """One letter: its text in both languages side by side, its preview, its versions."""
    if code not in letter_kinds:
        raise Http404
    current = selectors.wording(code)
    look = request.POST.get("look") or request.GET.get("look") or "email"
    if request.method != "POST":
        return _page(request, current, _form(current), look)
    if "restore" in request.POST:
        return _restored(request, current)
    form = WordingForm(request.POST, kind=code)
    is_valid = form.is_valid()
    if "look" in request.POST or not is_valid:
        return _page(request, current, form, look)
    return _saved(request, current, form)


def reader(request: HttpRequest) -> Person:
    """Who asks: a person, because the page needs a permission."""
    return cast("Person", request.user)


def _form(current: selectors.CurrentWording) -> WordingForm:
    texts = {part: getattr(current.wording, part) for part in PARTS}
    return WordingForm(initial=texts | {"version": current.version}, kind=current.kind.code)


def _saved(request: HttpRequest, current: selectors.CurrentWording, form: WordingForm) -> HttpResponse:
    try:
        actions.change_wording(
            kind=current.kind.code, texts=form.texts(), by=reader(request), at=timezone.now(),
            expected=form.cleaned_data["version"],
        )  # fmt: skip
    except ChangedMeanwhile:
        form.add_error(None, _("Somebody else changed this letter. Compare with theirs below, then save again"))
        data = request.POST.copy()
        data["version"] = str(current.version)
        form.data = data  # the same words again, now read from the newest version
        return _page(request, current, form, "email", theirs=current.wording)
    messages.success(request, _("Saved. Letters say this from now on."))
    return redirect("notify:wording", code=current.kind.code)


def _restored(request: HttpRequest, current: selectors.CurrentWording) -> HttpResponse:
    try:
        actions.restore_wording(
            kind=current.kind.code,
            by=reader(request),
            at=timezone.now(),
            expected=int(request.POST.get("version") or -1),
        )
    except (ChangedMeanwhile, ValueError):
        messages.error(request, _("Somebody else changed this letter. Nothing was put back."))
    else:
        messages.success(request, _("Put back. The letter says the standard wording again."))
    return redirect("notify:wording", code=current.kind.code)


def _page(
    request: HttpRequest, current: selectors.CurrentWording, form: WordingForm, look: str, **more: Any
) -> HttpResponse:
    shown = look if look in previews.LOOKS else "email"
    typed = _typed(current, form)
    at = timezone.localtime()
    pages = [previews.of_wording(typed, language, shown, at) for language in ("en", "cy") if typed.has(language)]
    context = {
        "current": current, "form": form, "look": shown, "previews": pages,
        "versions": selectors.versions(current.kind.code), "has_welsh": typed.has("cy"),
        "notices": messages.get_messages(request),
    }  # fmt: skip
    return render(request, "notify/wording.html", context | more)


def _typed(current: selectors.CurrentWording, form: WordingForm) -> rules.Wording:
    """The wording as it stands in the form, saved or not."""
    texts = {part: str(form[part].value() or "") for part in PARTS}
    return rules.Wording(title=current.kind.title, examples=current.kind.placeholders, **texts)
