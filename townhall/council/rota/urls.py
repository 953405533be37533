from django.urls import path

from townhall.council.rota.views import people, skills, tasks, teams

app_name = "rota"
urlpatterns = [
    path("", tasks.mine, name="mine"),
    path("tasks/<uuid:task_id>/", tasks.task, name="task"),
    path("teams/<slug:code>/", teams.board, name="board"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/changes/", people.change, name="change"),
    path("people/<uuid:person_id>/changes/<uuid:change_id>/end/", people.end, name="end_change"),
    path("skills/", skills.listing, name="skills"),
    path("skills/new/", skills.edit, name="new_skill"),
    path("skills/<uuid:skill_id>/", skills.edit, name="skill"),
]
