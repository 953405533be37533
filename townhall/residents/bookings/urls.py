from django.urls import path

from townhall.residents.bookings.views import choosing, days, feeds, setting_up

app_name = "bookings"
urlpatterns = [
    path("days/", days.index, name="days"),
    path("days/<uuid:resource_id>/", days.day, name="day"),
    path("days/<uuid:resource_id>/list.csv", days.sheet, name="sheet"),
    path("days/<uuid:resource_id>/close/", days.close, name="close"),
    path("days/<uuid:resource_id>/open/", days.open_again, name="open"),
    path("feed/<str:token>.ics", feeds.feed, name="feed"),
    path("set-up/", setting_up.listing, name="resources"),
    path("set-up/new/", setting_up.new, name="new_resource"),
    path("set-up/<uuid:resource_id>/", setting_up.resource, name="resource"),
    path("set-up/<uuid:resource_id>/feed/", setting_up.new_link, name="new_feed_link"),
    path("<uuid:wish_id>/", choosing.choose, name="choose"),
    path("<uuid:wish_id>/move/", choosing.move, name="move"),
    path("<uuid:wish_id>/give-up/", choosing.give_up, name="give_up"),
    path("<uuid:wish_id>/wait/", choosing.wait, name="wait"),
    path("<uuid:wish_id>/none/", choosing.none, name="none"),
    path("<uuid:wish_id>/booking.ics", feeds.own, name="own"),
]
