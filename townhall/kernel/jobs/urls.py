from django.urls import path

from townhall.kernel.jobs import views

app_name = "jobs"
urlpatterns = [path("<uuid:progress_id>/", views.progress, name="progress")]
