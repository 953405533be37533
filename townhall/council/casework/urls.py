from django.urls import path

from townhall.council.casework.views import calls, case, council, people, pins, queue, set_up, several, sheets, undoing

app_name = "casework"
urlpatterns = [
    path("", queue.show, name="queue"),
    path("rows/<uuid:case_id>", queue.row, name="row"),
    path("cases.csv", sheets.download, name="sheet"),
    path("lists/", queue.keep_list, name="keep_list"),
    path("lists/<uuid:list_id>/forget/", queue.forget_list, name="forget_list"),
    path("several/", several.several, name="several"),
    path("undo/", undoing.undo, name="undo"),
    path("search", people.search, name="search"),
    path("cases/<str:reference>/", case.show, name="case"),
    path("cases/<str:reference>/pin.json", pins.pin, name="case_pin"),
    path("cases/<str:reference>/tasks/", case.set_task, name="set_task"),
    path("cases/<str:reference>/tasks/<uuid:task_id>/", case.tick_task, name="tick_task"),
    path("cases/<str:reference>/join/", case.join, name="join"),
    path("cases/<str:reference>/<slug:code>/", case.step, name="step"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("calls/", calls.show, name="calls"),
    path("calls/caller/", calls.choose, name="caller"),
    path("calls/check/", calls.verify, name="check"),
    path("calls/case/", calls.take_up, name="take_up"),
    path("calls/begin/", calls.begin, name="begin"),
    path("calls/wrap-up/", calls.wrap_up, name="wrap_up"),
    path("set-up/", set_up.index, name="set_up"),
    path("set-up/council/", council.council, name="council"),
    path("set-up/neighbours/new/", council.neighbour, name="new_neighbour"),
    path("set-up/neighbours/<slug:code>/", council.neighbour, name="neighbour"),
    path("set-up/rules/", set_up.list_rules, name="rules"),
    path("set-up/rules/new/", set_up.edit_rule, name="new_rule"),
    path("set-up/rules/<uuid:rule_id>/", set_up.edit_rule, name="rule"),
    path("set-up/rules/<uuid:rule_id>/move/", set_up.move_rule, name="move_rule"),
]
