"""Settings of signing in; `haven.settings` takes them all (docs/adr/0007-sign-in.md).

OpenID Connect later: add `allauth.socialaccount` and its provider to INSTALLED_APPS and its addresses beside ours; the
second-factor gate and the trail hang on the adapter and on `guard`, and hold for whoever comes in that way.
"""

_MINUTE = 60
_HOUR = 60 * _MINUTE

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "staff:start"
LOGOUT_REDIRECT_URL = "account_login"

# Passwords: long, not common; made of whatever people like. Scrypt is hard on memory and needs no further package.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_DJANGO = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _DJANGO + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _DJANGO + "UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("name", "email")}},
    {"NAME": _DJANGO + "CommonPasswordValidator"},
    {"NAME": "haven.accounts.passwords.NotStretched"},
    {"NAME": "haven.accounts.passwords.NotTooLong"},
]

# Who signs in: by e-mail address; nobody signs themselves up or resets a password by mail.
ACCOUNT_ADAPTER = "haven.web.staff.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_TIMEOUT = 15 * _MINUTE
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * _MINUTE  # rules.RECENTLY
ACCOUNT_FORMS = {
    "login": "haven.web.staff.forms.SignInForm",
    "reauthenticate": "haven.web.staff.forms.ConfirmPasswordForm",
}
ACCOUNT_RATE_LIMITS = False  # haven.accounts.guessing counts, for every process at once and without an address kept

# The second factor
MFA_ADAPTER = "haven.web.staff.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Haven"
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "haven.web.staff.forms.SecondStepForm",
    "authenticate_webauthn": "haven.web.staff.forms.SecondStepPasskeyForm",
    "reauthenticate": "haven.web.staff.forms.ConfirmCodeForm",
    "reauthenticate_webauthn": "haven.web.staff.forms.ConfirmPasskeyForm",
    "login_webauthn": "haven.web.staff.forms.PasskeySignInForm",
    "activate_totp": "haven.web.staff.forms.AddCodeAppForm",
    "add_webauthn": "haven.web.staff.forms.AddPasskeyForm",
    "edit_webauthn": "haven.web.staff.forms.RenamePasskeyForm",
}

# Sessions live in the database; `haven.web.staff.sessions` ends them, this is only the outer limit.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * _HOUR + 30 * _MINUTE  # rules.LONGEST_SESSION and IDLE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
USERSESSIONS_TRACK_ACTIVITY = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
