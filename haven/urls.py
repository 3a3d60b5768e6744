"""Every address that Haven answers at; each audience lists its own."""

from django.urls import include, path

from haven.web import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("staff/", include("haven.web.staff.urls")),
    path("desk/", include("haven.web.desk.urls")),
    path("oversight/", include("haven.web.oversight.urls")),
    path("", include("haven.web.public.urls")),
]

handler400 = "haven.web.public.errors.not_understood"
handler403 = "haven.web.public.errors.not_allowed"
handler404 = "haven.web.public.errors.nothing_here"
handler500 = "haven.web.public.errors.went_wrong"
