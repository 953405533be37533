"""What the front desk does for a resident who has neither e-mail nor mobile telephone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from townhall.kernel.identity.actions import codes
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import check, requires


@requires("identity.work_here")
def post_code(request: HttpRequest, key: UUID) -> HttpResponse:
    """Post a code to a resident at the address we hold: the page shows the address before anything goes."""
    person = get_object_or_404(Person.objects.residents(), pk=key)
    check(request.user, "identity.see_person", person)
    context = {"resident": person, "days": codes.POSTED_DAYS, "done": False, "problem": ""}
    if request.method == "POST" and isinstance(request.user, Person):
        try:
            codes.posted_code(person=person, by=request.user, at=timezone.now())
            context["done"] = True
        except ValueError:
            context["problem"] = _("There is no full address with a postcode for this person. Add it first")
        except RuntimeError:
            context["problem"] = _("The code could not be sent to the post. Try again, or ring the service desk")
    return render(request, "identity/post_code.html", context, status=409 if context["problem"] else 200)
