"""What is done to accounts and by whom; each act leaves one entry in the trail, with ids and codes only."""

from haven.accounts.actions.links import issue_link, reset_second_factors, use_link
from haven.accounts.actions.people import (
    add_staff,
    add_team,
    come_back,
    grant_role,
    leave,
    move_to_team,
    revoke_role,
    set_on_call,
)
from haven.accounts.actions.sessions import end_session, end_sessions, end_stale_sessions
from haven.accounts.actions.signing_in import (
    add_second_factor,
    change_password,
    make_recovery_codes,
    record_confirmed,
    record_failed_sign_in,
    record_sign_in,
    remove_second_factor,
    rename_passkey,
)

__all__ = [
    "add_second_factor",
    "add_staff",
    "add_team",
    "change_password",
    "come_back",
    "end_session",
    "end_sessions",
    "end_stale_sessions",
    "grant_role",
    "issue_link",
    "leave",
    "make_recovery_codes",
    "move_to_team",
    "record_confirmed",
    "record_failed_sign_in",
    "record_sign_in",
    "remove_second_factor",
    "rename_passkey",
    "reset_second_factors",
    "revoke_role",
    "set_on_call",
    "use_link",
]
