"""What outlets take back: new articles and the claims of the remembered days in, the claims that fall out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from briefer.extract.corrections import address, fallen, killed, superseded
from briefer.reading.corrections import corrections
from briefer.reading.house import House
from briefer.types import Article, Claim

_EARLIEST = datetime.min.replace(tzinfo=UTC)


def taken_back(
    new: Iterable[Article], articles: Sequence[Article], claims: Sequence[Claim], house: House
) -> dict[str, str]:
    """Each claim that falls, and the article by which it does: one that corrects it, or a later version of its own.

    `new` are those that no earlier edition knew, `articles` and `claims` all of the remembered days.
    """
    by_id = {article.id: article for article in articles}
    of: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        of[claim.article].append(claim)
    versions: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.url:
            versions[address(article.url)].append(article)
    found: dict[str, str] = {}
    for article in sorted(new, key=_in_time):
        for correction in corrections(article):
            found |= dict.fromkeys(killed(correction, article, claims, by_id, house), article.id)
        for old in versions.get(address(article.url), ()) if article.url else ():
            if superseded(old, article):
                found |= dict.fromkeys(fallen(of[old.id], article, of[article.id]), article.id)
    return found


def _in_time(article: Article) -> tuple[datetime, str]:
    return article.published or _EARLIEST, article.id
