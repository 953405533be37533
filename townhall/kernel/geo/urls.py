from django.urls import path

from townhall.kernel.geo import views

app_name = "geo"
urlpatterns = [
    path("", views.loaded, name="loaded"),
    path("tiles/<int:zoom>/<int:column>/<int:row>.mvt", views.tile, name="tile"),
    path("style.json", views.style_document, name="style"),
    path("picture.svg", views.still, name="picture"),
    path("pins.json", views.pins, name="pins"),
    path("describe.json", views.describe, name="describe"),
]
