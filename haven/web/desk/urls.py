"""Addresses of the desk pages; a reference stands in them, a name never."""

from django.urls import URLPattern, URLResolver, path

from haven.web.desk import (
    alarms,
    behaviour,
    casefile,
    caselist,
    casework,
    duties,
    evidence,
    find,
    letters,
    messages,
    now,
    queue,
    reports,
    risk,
)
from haven.web.staff import navigation

app_name = "desk"
navigation.add("desk:now", "Needs me now", order=10)
navigation.add("desk:queue", "Queue", order=11)
navigation.add("desk:cases", "Cases", order=12)
navigation.add("desk:find", "Find", order=13)
navigation.add("desk:reviews", "Second look", order=14)
urlpatterns: list[URLPattern | URLResolver] = [
    path("", now.now, name="now"),
    path("queue", queue.queue, name="queue"),
    path("reviews", queue.reviews, name="reviews"),
    path("alarms/<int:pk>/take", alarms.take, name="take-alarm"),
    path("duties/<int:pk>", duties.done, name="duty"),
    path("reports/<str:reference>", reports.report, name="report"),
    path("reports/<str:reference>/take-up", reports.take_up, name="take-up"),
    path("reports/<str:reference>/decide", reports.decide, name="decide"),
    path("reports/<str:reference>/review", reports.review, name="review"),
    path("reports/<str:reference>/conflict", reports.conflict, name="report-conflict"),
    path("reports/<str:reference>/messages", messages.messages_of, name="messages"),
    path("reports/<str:reference>/code", messages.code, name="code"),
    *evidence.urlpatterns,
    path("find", find.find, name="find"),
    path("find/<str:pk>", find.found, name="found"),
    path("cases", caselist.cases, name="cases"),
    path("cases/<str:reference>", casefile.overview, name="case"),
    path("cases/<str:reference>/people", casefile.people, name="people"),
    path("cases/<str:reference>/people/add", casework.add_person, name="add-person"),
    path("cases/<str:reference>/people/add/<int:pk>", casework.add_known_person, name="add-known-person"),
    path("cases/<str:reference>/people/<int:pk>/end/<int:part>", casework.end_part, name="end-part"),
    path("cases/<str:reference>/people/<int:pk>/same/<int:other>", casework.same_person, name="same-person"),
    path("cases/<str:reference>/people/<int:pk>/contact", casework.safe_contact, name="safe-contact"),
    path("cases/<str:reference>/people/<int:pk>/needs", casework.needs, name="needs"),
    path("cases/<str:reference>/happened", casefile.happened, name="happened"),
    path("cases/<str:reference>/happened/add", casework.add_occasion, name="add-occasion"),
    path("cases/<str:reference>/risk", risk.overview, name="risk"),
    path("cases/<str:reference>/risk/people/<int:pk>/assess", risk.assess_person, name="assess-person"),
    path("cases/<str:reference>/risk/household/assess", risk.assess_household, name="assess-household"),
    path("cases/<str:reference>/risk/people/<int:pk>/look", risk.look, name="look"),
    path("cases/<str:reference>/risk/<int:pk>", risk.assessment, name="assessment"),
    path("cases/<str:reference>/risk/<int:pk>/judge", risk.judge, name="judge-risk"),
    path("cases/<str:reference>/behaviour", behaviour.overview, name="behaviour"),
    path("cases/<str:reference>/behaviour/propose", behaviour.propose, name="propose-step"),
    path("cases/<str:reference>/behaviour/<int:pk>", behaviour.step, name="step"),
    path("cases/<str:reference>/behaviour/<int:pk>/letter", letters.letter, name="letter"),
    path("cases/<str:reference>/behaviour/<int:pk>/translation", letters.translation, name="letter-translation"),
    path("cases/<str:reference>/behaviour/<int:pk>/check", letters.check, name="check-letter"),
    path("cases/<str:reference>/behaviour/<int:pk>/ask", letters.ask, name="ask-approval"),
    path("cases/<str:reference>/behaviour/<int:pk>/decide", letters.decide, name="decide-step"),
    path("cases/<str:reference>/behaviour/<int:pk>/documents/<str:kind>", letters.documents, name="letter-document"),
    path("cases/<str:reference>/behaviour/<int:pk>/<str:what>", behaviour.record, name="record-step"),
    path(
        "cases/<str:reference>/behaviour/<int:pk>/<str:what>/<int:person>", behaviour.record_about, name="record-about"
    ),
    path("cases/<str:reference>/findings", casefile.findings, name="findings"),
    path("cases/<str:reference>/findings/add", casework.add_finding, name="add-finding"),
    path("cases/<str:reference>/patterns", casefile.patterns_, name="patterns"),
    path("cases/<str:reference>/patterns/harassment", casework.harassment, name="harassment"),
    path("cases/<str:reference>/papers", casefile.papers, name="papers"),
    path("cases/<str:reference>/trail", casefile.trail, name="trail"),
    path("cases/<str:reference>/assign", casework.assign, name="assign"),
    path("cases/<str:reference>/restrict", casework.restrict, name="restrict"),
    path("cases/<str:reference>/let-in", casework.let_in, name="let-in"),
    path("cases/<str:reference>/conflict", casework.conflict, name="case-conflict"),
]
