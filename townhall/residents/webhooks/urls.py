from django.urls import path

from townhall.residents.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("", views.listing, name="hooks"),
    path("new/", views.new, name="new_hook"),
    path("<uuid:hook_id>/", views.hook, name="hook"),
    path("<uuid:hook_id>/test/", views.test, name="test_hook"),
    path("<uuid:hook_id>/stop/", views.stop, name="stop_hook"),
    path("<uuid:hook_id>/start/", views.start, name="start_hook"),
]
