from django.urls import path

from townhall.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.start, name="start"),
    path("as/<slug:role>/", views.walk_in, name="walk_in"),
    path("start-again/", views.start_again, name="start_again"),
]
