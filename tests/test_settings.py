"""Settings: what is written is what counts, and a mistake is named with its file, key and remedy."""

import os

import pytest
from pydantic import ValidationError

from briefer.errors import SettingsError, UsageError
from briefer.settings import Settings, load, overridden, unknown_variables


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
