"""Addresses of the public pages: neutral, for they stay in the history of the telephone."""

from django.urls import URLPattern, URLResolver, path

from haven.web.public import afterwards, checking, codes, leaving, mine, mine_more, start, steps

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("before", start.before, name="before"),
    path("safe", start.safe, name="safe"),
    path("language", start.language, name="language"),
    path("p/<int:number>", steps.step, name="step"),
    path("c/<int:number>", steps.change, name="change"),
    path("check", checking.check, name="check"),
    path("done", checking.done, name="done"),
    path("more", afterwards.more, name="more"),
    path("leave", leaving.leave, name="leave"),
    path("code", codes.code, name="code"),
    path("lost", codes.lost, name="lost"),
    path("mine", mine.mine, name="mine"),
    path("mine/read", mine.read, name="read"),
    path("mine/reply", mine.reply, name="reply"),
    path("mine/add", mine_more.add, name="add"),
    path("mine/now", mine_more.now, name="now"),
    path("mine/allow", mine_more.allow, name="allow"),
    path("mine/reach", mine_more.reach, name="reach"),
    path("mine/renew", codes.renew, name="renew"),
]
