"""The pages of identity."""

from django.urls import path

from townhall.kernel.identity.views import again, codes, desk, passkeys, provider, security, set_up, signing_in, staff

app_name = "identity"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/code/", codes.code, name="code"),
    path("sign-in/letter/", signing_in.posted_code, name="letter"),
    path("sign-in/passkey/", passkeys.show, name="passkey"),
    path("sign-in/passkey/ask/", passkeys.to_show, name="passkey_ask"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("staff/", staff.staff, name="staff"),
    path("staff/second-step/", staff.second_step, name="second_step"),
    path("staff/password/", staff.password, name="password"),
    path("staff/password/new/", staff.new_password, name="new_password"),
    path("staff/provider/", provider.leave, name="provider"),
    path("staff/provider/back/", provider.back, name="provider_back"),
    path("security/", security.security, name="security"),
    path("security/again/", again.again, name="again"),
    path("security/address/", security.add_address, name="add_address"),
    path("security/password/", security.change_password, name="change_password"),
    path("security/app/", staff.add_app, name="add_app"),
    path("security/app/picture.svg", staff.app_picture, name="app_picture"),
    path("security/recovery-codes/", security.recovery_codes, name="recovery_codes"),
    path("security/passkey/", passkeys.make, name="make_passkey"),
    path("security/remove/<int:number>/", passkeys.remove, name="remove_factor"),
    path("security/sessions/<int:number>/end/", security.end_session, name="end_session"),
    path("security/sessions/end/", security.end_all_sessions, name="end_all_sessions"),
    path("residents/<uuid:key>/posted-code/", desk.post_code, name="post_code"),
    path("organisations/", set_up.organisations, name="organisations"),
    path("organisations/add/", set_up.organisation, name="add_organisation"),
    path("organisations/<uuid:key>/", set_up.organisation, name="organisation"),
    path("teams/", set_up.teams, name="teams"),
    path("teams/add/", set_up.team, name="add_team"),
    path("teams/<uuid:key>/", set_up.team, name="team"),
    path("people/", set_up.people, name="people"),
    path("people/add/", set_up.add_person, name="add_person"),
    path("people/<uuid:key>/", set_up.person, name="person"),
    path("people/<uuid:key>/role/", set_up.give_role, name="give_role"),
    path("people/<uuid:key>/role/<uuid:team_key>/end/", set_up.take_role, name="take_role"),
    path("people/<uuid:key>/end/", set_up.end_person, name="end_person"),
    path("people/<uuid:key>/second-step/forget/", set_up.forget_factors, name="forget_factors"),
    path("changes/", set_up.changes, name="changes"),
]
