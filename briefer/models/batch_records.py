"""The batches under way, kept from run to run: which server has them, and where each reply is to be kept.

A shelf gives a text by its key and forgets none, so the records stand in numbered places, one sequence for each server
and model; a place is free again when its text is empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from briefer.models.batch_file import Asked
from briefer.protocols import Shelf


class Batch(BaseModel):
    """One batch: the server's id of its file and its own; an empty `id` is of one that was about to be created."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str
    model: str
    file: str
    id: str = ""
    submitted: AwareDatetime
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """The batches of one model at one address. Nothing that is kept here is secret."""

    shelf: Shelf
    address: str
    model: str

    def all(self) -> Iterator[tuple[str, Batch]]:
        """Each batch that is under way, with the place where it stands. What cannot be read is none."""
        for place, text in self._places():
            try:
                batch = Batch.model_validate_json(text)
            except ValidationError:
                continue
            if (batch.address, batch.model) == (self.address, self.model):
                yield place, batch

    def ever(self) -> bool:
        """Whether there was ever a batch."""
        return self.shelf.get(self._place(0)) is not None

    def add(self, batch: Batch) -> str:
        """Keep a batch; the place where it stands."""
        place, number = "", 0
        for number, (taken, text) in enumerate(self._places(), start=1):  # noqa: B007
            place = place or ("" if text else taken)
        place = place or self._place(number)
        self.put(place, batch)
        return place

    def put(self, place: str, batch: Batch) -> None:
        """Keep a batch in the place of what stood there."""
        self.shelf.put(place, batch.model_dump_json())

    def forget(self, place: str) -> None:
        """Free a place."""
        self.shelf.put(place, "")

    def _places(self) -> Iterator[tuple[str, str]]:
        number = 0
        while (text := self.shelf.get(self._place(number))) is not None:
            yield self._place(number), text
            number += 1

    def _place(self, number: int) -> str:
        whose = sha256(f"{self.address} {self.model}".encode()).hexdigest()[:32]
        return f"batch {whose} {number}"
