"""The two roles of a database: the owner migrates, the server role owns nothing."""

import psycopg
from psycopg import sql

from townhall.launch.postgres import Server

OWNER = "townhall_owner"
SERVES = "townhall_serves"
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")


def ensure_database(server: Server, name: str) -> tuple[str, str]:
    """Make database `name` and its roles where missing; (address for serving, address for migrating)."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for role in (OWNER, SERVES):
            if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
                connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
        connection.execute(sql.SQL("alter role {} createdb").format(sql.Identifier(OWNER)))
        if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            statement = sql.SQL("create database {} owner {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        prepare(connection)
    return server.url(name, SERVES), server.url(name, OWNER)


def prepare(connection: psycopg.Connection) -> None:
    """Make the extensions, and let the serving role use (not own) all that the owner makes."""
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(extension)))
    for kind, rights in (
        ("tables", "select, insert, update, delete"),
        ("sequences", "usage, select"),
        ("functions", "execute"),
    ):
        statement = "alter default privileges for role {} in schema public grant " + rights + " on " + kind + " to {}"
        connection.execute(sql.SQL(statement).format(sql.Identifier(OWNER), sql.Identifier(SERVES)))  # pyright: ignore


def drop_database(server: Server, name: str) -> None:
    """Remove database `name` with all it holds."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
