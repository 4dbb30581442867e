"""What is collected, from where, and how politely."""

from pydantic import Field

from briefer.settings.values import Count, Cron, Languages, Names, PageAddresses, Positive, Table


class Collection(Table):
    """One subject: what is collected for it, and which articles belong to it.

    `feeds` are RSS, Atom or JSON feeds and `pages` single articles, by address; `paths` files, folders, globs and
    Maildirs. An article belongs where it holds one of `keywords` (whole words, any case; none given: every one), none
    of `without`, is in one of `languages` and of one of `outlets`. `days` is how far back an edition remembers reports.
    `schedule` (cron) says when `briefer schedule` collects it.
    """

    feeds: PageAddresses = ()
    pages: PageAddresses = ()
    paths: Names = ()
    keywords: Names = ()
    without: Names = ()
    languages: Languages = ()
    outlets: Names = ()
    full_text: bool = True
    days: int = Field(default=14, ge=2, le=120)
    schedule: Cron = ""


class Collecting(Table):
    """How feeds and pages are fetched. Times in seconds, sizes in bytes.

    `pause` lies between two requests to one host. `private_addresses` lets addresses of this machine and of its own
    network be fetched. A source is reported as gone quiet after `quiet_days` without a new entry.
    """

    user_agent: str = Field(default="", max_length=300, pattern=r"^[\x20-\x7e]*$")
    concurrency: Count = 16
    pause: float = Field(default=1.0, ge=0, le=600)
    timeout: Positive = 30.0
    total_timeout: Positive = 120.0
    max_bytes: int = Field(default=10_000_000, ge=1_000)
    max_redirects: int = Field(default=5, ge=0, le=20)
    tries: Count = 3
    robots: bool = True
    private_addresses: bool = False
    quiet_days: Count = 7
    proxy: str = ""
