from django.urls import path

from townhall.residents.reports.views import (
    adding,
    asking,
    browsing,
    following,
    moderating,
    placing,
    reading,
    sending,
    setting_up,
)

app_name = "reports"
urlpatterns = [
    path("", browsing.index, name="index"),
    path("pins.json", browsing.pins, name="pins"),
    path("feed.atom", browsing.feed, name="feed"),
    path("reports.<str:form>", browsing.open_data, name="open_data"),
    path("new/", asking.start, name="start"),
    path("new/<uuid:draft_id>/", sending.go_on, name="go_on"),
    path("new/<uuid:draft_id>/what/", asking.what, name="what"),
    path("new/<uuid:draft_id>/help/", asking.get_help, name="help"),
    path("new/<uuid:draft_id>/category/", asking.category, name="category"),
    path("new/<uuid:draft_id>/where/", placing.where, name="where"),
    path("new/<uuid:draft_id>/where/here/", placing.here_fragment, name="here"),
    path("new/<uuid:draft_id>/questions/", asking.questions, name="questions"),
    path("new/<uuid:draft_id>/photos/", adding.photos, name="photos"),
    path("new/<uuid:draft_id>/photos/<uuid:document_id>/remove/", adding.remove_photo, name="remove_photo"),
    path("new/<uuid:draft_id>/nearby/", adding.nearby, name="nearby"),
    path("new/<uuid:draft_id>/contact/", adding.contact, name="contact"),
    path("new/<uuid:draft_id>/check/", sending.check, name="check"),
    path("new/<uuid:draft_id>/sent/", sending.sent, name="sent"),
    path("new/<uuid:draft_id>/kept/", sending.kept, name="kept"),
    path("answer/<str:key>/", reading.answer, name="answer"),
    path("follow/<str:key>/", following.confirm, name="confirm"),
    path("unfollow/<str:key>/", following.unfollow, name="unfollow"),
    path("set-up/", setting_up.categories, name="categories"),
    path("set-up/new/", setting_up.new_category, name="new_category"),
    path("set-up/<slug:code>/", setting_up.edit_category, name="edit_category"),
    path(
        "set-up/<slug:code>/questions/<slug:question_code>/", setting_up.edit_question, name="edit_question"
    ),
    path("<slug:reference>/", reading.report, name="report"),
    path("<slug:reference>/say/", reading.say, name="say"),
    path("<slug:reference>/note/", reading.add_note, name="note"),
    path("<slug:reference>/follow/", following.follow, name="follow"),
    path("<slug:reference>/stop/", following.stop, name="stop"),
    path("<slug:reference>/hide-name/", reading.hide_name, name="hide_name"),
    path("<slug:reference>/release/", moderating.release, name="release"),
    path("<slug:reference>/notes/<uuid:note_id>/", moderating.look_at_note, name="look_at_note"),
]
