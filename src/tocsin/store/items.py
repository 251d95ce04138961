"""What stages that compare pairs keep in a case file: items, the keys they share, edges; facts and who wants them.

Everything is asked for many ids at a time: a question a row would cost more than the comparisons.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.core.ids import canonical
from tocsin.core.rows import EDGE_KINDS, Edge, Held, Join, Row
from tocsin.store.parsing import Parsed

SIZES = (1, 4, 16, 64, 500)
"""Values in one question; SQLite takes 999 and more everywhere. Few sizes, the rest filled up with the last value: each
number of marks is another statement, and to prepare one takes as long as to ask it of ten rows."""


def asked(db: sqlite3.Connection, sql: str, values: Iterable[str], *before: str) -> Iterator[tuple[Any, ...]]:
    """What `sql` gives for `values`, which take the place of its `{}`; `before` are the parameters before them."""
    for one in questions(sql, values, *before):
        yield from db.execute(*one).fetchall()


def questions(sql: str, values: Iterable[str], *before: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """`sql` for so many of `values` at a time, each with its parameters."""
    every = sorted(set(values))
    for start in range(0, len(every), SIZES[-1]):
        some = every[start : start + SIZES[-1]]
        size = next(one for one in SIZES if one >= len(some))
        yield sql.format(",".join("?" * size)), (*before, *some, *some[-1:] * (size - len(some)))


class Items:
    """Items, edges and facts, and the rows that they are made from."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.parsed = Parsed()

    def rows_by_id(self, ids: Iterable[str], kinds: tuple[str, ...]) -> dict[str, list[Row]]:
        """The rows that have one of the ids and are of one of `kinds`: those of one id by their kinds."""
        out: dict[str, list[Row]] = {}
        marks = ",".join("?" * len(kinds))
        sql = f"SELECT id, kind, data FROM row WHERE +kind IN ({marks}) AND id IN ({{}}) ORDER BY id, kind, data"  # noqa: S608 - marks
        found = list(asked(self._db, sql, ids, *kinds))
        for (row_id, kind, _), data in zip(found, self.parsed.values([one[2] for one in found]), strict=True):
            out.setdefault(row_id, []).append(Row(kind, row_id, data))
        return out

    def facts(self, joins: Iterable[Join]) -> dict[Join, tuple[dict[str, Any], ...]]:
        """What rows state under each of `joins`, by their ids; those under which none does are left out."""
        by_kind: dict[str, list[str]] = {}
        for kind, key in joins:
            by_kind.setdefault(kind, []).append(key)
        out: dict[Join, list[dict[str, Any]]] = {}
        sql = (
            "SELECT fact.key, row.data FROM fact CROSS JOIN row ON row.id = fact.id AND row.kind = fact.kind"
            " WHERE fact.kind = ? AND fact.key IN ({}) ORDER BY fact.key, fact.id"
        )
        for kind in sorted(by_kind):
            found = list(asked(self._db, sql, by_kind[kind], kind))
            for (key, _), data in zip(found, self.parsed.values([one[1] for one in found]), strict=True):
                out.setdefault((kind, key), []).append(data)
        return {join: tuple(facts) for join, facts in out.items()}

    def put_facts(self, ids: Iterable[str], kinds: tuple[str, ...]) -> set[Join]:
        """Bring up to date what the rows with these ids and kinds state, those too that are no more; returns under
        what anything may have changed."""
        ids = set(ids)
        found = asked(self._db, "SELECT kind, key, id FROM fact WHERE id IN ({})", ids)
        old = {one for one in found if one[0] in kinds}
        marks = ",".join("?" * len(kinds))
        stated = "json_extract(data, '$.key', '$.keys')"  # the whole of it would be read for two of its parts
        sql = f"SELECT kind, id, {stated} FROM row WHERE +kind IN ({marks}) AND id IN ({{}})"  # noqa: S608 - marks alone
        rows = list(asked(self._db, sql, ids, *kinds))
        said = json.loads(f"[{','.join([one[2] for one in rows])}]")
        new = {(one[0], key, one[1]) for one, keys in zip(rows, said, strict=True) for key in _stated_under(*keys)}
        self._db.executemany("DELETE FROM fact WHERE kind = ? AND key = ? AND id = ?", sorted(old - new))
        self._db.executemany("INSERT INTO fact VALUES (?, ?, ?)", sorted(new - old))
        return {(kind, key) for kind, key, _ in old | new}

    def wanting(self, joins: Iterable[Join]) -> set[tuple[str, str]]:
        """Who wants one of `joins`: (stage, id of a row)."""
        by_kind: dict[str, list[str]] = {}
        for kind, key in joins:
            by_kind.setdefault(kind, []).append(key)
        sql = "SELECT stage, id FROM want WHERE kind = ? AND key IN ({})"
        return {(stage, row_id) for kind in by_kind for stage, row_id in asked(self._db, sql, by_kind[kind], kind)}

    def put_wants(self, stage: str, ids: Iterable[str], wants: Iterable[tuple[str, Join]]) -> None:
        """Forget what the rows `ids` wanted; write what rows (id, join) want now."""
        sql = "SELECT kind, key, stage, id FROM want WHERE stage = ? AND id IN ({})"
        old = set(asked(self._db, sql, ids, stage))
        new = {(kind, key, stage, row_id) for row_id, (kind, key) in wants}
        gone = "DELETE FROM want WHERE kind = ? AND key = ? AND stage = ? AND id = ?"
        self._db.executemany(gone, sorted(old - new))
        self._db.executemany("INSERT INTO want VALUES (?, ?, ?, ?)", sorted(new - old))

    def held(self, stage: str, ids: Iterable[str]) -> dict[str, Held]:
        """Those of the items `ids` that there are, by id."""
        sql = "SELECT id, kind, side, cluster, keys, data FROM item WHERE stage = ? AND id IN ({})"
        found = list(asked(self._db, sql, ids, stage))
        keys, data = (self.parsed.values([one[place] for one in found]) for place in (4, 5))
        return {
            row_id: Held(Row(kind, row_id, of_row), tuple(of_item), side, cluster)
            for (row_id, kind, side, cluster, _, _), of_item, of_row in zip(found, keys, data, strict=True)
        }

    def sharing(self, stage: str, side: str, keys: Iterable[str]) -> dict[str, list[str]]:
        """For each key that any has, the items of that side that have it, by id."""
        out: dict[str, list[str]] = {}
        sql = "SELECT key, id FROM item_key WHERE stage = ? AND side = ? AND key IN ({}) ORDER BY key, id"
        for key, row_id in asked(self._db, sql, keys, stage, side):
            out.setdefault(key, []).append(row_id)
        return out

    def put_held(self, stage: str, old: Iterable[Held], new: Iterable[Held]) -> None:
        """Take away items and write items."""
        old, new = list(old), list(new)
        gone = [(stage, one.side, key, one.row.id) for one in old for key in one.keys]
        self._db.executemany("DELETE FROM item_key WHERE stage = ? AND side = ? AND key = ? AND id = ?", gone)
        self._db.executemany("DELETE FROM item WHERE id = ? AND stage = ?", [(one.row.id, stage) for one in old])
        come = [(stage, one.side, key, one.row.id) for one in new for key in one.keys]
        self._db.executemany("INSERT INTO item_key VALUES (?, ?, ?, ?)", sorted(come))
        values = [
            (one.row.id, stage, one.row.kind, one.side, one.cluster, canonical(one.keys), canonical(one.row.data))
            for one in new
        ]
        self._db.executemany("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def put_clusters(self, stage: str, clusters: Iterable[tuple[str, str]]) -> None:
        """Note for items (id, cluster) which cluster they are in."""
        values = ((cluster, row_id, stage) for row_id, cluster in clusters)
        self._db.executemany("UPDATE item SET cluster = ? WHERE id = ? AND stage = ?", values)

    def edges(self, stage: str, ids: Iterable[str]) -> dict[tuple[str, str], Edge]:
        """Every edge at one of the items, under its (a, b)."""
        ids = set(ids)
        found = dict[tuple[str, str], tuple[Any, ...]]()
        for place in ("a IN ({})", "b IN ({})"):
            index = " INDEXED BY edge_b" if place.startswith("b") else ""  # else all edges of the stage are looked at
            sql = f"SELECT a, b, kind, score, rank, reasons FROM edge{index} WHERE stage = ? AND {place}"  # noqa: S608
            found |= {(one[0], one[1]): one for one in asked(self._db, sql, ids, stage)}
        odd = {kind for _, _, kind, _, _, _ in found.values()}.difference(EDGE_KINDS)
        if odd:
            raise ValueError(odd)
        reasons = self.parsed.values([one[5] for one in found.values()])
        return {
            (a, b): Edge(kind, score, tuple(why), rank, a, b)
            for (a, b, kind, score, rank, _), why in zip(found.values(), reasons, strict=True)
        }

    def put_edges(self, stage: str, old: Iterable[tuple[str, str]], new: Iterable[Edge]) -> None:
        """Take away the edges `old` (a, b) and write edges."""
        self._db.executemany(
            "DELETE FROM edge WHERE stage = ? AND a = ? AND b = ?", sorted((stage, a, b) for a, b in old)
        )
        values = [(stage, one.a, one.b, one.kind, one.score, one.rank, canonical(one.reasons)) for one in new]
        self._db.executemany("INSERT INTO edge VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(values))


def _stated_under(key: Any, keys: Any) -> set[str]:
    """The keys under which a row states a fact, of what stands as `key` and `keys` in its data."""
    return {one for one in (key, *(keys if isinstance(keys, list) else ())) if isinstance(one, str)}
