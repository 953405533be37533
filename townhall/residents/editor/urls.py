from django.urls import path

from townhall.residents.editor.views import asking, deciding, going, reviewing, starting, telling, texts, trying

app_name = "editor"
urlpatterns = [
    path("", starting.index, name="index"),
    path("new/", starting.new, name="new"),
    path("of/<slug:slug>/", starting.service, name="versions"),
    path("of/<slug:slug>/begin/", starting.begin, name="begin"),
    path("<uuid:draft_key>/", texts.service, name="service"),
    path("<uuid:draft_key>/form/", asking.form, name="form"),
    path("<uuid:draft_key>/form/page/", asking.change_page, name="page"),
    path("<uuid:draft_key>/form/question/", asking.change_question, name="question"),
    path("<uuid:draft_key>/form/add/", asking.add, name="add"),
    path("<uuid:draft_key>/form/feel/", asking.feel, name="feel"),
    path("<uuid:draft_key>/tables/", deciding.tables, name="tables"),
    path("<uuid:draft_key>/tables/change/", deciding.change, name="table"),
    path("<uuid:draft_key>/tables/check/", deciding.check, name="check"),
    path("<uuid:draft_key>/process/", going.process, name="process"),
    path("<uuid:draft_key>/process/step/", going.change_step, name="step"),
    path("<uuid:draft_key>/process/add/", going.add, name="add_step"),
    path("<uuid:draft_key>/process/names/", going.change_names, name="names"),
    path("<uuid:draft_key>/letters/", telling.letters, name="letters"),
    path("<uuid:draft_key>/letters/add/", telling.add, name="add_letter"),
    path("<uuid:draft_key>/examples/", trying.examples, name="examples"),
    path("<uuid:draft_key>/try/", trying.try_it, name="try"),
    path("<uuid:draft_key>/try/sheet.json", trying.browser_sheet, name="try_sheet"),
    path("<uuid:draft_key>/files/", texts.files, name="files"),
    path("<uuid:draft_key>/files/add/", texts.add_file, name="add_file"),
    path("<uuid:draft_key>/download/", texts.download, name="download"),
    path("<uuid:draft_key>/history/", reviewing.history, name="history"),
    path("<uuid:draft_key>/history/undo/", reviewing.undo, name="undo"),
    path("<uuid:draft_key>/review/", reviewing.review, name="review"),
    path("<uuid:draft_key>/review/decide/", reviewing.decide, name="decide"),
]
