"""The Files and Batch API of the stub server: batches stand still until a test moves them on.

with Stub(script=...) as stub:
    desk = BatchDesk(stub)      # stub.script and stub.answer decide what becomes of each request of a batch
    ...
    desk.finish()
"""

import json
import random
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any

from stub_script import Call, Deed, Json, error, json_deed
from stub_server import Stub

NO_FILE = error(404, "No such File object")
NO_BATCH = error(404, "No batch found with this id")


class BatchDesk:
    """Hooks itself into a stub. `files` and `batches` are by id; `change` makes other lines of the output's lines."""

    def __init__(self, stub: Stub, *, change: Callable[[list[bytes]], Iterable[bytes]] = list) -> None:
        self.stub, self.change = stub, change
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, Json] = {}
        self.purposes: list[str] = []
        self.before: dict[str, Callable[[Call], Deed | None]] = {}
        for wanted, handler in {
            "POST /v1/files": self._upload,
            "GET /v1/files/": self._content,
            "POST /v1/batches": self._create,
            "GET /v1/batches": self._list,
            "GET /v1/batches/": self._state,
        }.items():
            stub.handlers[wanted] = lambda call, wanted=wanted, handler=handler: (
                (self.before[wanted](call) if wanted in self.before else None) or handler(call)
            )

    @property
    def requests(self) -> list[Json]:
        """The lines of all files that were uploaded."""
        inputs = [batch["input_file_id"] for batch in self.batches.values()]
        return [json.loads(line) for file in inputs for line in self.files[file].splitlines()]

    def work(self, status: str = "in_progress", completed: int = 0) -> None:
        """Move every batch that is not over on."""
        for batch in self._not_over():
            batch["status"] = status
            batch["request_counts"] = {"total": self._total(batch), "completed": completed, "failed": 0}

    def finish(self, status: str = "completed", share: float = 1.0, seed: int = 1) -> None:
        """End every batch; a `share` of the requests was come to, the others expire. Lines are in any order."""
        for batch in self._not_over():
            requests = self.files[batch["input_file_id"]].splitlines()
            reached = round(share * len(requests))
            good, bad = self._lines(requests[:reached])
            bad += [_expired(json.loads(line)["custom_id"]) for line in requests[reached:]]
            random.Random(seed).shuffle(good)
            batch["status"] = status
            batch["output_file_id"] = self._keep("file-out", b"\n".join(self.change(good))) if good else None
            batch["error_file_id"] = self._keep("file-err", b"\n".join(bad)) if bad else None

    def fail(self, message: str) -> None:
        """End every batch before it began."""
        for batch in self._not_over():
            error = {"code": "invalid", "message": message, "line": 1, "param": None}
            batch.update(status="failed", errors={"object": "list", "data": [error]})

    def _not_over(self) -> list[Json]:
        return [batch for batch in self.batches.values() if "output_file_id" not in batch]

    def _total(self, batch: Json) -> int:
        return len(self.files[batch["input_file_id"]].splitlines())

    def _lines(self, requests: list[bytes]) -> tuple[list[bytes], list[bytes]]:
        good, bad = [], []
        for number, line in enumerate(requests, start=1):
            request = json.loads(line)
            raw = json.dumps(request["body"]).encode()
            digest = blake2b(raw, digest_size=8).hexdigest()
            deed = self.stub.complete(Call(request["method"], request["url"], {}, raw, digest, 1, number))
            response = {"status_code": deed.status, "request_id": f"req-{number}", "body": _body(deed)}
            told = {"id": f"batch_req_{number}", "custom_id": request["custom_id"], "response": response, "error": None}
            (good if deed.status == 200 else bad).append(json.dumps(told).encode())
        return good, bad

    def _upload(self, call: Call) -> Deed:
        fields = _form(call)
        self.purposes.append(fields["purpose"].decode())
        return json_deed({"id": self._keep("file-in", fields["file"]), "object": "file", "bytes": len(fields["file"])})

    def _content(self, call: Call) -> Deed:
        name = call.path.removeprefix("/v1/files/").removesuffix("/content")
        return Deed(body=self.files[name], latency=0.0) if name in self.files else NO_FILE

    def _create(self, call: Call) -> Deed:
        body = call.body
        assert body["endpoint"] == "/v1/chat/completions"
        assert body["completion_window"] == "24h"
        if body["input_file_id"] not in self.files:
            return NO_FILE
        identifier = f"batch_{len(self.batches) + 1}"
        self.batches[identifier] = {
            "id": identifier,
            "object": "batch",
            "status": "validating",
            "input_file_id": body["input_file_id"],
            "errors": None,
            "request_counts": None,
        }
        return json_deed(self.batches[identifier])

    def _list(self, call: Call) -> Deed:
        return json_deed({"object": "list", "data": list(reversed(self.batches.values())), "has_more": False})

    def _state(self, call: Call) -> Deed:
        batch = self.batches.get(call.path.removeprefix("/v1/batches/"))
        return json_deed(batch) if batch else NO_BATCH

    def _keep(self, kind: str, content: bytes) -> str:
        name = f"{kind}-{len(self.files) + 1}"
        self.files[name] = content
        return name


def _body(deed: Deed) -> Any:
    try:
        return json.loads(deed.body or b"{}")
    except ValueError:
        return {}


def _expired(custom_id: str) -> bytes:
    message = "This request could not be executed before the completion window expired."
    told = {"custom_id": custom_id, "response": None, "error": {"code": "batch_expired", "message": message}}
    return json.dumps(told).encode()


def _form(call: Call) -> dict[str, bytes]:
    """The fields of a multipart form by name."""
    _, _, boundary = call.headers["content-type"].partition("boundary=")
    fields = {}
    for part in call.raw.split(b"--" + boundary.encode()):
        head, blank, content = part.partition(b"\r\n\r\n")
        if blank:
            name = head.partition(b'name="')[2].partition(b'"')[0].decode()
            fields[name] = content.removesuffix(b"\r\n")
    return fields
