from django.urls import path

from townhall.residents.services.views import (
    asking,
    copies,
    doing,
    explaining,
    keeping,
    sending,
    signatures,
    signing,
    starting,
    tasks,
    telling,
)

app_name = "services"
urlpatterns = [
    path("", starting.index, name="index"),
    path("saved/<str:secret>/", keeping.open_saved, name="open_saved"),
    path("sign/<str:secret>/", signing.sign, name="sign"),
    path("form/<uuid:version_id>/sheet.json", starting.browser_sheet, name="sheet"),
    path("application/<uuid:application_id>/", starting.go_on, name="go_on"),
    path("application/<uuid:application_id>/page/<slug:page>/", asking.page, name="page"),
    path("application/<uuid:application_id>/tasks/", sending.tasks, name="tasks"),
    path("application/<uuid:application_id>/check/", sending.check, name="check"),
    path("application/<uuid:application_id>/sent/", sending.sent, name="sent"),
    path("application/<uuid:application_id>/do/<slug:message>/", doing.do, name="do"),
    path("application/<uuid:application_id>/copy/", copies.copy, name="copy"),
    path("application/<uuid:application_id>/copy.pdf", copies.copy_pdf, name="copy_pdf"),
    path("application/<uuid:application_id>/document/<uuid:document_id>/", copies.document, name="document"),
    path("application/<uuid:application_id>/signature/<uuid:signing_id>/", signatures.signature, name="signature"),
    path("application/<uuid:application_id>/kept/", keeping.kept, name="kept"),
    path("application/<uuid:application_id>/kept/link/", keeping.mail_link, name="mail_link"),
    path("application/<uuid:application_id>/tell/<slug:message>/", telling.tell, name="tell"),
    path("application/<uuid:application_id>/jump/", telling.jump, name="jump"),
    path("application/<uuid:application_id>/decided/<int:number>/", explaining.why, name="why"),
    path("application/<uuid:application_id>/task/<uuid:task_id>/", tasks.finish, name="finish"),
    path("<slug:slug>/", starting.start, name="start"),
]
