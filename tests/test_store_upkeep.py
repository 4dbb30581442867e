"""What is kept can be told, made smaller, taken out and checked, and a pruned store still knows what it must."""

import json
import re
import sqlite3
from datetime import UTC, datetime

import pytest
from memory_factory import WAR, Edition, at, event, held, kept, on, reading
from store_places import KINDS, new_place
from typer.testing import CliRunner

from briefer.cli.store import app
from briefer.errors import StoreError, UsageError
from briefer.store import open_store
from briefer.store.exporting import export
from briefer.store.measuring import stats
from briefer.store.pruning import prune
from briefer.store.soundness import faults
from briefer.types import Receipt, Status


@pytest.fixture(params=KINDS)
def place(request, tmp_path):
    return new_place(request.param, tmp_path)


def fill(store):
    """Three days of two readers, and a mail."""
    memory = store.memory(WAR)
    store.replies.put("key", "{}")
    for number, holder in ((10, "Front"), (14, "Front"), (16, "Army")):
        item = kept(f"Article of day {number}.", number)
        store.articles.put([item])
        now = event("e1", "c1", number=10, status=Status.CLAIMED if number < 16 else Status.CONFIRMED)
        memory.save(
            Edition(number, events=[now, event(f"e-{number}", number=number)]).remembered(
                readings=(reading(item.article.id, "rules", "c1"),),
                used=(item.article.id,),
                ledger=(held("Danilo", holder, number),),
            )
        )
    memory.save(
        Edition(10, "morning", events=[event("e1", "c1", number=10)]).remembered(ledger=(held("Danilo", "Front", 10),))
    )
    store.receipts.settle(Receipt("morning", on(10), "ann@example.org", "sent", "m@example.org", 1, at(10), at(10)))


@pytest.fixture
def store(place):
    with open_store(place) as opened:
        fill(opened)
        yield opened


def test_stats_tell_how_many_of_which_days(store):
    found = stats(store.database)
    assert found.kind == store.database.dialect
    assert found.bytes > 0
    assert found.receipts == {"sent": 1}
    (war,) = found.collections
    assert (war.articles, war.first_article, war.last_article) == (3, "2031-05-10", "2031-05-16")
    assert (war.editions, war.readers, war.first_edition, war.last_edition) == (4, 2, "2031-05-10", "2031-05-16")
    assert (war.events, war.places, war.actors, war.ledger_rows) == (4, 1, 1, 3)


def test_a_trial_tells_what_would_go_and_keeps_it(store):
    before = list(export(store.database))
    trial = prune(store.database, on(15), trial=True)
    assert trial.rows["articles"] == 2
    assert list(export(store.database)) == before
    assert prune(store.database, on(15)).rows == trial.rows


def test_a_pruned_store_keeps_the_ledger_receipts_and_each_readers_last_edition(store):
    gone = prune(store.database, on(15))
    assert gone.rows["articles"] == gone.rows["readings"] == gone.rows["editions"] == 2
    assert gone.rows["replies"] == 1
    memory = store.memory(WAR)
    assert [(one.key.date, one.key.reader) for one in memory.editions()] == [(on(10), "morning"), (on(16), "")]
    assert [row.holder for row in memory.ledger_on(on(12))] == ["Front"]
    assert len(memory.history("danilo")) == 3
    assert memory.told("morning", on(16), ["e1"])["e1"].event == event("e1", "c1", number=10)
    assert memory.told("", on(16), ["e1"])["e1"].event.status is Status.CONFIRMED
    assert memory.told("", on(15), ["e1"]) == {}
    assert len(memory.events_about(place="danilo")) == 4
    assert store.receipts.last_sent("morning", "ann@example.org", on(16))
    assert faults(store.database) == []
    assert prune(store.database, on(15)).rows == dict.fromkeys(gone.rows, 0)


def test_a_file_that_another_reads_is_pruned_though_it_stays_as_large(tmp_path):
    file = tmp_path / "briefer.db"
    with open_store(file, patience=0.1) as store:
        fill(store)
        holder = sqlite3.connect(file, isolation_level=None)
        holder.execute("BEGIN")
        holder.execute("SELECT count(*) FROM articles").fetchone()
        holder.execute("PRAGMA query_only=ON")
        gone = prune(store.database, on(15))
        assert gone.rows["articles"] == 2
        assert len(store.articles.ids(WAR)) == 1
        holder.execute("ROLLBACK")
        holder.close()


def test_replies_go_by_the_day_on_which_they_were_kept(store):
    tomorrow = datetime.now(UTC).date().replace(year=datetime.now(UTC).year + 1)
    assert prune(store.database, tomorrow, trial=True).rows["replies"] == 1


def test_an_export_is_json_a_row_with_its_table_in_one_order(store):
    lines = list(export(store.database))
    rows = [json.loads(line) for line in lines]
    tables = [row["table"] for row in rows]
    assert tables == sorted(tables)
    assert {"articles", "events", "ledger", "receipts", "replies", "schema_version"} <= set(tables)
    article = next(row for row in rows if row["table"] == "articles")
    assert article["body"]["text"].startswith("Article of day 1")
    assert all(line.isascii() and line.endswith("\n") for line in lines)
    assert lines == list(export(store.database))


def test_both_databases_export_the_same(tmp_path):
    exported = []
    for kind in KINDS:
        with open_store(new_place(kind, tmp_path)) as store:
            fill(store)
            exported.append(list(export(store.database)))
    assert exported[0] == exported[1]


def test_a_sound_store_has_no_faults(store):
    assert faults(store.database) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE articles SET body = source", r"^articles: war, a\w+ cannot be read$"),
        ("UPDATE editions SET changes = date", r"^editions: war, .*2031-05-1\d.* cannot be read$"),
        ("DELETE FROM forms", r"^told: form \w+ is not in forms$"),
        ("DELETE FROM events", r"^event_names: collection, event war, e1 is not in events$"),
        ("DELETE FROM editions WHERE reader = ''", r"^used: edition \d is not in editions$"),
    ],
)
def test_what_is_wrong_is_told(tmp_path, statement, told):
    file = tmp_path / "briefer.db"
    with open_store(file) as store:
        fill(store)
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()
    with open_store(file) as store:
        found = faults(store.database)
    assert any(re.search(told, one) for one in found), found


def test_what_cannot_be_read_is_named(tmp_path):
    file = tmp_path / "briefer.db"
    with open_store(file) as store:
        fill(store)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE editions SET body = x'00'")
    connection.close()
    with open_store(file) as store:
        with pytest.raises(
            StoreError, match=r"the edition of 2031-05-16 in the store cannot be read; `briefer store ch"
        ):
            store.memory(WAR).latest("")
        with pytest.raises(StoreError, match=r"editions war, .* cannot be read"):
            list(export(store.database))


@pytest.fixture
def command(tmp_path, monkeypatch):
    file = tmp_path / "briefer.db"
    with open_store(file) as store:
        fill(store)
    monkeypatch.setenv("BRIEFER_STORE", str(file))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, arguments, catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    run.file = file  # type: ignore[attr-defined]
    return run


def test_the_commands_tell_and_prune(command, tmp_path):
    shown = command("stats")
    assert str(command.file) in shown
    assert "articles            3 of 2031-05-10 to 2031-05-16" in shown
    assert json.loads(command("stats", "--json"))["collections"][0]["editions"] == 4
    out = tmp_path / "out.jsonl"
    assert command("export", "--out", str(out)) == ""
    assert out.read_text() == command("export")
    assert command("check") == ""
    assert json.loads(command("check", "--json"))["faults"] == []
    assert "Would go" in command("prune", "--keep", "90d", "--dry-run")
    assert json.loads(command("prune", "--keep", "1w", "--json"))["rows"].keys() >= {"articles", "editions"}
    assert "Gone" in command("prune", "--keep", "90d")


def test_a_fault_ends_the_check_with_exit_code_4(command):
    with sqlite3.connect(command.file) as connection:
        connection.execute("DELETE FROM forms")
    connection.close()
    with pytest.raises(StoreError, match=r"briefer\.db: \d+ faults; `briefer rebuild`") as told:
        command("check")
    assert told.value.exit_code == 4


@pytest.mark.parametrize("keep", ["90", "d", "-3d", "0d", "3y", "99999999999d", "٣d", "1.5d", ""])
def test_a_time_to_keep_that_is_none_is_wrong_usage(command, keep):
    with pytest.raises(UsageError, match="write a number of days or weeks"):
        command("prune", f"--keep={keep}")


def test_a_store_that_is_not_there_is_not_made_to_tell_of_it(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFER_STORE", str(tmp_path / "none" / "briefer.db"))
    with pytest.raises(StoreError, match="there is no store"):
        CliRunner().invoke(app, ["stats"], catch_exceptions=False)
    assert not (tmp_path / "none").exists()


def test_a_reader_of_an_export_that_has_enough_leaves_the_store_closed(store):
    lines = export(store.database)
    next(lines)
    lines.close()
    store.replies.put("key", "again")
    assert store.replies.get("key") == "again"
