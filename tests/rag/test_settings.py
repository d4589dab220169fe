"""Do settings come from where they should, and does a wrong one say what is wrong?"""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import settings as module
from rag.settings import SECRETS, Rate, Settings, SettingsError, load_settings

SECRET = "sk-紫藤-42"


def load(folder: Path, toml: str = "", **environment: str) -> Settings:
    if toml:
        (folder / "yanda.toml").write_text(toml, "utf-8")
    return load_settings({f"YANDA_{name.upper()}": value for name, value in environment.items()}, folder)


def refused(folder: Path, toml: str = "", **environment: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(folder, toml, **environment)
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.fixture
def seeded(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    return tmp_path


def test_nothing_set_gives_the_documented_defaults(seeded: Path) -> None:
    settings = load(seeded)
    assert settings == Settings(corpus=(seeded / "seeds",), data_dir=seeded / ".yanda")
    assert (settings.embedder, settings.store, settings.composer) == ("bundled", "faiss", "auto")
    assert str(settings.rate_limit) == "60/minute"
    assert not any(getattr(settings, name) for name in SECRETS)


def test_the_file_is_read_and_the_environment_wins(seeded: Path) -> None:
    toml = 'embedder = "from-the-file"\nllm_model = "from-the-file"'
    settings = load(seeded, toml, embedder="from-the-environment")
    assert (settings.embedder, settings.llm_model) == ("from-the-environment", "from-the-file")


def test_an_empty_variable_counts_as_not_set(seeded: Path) -> None:
    assert load(seeded, 'embedder = "mine"', embedder="", corpus=" ", rate_limit="").embedder == "mine"


def test_other_variables_of_the_environment_are_none_of_our_business(seeded: Path) -> None:
    assert load_settings({"PATH": "/bin", "yanda_corpus": "x", "MY_YANDA_STORE": "y"}, seeded) == load(seeded)


def test_an_unknown_variable_names_the_nearest(seeded: Path) -> None:
    assert "YANDA_CORPSE" in refused(seeded, corpse="x")
    assert refused(seeded, corpse="x").endswith("the nearest one is YANDA_CORPUS")
    assert refused(seeded, slack_signing_key="x").endswith("the nearest one is YANDA_SLACK_SIGNING_SECRET")


def test_a_variable_in_the_wrong_case_is_unknown_and_not_ignored(seeded: Path) -> None:
    with pytest.raises(SettingsError, match=r"YANDA_corpus .* nearest one is YANDA_CORPUS"):
        load_settings({"YANDA_corpus": "x"}, seeded)


def test_an_unknown_name_in_the_file_names_the_nearest(seeded: Path) -> None:
    assert refused(seeded, 'embeder = "bundled"') == "unknown setting 'embeder' in yanda.toml; the nearest one is embedder"


@given(name=st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1))
def test_no_unknown_name_is_ever_accepted(name: str) -> None:
    if name in module._READERS:
        return
    with pytest.raises(SettingsError, match="the nearest one is YANDA_"):
        load_settings({f"YANDA_{name.upper()}": "1"}, Path("nowhere"))


def test_folders_are_separated_by_colons_in_the_environment(seeded: Path) -> None:
    assert load(seeded, corpus="报告:/srv/news:").corpus == (seeded / "报告", Path("/srv/news"))


def test_folders_in_the_file_are_a_list_or_a_single_one(seeded: Path) -> None:
    assert load(seeded, 'corpus = ["甲", "乙:丙"]').corpus == (seeded / "甲", seeded / "乙:丙")
    assert load(seeded, 'corpus = "甲"').corpus == (seeded / "甲",)


def test_a_tilde_is_the_home_folder_of_the_environment(seeded: Path) -> None:
    settings = load_settings({"HOME": "/home/lin", "YANDA_CORPUS": "~/报告", "YANDA_DATA_DIR": "~"}, seeded)
    assert (settings.corpus, settings.data_dir) == ((Path("/home/lin/报告"),), Path("/home/lin"))


def test_without_a_seeds_folder_the_packaged_one_is_the_corpus(tmp_path: Path) -> None:
    (corpus,) = load(tmp_path).corpus
    assert corpus.is_dir()
    assert list(corpus.glob("*.md"))


def test_a_seeds_folder_that_was_asked_for_is_never_replaced(tmp_path: Path) -> None:
    assert load(tmp_path, corpus="seeds").corpus == (tmp_path / "seeds",)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("composer", "poet", "auto, quote or llm"),
        ("rate_limit", "60", "60/minute"),
        ("rate_limit", "0/minute", "60/minute"),
        ("rate_limit", "60/fortnight", "60/minute"),
        ("llm_timeout_s", "soon", "seconds above 0"),
        ("llm_timeout_s", "-1", "seconds above 0"),
        ("llm_timeout_s", "nan", "seconds above 0"),
        ("llm_timeout_s", "inf", "seconds above 0"),
        ("llm_base_url", "localhost:8080", "http://"),
        ("llm_base_url", "http://", "http://"),
        ("slack_api_url", "ftp://slack.example", "http://"),
        ("corpus", ":", "at least one folder"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_expected(seeded: Path, name: str, value: str, expected: str) -> None:
    message = refused(seeded, **{name: value})
    assert message.startswith(f"YANDA_{name.upper()} is ")
    assert (value in message) or name == "corpus"
    assert expected in message


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("embedder", "3", "3"),
        ("corpus", "3", "3"),
        ("corpus", "[1]", "[1]"),
        ("corpus", "[]", "[]"),
        ("llm_timeout_s", "true", "True"),
        ("rate_limit", "60", "60"),
        ("data_dir", '""', "''"),
    ],
)
def test_a_wrong_type_in_the_file_is_named_with_the_file(seeded: Path, name: str, written: str, read: str) -> None:
    assert refused(seeded, f"{name} = {written}").startswith(f"{name} in yanda.toml is {read}; expected ")


def test_a_file_that_is_no_toml_is_named_with_the_line(seeded: Path) -> None:
    message = refused(seeded, 'corpus = "甲"\nstore = \nembedder = "x"')
    assert "yanda.toml is not valid TOML" in message
    assert "line 2" in message


def test_a_file_in_another_encoding_is_an_error_of_the_settings(seeded: Path) -> None:
    (seeded / "yanda.toml").write_bytes('corpus = "报告"'.encode("gb18030"))
    assert "yanda.toml is not valid TOML" in refused(seeded)


def test_the_llm_composer_without_a_server_is_refused(seeded: Path) -> None:
    assert "llm_base_url is not set" in refused(seeded, composer="llm")
    assert load(seeded, composer="llm", llm_base_url="http://127.0.0.1:9/v1/").llm_base_url == "http://127.0.0.1:9/v1"


def test_numbers_may_be_written_either_way(seeded: Path) -> None:
    assert load(seeded, llm_timeout_s="2.5").llm_timeout_s == 2.5
    assert load(seeded, "llm_timeout_s = 3").llm_timeout_s == 3.0


def test_keys_are_separated_by_commas_in_the_environment(seeded: Path) -> None:
    assert load(seeded, api_keys="one, two,").api_keys == ("one", "two")
    assert load(seeded, 'api_keys = ["one"]').api_keys == ("one",)


@pytest.mark.parametrize(
    ("written", "read"), [("true", True), ("YES", True), ("1", True), ("false", False), ("no", False), ("0", False)]
)
def test_what_is_on_or_off_may_be_written_either_way(seeded: Path, written: str, read: bool) -> None:
    assert load(seeded, log_questions=written).log_questions is read
    assert load(seeded, f"log_questions = {str(read).lower()}").log_questions is read


def test_proxies_and_origins_are_lists(seeded: Path) -> None:
    settings = load(seeded, trusted_proxies="10.0.0.7, 10.1.0.0/16,::1", cors_origins="https://a.example,http://b.example:8080")
    assert settings.trusted_proxies == ("10.0.0.7", "10.1.0.0/16", "::1")
    assert settings.cors_origins == ("https://a.example", "http://b.example:8080")
    assert settings.shown()["trusted_proxies"] == "10.0.0.7,10.1.0.0/16,::1"


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("trusted_proxies", "proxy.example", "10.0.0.0/8"),
        ("trusted_proxies", "10.0.0.1/8", "has host bits set"),
        ("cors_origins", "intranet.example", "https://intranet.example"),
        ("cors_origins", "https://intranet.example/", "without a path"),
        ("cors_origins", "https://*.example", "without a path"),
        ("rate_limit_store", "127.0.0.1:6379", "redis://"),
        ("rate_limit_store", "memory://", "redis://"),
        ("log_questions", "perhaps", "true or false"),
        ("log_level", "loud", "debug, info, warning or error"),
        ("request_timeout_s", "0", "above 0"),
    ],
)
def test_a_door_that_is_set_up_wrong_is_said(seeded: Path, name: str, value: str, part: str) -> None:
    message = refused(seeded, **{name: value})
    assert f"YANDA_{name.upper()} is" in message
    assert part in message


@given(requests=st.integers(1, 10**9 - 1), period=st.sampled_from(["second", "minute", "hour", "day"]))
def test_a_rate_is_written_as_it_is_read(requests: int, period: str) -> None:
    written = f"{requests}/{period}"
    rate = load_settings({"YANDA_RATE_LIMIT": written}, Path("nowhere")).rate_limit
    assert str(rate) == written
    assert rate.requests == requests
    assert rate.seconds in (1, 60, 3600, 86400)


def test_no_secret_shows_in_what_is_printed(seeded: Path) -> None:
    settings = load(seeded, **dict.fromkeys(sorted(SECRETS), SECRET), store_url=f"http://lin:{SECRET}@vectors.example:19530")
    assert all(SECRET in str(getattr(settings, name)) for name in SECRETS)
    assert SECRET not in f"{settings!r} {settings} {settings.shown()}"
    assert "vectors.example:19530" in repr(settings)
    assert "llm_api_key='hidden'" in repr(settings)


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_no_secret_shows_in_an_error(seeded: Path, name: str) -> None:
    message = refused(seeded, f'{name} = {{ value = "{SECRET}" }}')
    assert SECRET not in message
    assert f"{name} in yanda.toml" in message


def test_every_setting_can_be_read_and_none_can_be_changed(seeded: Path) -> None:
    assert [field.name for field in fields(Settings)] == list(module._READERS)
    settings = load(seeded)
    with pytest.raises(FrozenInstanceError):
        settings.store = "milvus"  # type: ignore[misc]


def test_a_rate_knows_its_period() -> None:
    assert [str(Rate(5, seconds)) for seconds in (1, 60, 3600, 86400)] == ["5/second", "5/minute", "5/hour", "5/day"]
