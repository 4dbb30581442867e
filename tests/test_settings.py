"""Settings: what is written is what counts, and a mistake is named with its file, key and remedy."""

import os

import pytest
from pydantic import ValidationError

from briefer.errors import SettingsError, UsageError
from briefer.settings import Origin, Settings, load, loaded, overridden, unknown_variables


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """An empty current folder and an environment without settings."""
    for name in [name for name in os.environ if name.startswith("BRIEFER_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_file_the_defaults_count():
    assert load() == Settings()
    assert Settings().timezone == "UTC"


def test_the_file_of_the_current_folder_is_read(own_folder):
    own_folder.joinpath("briefer.toml").write_text(
        'timezone = "Asia/Damascus"\n[fields]\ntitle = "kop"\ntext = ["lead", "body"]\n'
    )
    settings = load()
    assert settings.timezone == "Asia/Damascus"
    assert settings.fields.title == ("kop",)
    assert settings.fields.text == ("lead", "body")


def test_a_named_file_beats_the_one_of_the_folder(own_folder):
    own_folder.joinpath("briefer.toml").write_text('timezone = "Asia/Damascus"')
    other = own_folder / "other.toml"
    other.write_bytes(b'\xef\xbb\xbftimezone = "Europe/London"')
    assert load(other).timezone == "Europe/London"


def test_the_environment_beats_the_file_key_by_key(own_folder, monkeypatch):
    own_folder.joinpath("briefer.toml").write_text('timezone = "Asia/Damascus"\n[fields]\ntitle = "kop"\nurl = "web"\n')
    monkeypatch.setenv("BRIEFER_TIMEZONE", "Europe/Kyiv")
    monkeypatch.setenv("BRIEFER_FIELDS__TITLE", '["headline"]')
    settings = load()
    assert settings.timezone == "Europe/Kyiv"
    assert settings.fields.title == ("headline",)
    assert settings.fields.url == ("web",)


def test_settings_made_in_a_program_heed_no_environment(monkeypatch):
    monkeypatch.setenv("BRIEFER_TIMEZONE", "Europe/Kyiv")
    assert Settings(timezone="Asia/Tokyo").timezone == "Asia/Tokyo"
    assert Settings().timezone == "UTC"


WRONG = {
    "unknown key": ('timezon = "UTC"', ["briefer.toml: timezon", "no such setting", "timezone"]),
    "unknown key of a section": ("[fields]\nheadline = 'x'", ["fields.headline", "no such setting", "title"]),
    "unknown timezone": ('timezone = "Mars/Olympus"', ["timezone", "Mars/Olympus", "Europe/London"]),
    "a path as timezone": ('timezone = "../../etc/passwd"', ["timezone", "IANA"]),
    "wrong type": ("timezone = 3", ["timezone", "string"]),
    "unknown key of the model": ("[model]\nkey = 'sk-1'", ["model.key", "no such setting", "key_variable"]),
    "an address that is none": ("[model]\nbase_url = 'ollama'", ["model.base_url", "http://127.0.0.1"]),
    "a price below nothing": ("[model.prices]\ninput = -1", ["model.prices.input"]),
    "a language that is none": ("language = 'English'", ["language"]),
    "not TOML": ("timezone = \nfields", ["briefer.toml", "TOML", "line 1"]),
}


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_in_the_file_is_named(own_folder, text, words):
    own_folder.joinpath("briefer.toml").write_text(text)
    with pytest.raises(SettingsError) as raised:
        load()
    for word in words:
        assert word in str(raised.value)


def test_every_mistake_is_named_at_once(own_folder):
    own_folder.joinpath("briefer.toml").write_text("one = 1\ntwo = 2\n")
    with pytest.raises(SettingsError, match=r"(?s)one.*two"):
        load()


def test_a_missing_named_file_is_an_error(own_folder):
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load(own_folder / "nowhere.toml")


def test_a_file_that_is_no_text_is_an_error(own_folder):
    own_folder.joinpath("briefer.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="UTF-8"):
        load()


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("BRIEFER_TIMEZONE", "Mars/Olympus", "Mars/Olympus"),
        ("BRIEFER_FIELDS__HEADLINE", "[]", "no such setting"),
        ("BRIEFER_FIELDS", "no json", "JSON"),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(monkeypatch, name, value, word):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=word) as raised:
        load()
    assert name.lower() in str(raised.value).lower() or "fields" in str(raised.value)


def test_variables_that_are_no_settings_are_told_apart(monkeypatch):
    monkeypatch.setenv("BRIEFER_TIMZONE", "UTC")
    monkeypatch.setenv("BRIEFER_TIMEZONE", "UTC")
    monkeypatch.setenv("BRIEFER_FIELDS__TITLE", "kop")
    assert unknown_variables() == ["BRIEFER_TIMZONE"]


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        Settings().timezone = "Asia/Tokyo"


def test_a_password_in_an_address_is_refused_and_not_repeated(own_folder):
    own_folder.joinpath("briefer.toml").write_text("[model]\nbase_url = 'https://me:hunter2@llm.example/v1'\n")
    with pytest.raises(SettingsError, match="environment variable") as raised:
        load()
    assert "hunter2" not in str(raised.value)


def test_an_option_beats_the_settings_and_leaves_the_rest():
    settings = Settings.model_validate({"timezone": "Asia/Tokyo", "model": {"name": "small", "max_cost": 2}})
    options = {"model.name": ("--model", "large"), "model.max_cost": ("--max-cost", None)}
    changed = overridden(settings, options)
    assert (changed.model.name, changed.model.max_cost, changed.timezone) == ("large", 2, "Asia/Tokyo")


@pytest.mark.parametrize(
    ("key", "option", "value"),
    [
        ("model.max_cost", "--max-cost", 0),
        ("model.max_cost", "--max-cost", float("nan")),
        ("model.concurrency", "--concurrency", 0),
        ("model.base_url", "--base-url", "localhost:8080"),
        ("language", "--language", "English"),
    ],
)
def test_a_mistaken_option_is_named(key, option, value):
    with pytest.raises(UsageError, match=f"^{option}: "):
        overridden(Settings(), {key: (option, value)})


def test_no_model_is_named_by_default_whatever_keys_there_are(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    assert load().model.name == ""


TABLES = {
    "unknown key of a collection": (
        "[collections.libya]\nfeedz = []\n",
        ["collections.libya.feedz", "did you mean feeds?"],
    ),
    "one of several feeds": (
        '[collections.libya]\nfeeds = ["https://news.example/rss", "rss.xml"]\n',
        ["collections.libya.feeds, entry 2", "https://example.org/rss.xml"],
    ),
    "a name that cannot be one": ('[collections."My War"]\n', ["collections.My War", "small letters"]),
    "a digest without collection": ("[digests.desk]\ntitle = 'x'\n", ["digests.desk.collection", "missing"]),
    "a digest of no collection": (
        '[collections.libya]\n[digests.desk]\ncollection = "lybia"\n',
        ["digests.desk.collection", "'lybia'", "there are: libya"],
    ),
    "a schedule that goes to nobody": (
        '[collections.libya]\n[digests.desk]\ncollection = "libya"\nschedule = "0 6 * * *"\n',
        ["digests.desk.recipients", "desk@example.org"],
    ),
    "one click without an https address": (
        '[collections.libya]\n[digests.desk]\ncollection = "libya"\n'
        'unsubscribe = "leave@desk.example"\none_click = true\n',
        ["digests.desk.one_click", "https", "unsubscribe"],
    ),
    "an SMTP server without a name": ('[mail]\ntransport = "smtp"\n', ["mail.host", "smtp.example.org", "mail.sender"]),
    "a folder of mails that is not named": ('[mail]\ntransport = "folder"\n', ["mail.folder", "outbox"]),
    "no mail address": ('[mail]\nsender = "desk"\n', ["mail.sender", "desk@example.org"]),
    "an alias of two names": (
        '[names.actors]\n"Dawn Front" = ["the Front"]\n"Hill Army" = ["The  front"]\n',
        ["names.actors.Hill Army", "'The  front'", "'Dawn Front'"],
    ),
    "a spelling that is no text": ('[names.places]\nOshgar = ["Ushgar", 3]\n', ["names.places.Oshgar, entry 2"]),
    "a host of two outlets": (
        '[outlets.herald]\nhosts = ["herald.example"]\n[outlets.post]\naliases = ["www.herald.example"]\n',
        ["outlets.post.aliases", "[outlets.herald]"],
    ),
    "a table that is a word": ('mail = "smtp.example.org"\n', ["mail", "[mail]"]),
    "a cron line that is none": ('[collections.libya]\nschedule = "daily"\n', ["collections.libya.schedule", "0 6"]),
}


@pytest.mark.parametrize(("text", "words"), TABLES.values(), ids=TABLES.keys())
def test_a_mistake_in_a_named_table_is_named(own_folder, text, words):
    own_folder.joinpath("briefer.toml").write_text(text)
    with pytest.raises(SettingsError) as raised:
        load()
    for word in ["briefer.toml: ", *words]:
        assert word in str(raised.value)


def test_every_disagreement_is_named_at_once(own_folder):
    own_folder.joinpath("briefer.toml").write_text('[digests.a]\ncollection = "x"\n[digests.b]\ncollection = "y"\n')
    with pytest.raises(SettingsError, match=r"(?s)digests\.a\.collection.*digests\.b\.collection"):
        load()


def test_settings_made_in_a_program_must_agree_too():
    with pytest.raises(ValidationError, match="there is no collection 'x'"):
        Settings.model_validate({"digests": {"a": {"collection": "x"}}})


def test_the_environment_reaches_into_named_tables(own_folder, monkeypatch):
    own_folder.joinpath("briefer.toml").write_text('[collections.libya]\nkeywords = ["Brega"]\ndays = 9\n')
    monkeypatch.setenv("BRIEFER_COLLECTIONS__LIBYA__FEEDS", '["https://news.example/rss"]')
    monkeypatch.setenv("BRIEFER_COLLECTIONS__LIBYA__DAYS", "30")
    monkeypatch.setenv("BRIEFER_COLLECTIONS__MALI__KEYWORDS", "Kidal")
    monkeypatch.setenv("BRIEFER_MAIL__HOST", "smtp.desk.example")
    monkeypatch.setenv("BRIEFER_DIGESTS__DESK", '{"collection": "mali", "title": "[Mali] daily"}')
    monkeypatch.setenv("BRIEFER_NAMES__ACTORS", '{"Dawn Front": ["the Front"]}')
    settings = load()
    assert settings.collections["libya"].feeds == ("https://news.example/rss",)
    assert (settings.collections["libya"].days, settings.collections["libya"].keywords) == (30, ("Brega",))
    assert settings.collections["mali"].keywords == ("Kidal",)
    assert settings.mail.host == "smtp.desk.example"
    assert settings.digests["desk"].title == "[Mali] daily"
    assert settings.names.actors == {"Dawn Front": ("the Front",)}


def test_a_list_of_one_needs_no_brackets(own_folder, monkeypatch):
    own_folder.joinpath("briefer.toml").write_text('[collections.mali]\nlanguages = "fr"\nkeywords = "Kidal"\n')
    monkeypatch.setenv("BRIEFER_COLLECTIONS__MALI__FEEDS", "https://news.example/rss")
    monkeypatch.setenv("BRIEFER_DIGESTS__DESK__COLLECTION", "mali")
    monkeypatch.setenv("BRIEFER_DIGESTS__DESK__RECIPIENTS", "desk@desk.example")
    settings = load()
    mali = settings.collections["mali"]
    assert (mali.languages, mali.keywords, mali.feeds) == (("fr",), ("Kidal",), ("https://news.example/rss",))
    assert settings.digests["desk"].recipients == ("desk@desk.example",)


@pytest.mark.parametrize("title", ["2031", "[Mali] daily", "true"])
def test_a_text_in_the_environment_stays_as_it_is_written(monkeypatch, title):
    monkeypatch.setenv("BRIEFER_COLLECTIONS__MALI__KEYWORDS", "Kidal")
    monkeypatch.setenv("BRIEFER_DIGESTS__DESK__COLLECTION", "mali")
    monkeypatch.setenv("BRIEFER_DIGESTS__DESK__TITLE", title)
    assert load().digests["desk"].title == title


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BRIEFER_COLLECTIONS__LIBYA__DAYS", "many", ["integer"]),
        ("BRIEFER_COLLECTIONS__LIBYA__FEEDS", '["https://news.example/rss"', ["JSON"]),
        ("BRIEFER_COLLECTIONS__LIBYA__FEDS", "[]", ["no such setting", "feeds"]),
        ("BRIEFER_MAIL", "smtp.example.org", ["[mail]"]),
        ("BRIEFER_DIGESTS__DESK__COLLECTION", "libia", ["no collection 'libia'"]),
    ],
)
def test_a_mistake_in_a_nested_variable_names_it(own_folder, monkeypatch, name, value, words):
    own_folder.joinpath("briefer.toml").write_text(
        '[collections.libya]\ndays = 9\n[digests.desk]\ncollection="libya"\n'
    )
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        load()
    for word in [f"environment variable {name}", *words]:
        assert word in str(raised.value)


def test_a_fault_of_the_file_is_not_laid_to_a_variable_above_it(own_folder, monkeypatch):
    own_folder.joinpath("briefer.toml").write_text("[collections.libya]\ndays = 1\n")
    monkeypatch.setenv("BRIEFER_COLLECTIONS", '{"mali": {"days": 5}}')
    with pytest.raises(SettingsError, match=r"^briefer\.toml: collections\.libya\.days: "):
        load()


def test_paths_in_a_file_are_relative_to_it(own_folder, monkeypatch):
    there = own_folder / "conf"
    there.mkdir()
    there.joinpath("desk.toml").write_text(
        'prompts = "prompts"\nstore = "desk.db"\n'
        '[collections.libya]\npaths = ["articles", "/var/mail/desk", "~/news/*.html"]\n'
        '[mail]\nfolder = "outbox"\nca_file = "ca.pem"\n[model]\nname = "gguf:small.gguf"\n'
        '[digests.desk]\ncollection = "libya"\nmodel = "gpt-5/mini"\n'
    )
    monkeypatch.setenv("HOME", "/home/desk")
    monkeypatch.setenv("BRIEFER_MAIL__CA_FILE", "mine.pem")
    settings = load(there / "desk.toml")
    assert settings.prompts == str(there / "prompts")
    assert settings.store == str(there / "desk.db")
    assert settings.collections["libya"].paths == (str(there / "articles"), "/var/mail/desk", "/home/desk/news/*.html")
    assert settings.mail.folder == str(there / "outbox")
    assert settings.mail.ca_file == "mine.pem"
    assert settings.model.name == f"gguf:{there / 'small.gguf'}"
    assert settings.digests["desk"].model == "gpt-5/mini"


def test_paths_of_the_file_that_is_here_stay_as_they_are_written(own_folder):
    own_folder.joinpath("briefer.toml").write_text('store = "desk.db"\nprompts = "my/prompts"\n')
    assert (load().store, load().prompts) == ("desk.db", "my/prompts")


def test_the_address_of_a_database_is_no_path(own_folder):
    there = own_folder / "conf"
    there.mkdir()
    there.joinpath("desk.toml").write_text('store = "postgresql://db.example/briefer"\n')
    assert load(there / "desk.toml").store == "postgresql://db.example/briefer"


def test_each_value_tells_where_it_comes_from(own_folder, monkeypatch):
    own_folder.joinpath("briefer.toml").write_text('[mail]\nhost = "smtp.desk.example"\nport = 25\n')
    monkeypatch.setenv("BRIEFER_MAIL__PORT", "2525")
    found = loaded()
    assert found.settings.mail.port == 2525
    assert found.origin(("mail", "port")) == Origin("environment", "BRIEFER_MAIL__PORT")
    assert found.origin(("mail", "host")) == Origin("file", "briefer.toml")
    assert found.origin(("mail", "user")) == Origin("default")
