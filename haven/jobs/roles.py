"""The three database roles: an administrator, haven_owner who migrates, haven_web who serves people."""

from dataclasses import dataclass

import psycopg
from psycopg import sql

from haven.jobs.database import address

OWNER, WEB = "haven_owner", "haven_web"
_NOTHING_SPECIAL = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


@dataclass(frozen=True, kw_only=True)
class Passwords:
    """What the two working roles sign in with."""

    owner: str
    web: str


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where a provisioned database is, for each role."""

    admin: str
    owner: str
    web: str

    def environment(self) -> dict[str, str]:
        """The same as environment variables."""
        return {"DATABASE_ADMIN_URL": self.admin, "DATABASE_OWNER_URL": self.owner, "DATABASE_URL": self.web}


def addresses(admin: str, database: str, passwords: Passwords) -> Addresses:
    """The addresses of one database, from that of the administrator."""
    return Addresses(
        admin=address(admin, dbname=database),
        owner=address(admin, dbname=database, user=OWNER, password=passwords.owner),
        web=address(admin, dbname=database, user=WEB, password=passwords.web),
    )


class RolesUnfit(Exception):
    """The roles that are there cannot be used; the message says why and what to do."""


def provision(admin: str, database: str, passwords: Passwords, *, ours: bool = True) -> Addresses:
    """Make the roles, the database and the rights in it; what is there already is set right.

    On a server that is not `ours` alone, the password of a role that exists is never changed: another Haven may be
    using it. Raises RolesUnfit when the roles cannot be signed in with, or may do more than they should.
    """
    found = addresses(admin, database, passwords)
    with psycopg.connect(admin, autocommit=True) as connection:
        _make_role(connection, OWNER, passwords.owner, ours)
        _make_role(connection, WEB, passwords.web, ours)
        _check_roles(connection)
        _become_member(connection)
        _make_database(connection, database)
    with psycopg.connect(found.admin, autocommit=True) as connection:
        for order in _rights(database):
            connection.execute(order)
    with _signed_in(found.owner, OWNER) as connection:
        for order in _rights_to_come():
            connection.execute(order)
    _signed_in(found.web, WEB).close()
    return found


def _signed_in(url: str, role: str) -> psycopg.Connection:
    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError:
        raise RolesUnfit(
            f"The role {role} is there already, with another password, or may not sign in to the database. Set "
            "DATABASE_URL (as haven_web) and DATABASE_OWNER_URL (as haven_owner) with their passwords."
        ) from None


def _make_role(connection: psycopg.Connection, role: str, password: str, ours: bool) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if known and not ours:
        return
    order = "ALTER ROLE {} LOGIN PASSWORD {}" if known else "CREATE ROLE {} " + _NOTHING_SPECIAL + " PASSWORD {}"
    connection.execute(sql.SQL(order).format(sql.Identifier(role), sql.Literal(password)))


def _check_roles(connection: psycopg.Connection) -> None:
    asked = "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls OR rolcreaterole)"
    if found := connection.execute(asked, [[OWNER, WEB]]).fetchone():
        raise RolesUnfit(
            f"The role {found[0]} is a superuser, may go round row security or may make roles. Take that from it: "
            f"ALTER ROLE {found[0]} NOSUPERUSER NOBYPASSRLS NOCREATEROLE."
        )


def _become_member(connection: psycopg.Connection) -> None:
    """An administrator who is no superuser must be a member of the owner to give it a database and a schema."""
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is not None and not row[0]:
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))


def may_make_roles(url: str) -> bool:
    """Say whether the role of this address is an administrator, who can make the other two."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        return bool(row and row[0])


def _make_database(connection: psycopg.Connection, database: str) -> None:
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        return
    order = sql.SQL("CREATE DATABASE {} OWNER {}")
    connection.execute(order.format(sql.Identifier(database), sql.Identifier(OWNER)))


def _rights(database: str) -> list[sql.Composed]:
    """Nobody but the owner may change the schema; nobody but the two roles may even connect."""
    names = {"db": sql.Identifier(database), "owner": sql.Identifier(OWNER), "web": sql.Identifier(WEB)}
    orders = [
        "REVOKE ALL ON DATABASE {db} FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY ON DATABASE {db} TO {owner}",
        "GRANT CONNECT ON DATABASE {db} TO {web}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "ALTER SCHEMA public OWNER TO {owner}",
        "GRANT USAGE ON SCHEMA public TO {web}",
    ]
    return [sql.SQL(order).format(**names) for order in orders]


def _rights_to_come() -> list[sql.Composed]:
    """What the web role may do with everything that the owner will make in this database."""
    names = {"owner": sql.Identifier(OWNER), "web": sql.Identifier(WEB)}
    ahead = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT "
    orders = [
        "SELECT, INSERT, UPDATE, DELETE ON TABLES TO {web}",
        "USAGE, SELECT ON SEQUENCES TO {web}",
        "EXECUTE ON ROUTINES TO {web}",
        "USAGE ON TYPES TO {web}",
    ]
    return [sql.SQL(ahead + order).format(**names) for order in orders]


def clone(admin: str, template: str, name: str) -> None:
    """Make a database that is an exact copy of another one to which nobody is connected."""
    order = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(order.format(*(sql.Identifier(word) for word in (name, template, OWNER))))
        for line in _rights(name)[:3]:
            connection.execute(line)


def drop(admin: str, name: str) -> None:
    """Drop a database and whoever is still connected to it."""
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
