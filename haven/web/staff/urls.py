"""Addresses of signing in, of one's own account and of those who work here; neutral, and none says what Haven is for.

allauth looks its pages up by its own names, so those stand outside the name space `staff`.
"""

from django.urls import include, path

from haven.web.staff import account, people, set_up, sign_in, start
from haven.web.staff.guard import signing_in_page, staff_page

added_first = staff_page(without_second_factor=True)
looked_at = staff_page(methods=("GET", "HEAD"))

sign_in_urls = [
    path("sign-in", signing_in_page(sign_in.SignIn.as_view()), name="account_login"),
    path("sign-in/second-step", signing_in_page(sign_in.SecondStep.as_view()), name="mfa_authenticate"),
    path("sign-in/passkey", signing_in_page(sign_in.PasskeySignIn.as_view()), name="mfa_login_webauthn"),
    path("sign-out", signing_in_page(sign_in.SignOut.as_view()), name="account_logout"),
    path("confirm", added_first(sign_in.ConfirmByPassword.as_view()), name="account_reauthenticate"),
    path("confirm/code", added_first(sign_in.ConfirmByCode.as_view()), name="mfa_reauthenticate"),
    path("confirm/passkey", added_first(sign_in.ConfirmByPasskey.as_view()), name="mfa_reauthenticate_webauthn"),
    path("account", account.account, name="mfa_index"),
    path("account/code-app", added_first(account.AddCodeApp.as_view()), name="mfa_activate_totp"),
    path("account/passkeys", added_first(account.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>", staff_page()(account.RenamePasskey.as_view()), name="mfa_edit_webauthn"),
    path("account/recovery-codes", looked_at(account.RecoveryCodes.as_view()), name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new",
        staff_page()(account.NewRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
]
own_urls = [
    path("", start.start, name="start"),
    path("stay", start.stay, name="stay"),
    path("shortcuts", start.shortcuts, name="shortcuts"),
    path("second-factor", start.second_factor, name="second-factor"),
    path("account", account.account, name="account"),
    path("account/password", account.password, name="password"),
    path("account/factors/<int:pk>/remove", account.remove_factor, name="remove-factor"),
    path("account/sessions", account.end_sessions, name="end-sessions"),
    path("people", people.people, name="people"),
    path("people/add", people.add, name="add-member"),
    path("people/teams/add", people.add_team, name="add-team"),
    path("people/<int:pk>", people.member, name="member"),
    path("people/<int:pk>/roles/give", people.grant_role, name="grant-role"),
    path("people/<int:pk>/roles/take", people.revoke_role, name="revoke-role"),
    path("people/<int:pk>/team", people.move, name="move-member"),
    path("people/<int:pk>/link", people.new_link, name="new-link"),
    path("people/<int:pk>/second-factors", people.reset_second_factors, name="reset-second-factors"),
    path("people/<int:pk>/leave", people.leave, name="leave"),
    path("people/<int:pk>/come-back", people.come_back, name="come-back"),
    path("on-call", people.on_call, name="on-call"),
    path("on-call/<int:pk>", people.set_on_call, name="set-on-call"),
    path("set-up", set_up.set_up, name="set-up"),
    path("set-up/<str:secret>", set_up.arrive, name="set-up-link"),
]
urlpatterns = [path("", include(sign_in_urls)), path("", include((own_urls, "staff")))]
