"""The pages of privacy."""

from django.urls import path

from townhall.kernel.privacy.views import disclosures, mine, retention

app_name = "privacy"
urlpatterns = [
    path("", mine.register, name="register"),
    path("mine/", mine.mine, name="mine"),
    path("requests/", disclosures.disclosures, name="disclosures"),
    path("requests/start/<uuid:key>/", disclosures.start, name="start"),
    path("requests/<uuid:key>/", disclosures.disclosure, name="disclosure"),
    path("requests/<uuid:key>/parts/<int:number>/", disclosures.review, name="review"),
    path("requests/<uuid:key>/finish/", disclosures.finish, name="finish"),
    path("requests/<uuid:key>/copy.<slug:kind>", disclosures.download, name="download"),
    path("retention/", retention.retention, name="retention"),
    path("retention/run/", retention.run, name="run"),
]
