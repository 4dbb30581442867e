"""A key that is revoked, or credit that ends, amid a run: what was answered counts, and the rest goes another way.

In: a Model. Out: a Model whose ModelRejected ends a run only as long as nothing has been answered in it.
"""

from briefer.errors import Cause, ModelRejected, NoAnswer
from briefer.protocols import Model
from briefer.types import Question, Reply, Value


class Steadfast:
    """A Model that, once it has answered, is unavailable rather than rejected, and then asks no more."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._answered = False
        self._ended: ModelRejected | None = None

    async def complete(self, question: Question[Value]) -> Reply[Value]:
        """The reply. Raises ModelRejected as long as there was none, after that NoAnswer(UNAVAILABLE)."""
        if self._ended is not None:
            raise NoAnswer(str(self._ended), Cause.UNAVAILABLE)
        try:
            reply = await self._model.complete(question)
        except ModelRejected as error:
            if not self._answered:
                raise
            self._ended = error
            raise NoAnswer(str(error), Cause.UNAVAILABLE) from error
        self._answered = True
        return reply
