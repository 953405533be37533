from django.urls import path

from townhall.kernel.mapping import views

app_name = "mapping"
urlpatterns = [
    path("<slug:layer>/<int:zoom>/<int:column>/<int:row>.mvt", views.tile, name="tile"),
    path("<slug:layer>/middle.json", views.middle, name="middle"),
    path("<slug:layer>/marks.svg", views.still, name="still"),
]
