from django.urls import path

from townhall.kernel.design import views

app_name = "design"
urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("emblem.svg", views.emblem, name="emblem"),
    path("pins/<slug:status>.svg", views.pin, name="pin"),
    path("clusters.svg", views.cluster, name="cluster"),
    path("parts", views.parts, name="parts"),
]
