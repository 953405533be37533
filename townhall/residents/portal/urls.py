from django.urls import path

from townhall.residents.portal.views import account, front, interfaces, standing

app_name = "portal"
urlpatterns = [
    path("", front.home, name="home"),
    path("search/", front.search, name="search"),
    path("search/suggest/", front.suggest, name="suggest"),
    path("which-council/", front.which, name="which"),
    path("account/", account.account, name="account"),
    path("account/reports/", account.everything, name="everything"),
    path("account/messages/<uuid:letter_id>/", account.message, name="message"),
    path("account/preferences/", account.preferences, name="preferences"),
    path("account/details/", account.details, name="details"),
    path("accessibility/", standing.accessibility, name="accessibility"),
    path("privacy-and-cookies/", standing.privacy, name="privacy"),
    path("open-data/", standing.open_data, name="open_data"),
    path("api/", interfaces.interfaces, name="api"),
    path("contact/", standing.contact, name="contact"),
]
