from django.urls import path

from townhall.residents.webhooks.views import hooks, systems

app_name = "webhooks"
urlpatterns = [
    path("", hooks.listing, name="hooks"),
    path("new/", hooks.new, name="new_hook"),
    path("systems/new/", systems.new, name="new_system"),
    path("systems/<uuid:system_id>/", systems.system, name="system"),
    path("systems/<uuid:system_id>/test/", systems.test, name="test_system"),
    path("systems/<uuid:system_id>/stop/", systems.stop, name="stop_system"),
    path("systems/<uuid:system_id>/start/", systems.start, name="start_system"),
    path("<uuid:hook_id>/", hooks.hook, name="hook"),
    path("<uuid:hook_id>/test/", hooks.test, name="test_hook"),
    path("<uuid:hook_id>/stop/", hooks.stop, name="stop_hook"),
    path("<uuid:hook_id>/start/", hooks.start, name="start_hook"),
]
