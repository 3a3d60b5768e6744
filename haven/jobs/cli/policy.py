"""`haven policy`: clause by clause, what carries the policy out, how often, and which tests hold it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from haven.jobs.cli.needs import needs_database, needs_django

if TYPE_CHECKING:
    from haven.insight.clauses import Assurance, ClauseRow

WIDTH = 80
STATES = {"carried_out": ("carried out", "green"), "partly": ("partly", "yellow"), "empty": ("empty", "red")}
KINDS = {"guard": "guard", "duty": "duty", "record": "record", "figure": "figure"}


@click.command()
@click.argument("clauses", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="A list of objects, one for each clause, for other programs.")
@click.option("--state", type=click.Choice(list(STATES)), help="Only the clauses that are carried out this far.")
@click.option("--brief", is_flag=True, help="One line for each clause.")
@click.option("--keep-tests", is_flag=True, help="Write down which tests there are, for an installation without them.")
@click.pass_context
def command(
    context: click.Context, clauses: tuple[str, ...], as_json: bool, state: str | None, brief: bool, keep_tests: bool
) -> None:
    """Print the policy clause by clause: what carries it out, how often it did, and which tests hold it.

    What is empty is shown as empty. Name clauses (3.5.2, "3.3.3(a)") to see only those. All numbers are counted from
    the database and the code; none is typed in.
    """
    context.invoke(_keep_tests) if keep_tests else context.invoke(
        _print, clauses=clauses, as_json=as_json, state=state, brief=brief
    )


@click.command()
@needs_django
def _keep_tests() -> None:
    from haven.insight import tested

    if not tested.FOLDER.is_dir():
        raise click.ClickException("There are no tests beside this Haven to write down.")
    click.echo(f"Wrote {tested.keep()}.")


@click.command()
@needs_database
def _print(clauses: tuple[str, ...], as_json: bool, state: str | None, brief: bool) -> None:
    from haven.insight.clauses import as_json as json_of
    from haven.insight.clauses import assurance
    from haven.kernel.clock import now
    from haven.policy.clauses import UnknownClause, clause

    try:
        wanted = {clause(number).number for number in clauses}
    except UnknownClause as unknown:
        raise click.ClickException(str(unknown)) from None
    found = assurance(at=now())
    rows = [
        row
        for row in found.clauses
        if (not wanted or row.clause.number in wanted) and (state is None or row.state == state)
    ]
    if as_json:
        click.echo(json.dumps([json_of(row) for row in rows], indent=2, ensure_ascii=False))
        return
    for line in _brief(rows) if brief else _whole(rows):
        click.echo(line)
    for line in _sum(found):
        click.echo(line)


def _brief(rows: list[ClauseRow]) -> Iterator[str]:
    for row in rows:
        words, colour = STATES[row.state]
        counts = f"{len(row.guards)}g {len(row.duties)}d {len(row.records)}r {len(row.figures)}f {len(row.tests)}t"
        heading = textwrap.shorten(row.clause.heading, 35, placeholder="…")
        yield f"{row.clause.number:10} {heading:35} {click.style(f'{words:12}', fg=colour)} {counts}"


def _whole(rows: list[ClauseRow]) -> Iterator[str]:
    section = ""
    for row in rows:
        if row.clause.section.number != section:
            section = row.clause.section.number
            yield from ("", click.style(f"{section}  {row.clause.section.title}".upper(), bold=True), "─" * WIDTH)
        yield from _clause(row)


def _clause(row: ClauseRow) -> Iterator[str]:
    words, colour = STATES[row.state]
    head = f"{row.clause.number}  {row.clause.heading}"
    gap = " " * max(1, WIDTH - len(head) - len(words))
    yield ""
    yield f"{click.style(head, bold=True)}{gap}{click.style(words, fg=colour)}"
    yield from _wrapped(row.clause.summary, "  ")
    for guard in row.guards:
        yield from _line("refuses", guard.summary, _refused(guard))
    for duty in row.duties:
        yield from _line("requires", duty.summary, _stands(duty.counts))
    for each in row.records:
        yield from _line("records", each.summary, f"{each.count:,}")
    for figure in row.figures:
        yield from _line("counts", figure.definition.title, _counted(figure))
    yield from _tests(row)
    if row.gap:
        yield from _line("lacks", row.gap, "")
    if row.missing:
        yield from _line("missing", ", ".join(f"no {KINDS[kind]} yet" for kind in row.missing), "")


def _refused(guard) -> str:
    return f"asked {guard.asked.asked:,}, refused {guard.asked.refused:,}, {_plural(len(guard.tests), 'test')}"


def _stands(counts) -> str:
    done = f"in time {counts.met:,}, late {counts.met_late:,}, missed {counts.missed:,}"
    return f"{done}; open {counts.open:,}, of them late {counts.late:,}"


def _counted(figure) -> str:
    result, kind = figure.result, figure.definition.kind
    if kind == "share":
        return "nothing yet" if result.percent is None else f"{result.percent}% of {result.total:,}"
    if kind == "time":
        return "nothing yet" if result.middle is None else f"middle {_span(result.middle)}, worst {_span(result.worst)}"
    return f"{result.total:,}" if figure.definition.adds_up else f"{len(result.parts)} kinds"


def _span(minutes: float) -> str:
    if minutes < 120:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 2880 else f"{minutes / 1440:.0f} days"


def _tests(row: ClauseRow) -> Iterator[str]:
    if row.tests:
        first = row.tests[0].sentence
        more = f" (and {len(row.tests) - 1} more)" if len(row.tests) > 1 else ""
        yield from _line("tests", first + more, "")
    elif row.needs_tests and row.state != "empty":
        yield from _line("tests", "no test names this clause yet", "")
    for name in row.untested:
        yield from _line("untested", f"no test marked with this clause calls {name}", "")


def _line(what: str, text: str, numbers: str) -> Iterator[str]:
    indent = " " * 12
    lines = textwrap.wrap(text, WIDTH - len(indent)) or [""]
    room = WIDTH - len(indent) - len(lines[-1])
    if numbers and len(numbers) + 2 <= room:
        lines[-1] += " " * (room - len(numbers)) + click.style(numbers, dim=True)
        numbers = ""
    yield f"  {click.style(f'{what:10}', fg='cyan')}{lines[0]}"
    yield from (indent + each for each in lines[1:])
    if numbers:
        yield from (indent + click.style(each, dim=True) for each in textwrap.wrap(numbers, WIDTH - len(indent)))


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _sum(found: Assurance) -> Iterator[str]:
    from haven.insight.clauses import State

    parts = [f"{len(found.in_state(state))} {STATES[state][0]}" for state in State]
    yield ""
    yield "─" * WIDTH
    yield f"{len(found.clauses)} clauses: {', '.join(parts)}. {_plural(found.tests, 'test')} name a clause."
    yield f"Counted {found.counted_at.astimezone():%d %B %Y, %H:%M}."


def _plural(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
