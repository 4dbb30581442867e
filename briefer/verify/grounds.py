"""What a claim is held against: the sentences that it cites, as words and as frames."""

from dataclasses import dataclass
from functools import cached_property

from briefer.reading import lexicon
from briefer.reading.assertions import Assertion
from briefer.reading.names import fold
from briefer.reading.scene import Scene
from briefer.types import Actor, Article


@dataclass(frozen=True)
class Grounds:
    """The cited sentences of an article, by number, with what the reader finds asserted in them."""

    article: Article
    scene: Scene
    said: tuple[Assertion, ...]
    sentences: tuple[int, ...]

    @cached_property
    def text(self) -> str:
        """The cited words, in the order of the article."""
        return " ".join(self.article.sentence(number) for number in self.sentences)

    @cached_property
    def folded(self) -> str:
        """The cited words under the folding key of names, with a blank at either end."""
        return f" {fold(self.text)} "

    @cached_property
    def before(self) -> str:
        """The folded words of all that comes before the last cited sentence: what a pronoun may stand for."""
        return f" {fold(self.article.text[: self.article.sentences[self.sentences[-1]].end])} "

    def names(self, actor: Actor) -> bool:
        """Whether the cited words name this actor, under any of its names."""
        return any(f" {name} " in self.folded for name in self.spellings(actor))

    def spellings(self, actor: Actor) -> set[str]:
        """The folded names under which an actor may stand in a text."""
        found = {fold(actor.name), fold(actor.canonical)}
        known = lexicon.actors().get(lexicon.fold(actor.canonical))
        if known is not None:
            found |= {fold(alias) for alias in (known.canonical, *known.aliases)}
        found |= {short for short, full in self.scene.full.items() if fold(full) in found}
        return {name.removeprefix("the ") for name in found if name}
