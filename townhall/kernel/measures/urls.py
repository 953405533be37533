from django.urls import path

from townhall.kernel.measures import views

app_name = "measures"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/", views.one, name="one"),
    path("<slug:code>/<slug:breakdown>.csv", views.sheet, name="sheet"),
]
