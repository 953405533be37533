from django.urls import path

from townhall.kernel.live import views

app_name = "live"
urlpatterns = [path("stream", views.no_stream, name="stream")]
