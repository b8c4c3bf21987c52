from ui.guard import inline_scripts, policy, without_gradios_own
from ui.login import local, who_html
from ui.sessions import Visitor


def test_inline_scripts_are_found_as_they_stand_and_files_are_not() -> None:
    html = (
        '<script>let a = "<b>" && 1;</script><p>x</p><script src="a.js"></script><SCRIPT type="module">\n b() </SCRIPT>'
    )
    assert inline_scripts(html) == ('let a = "<b>" && 1;', "\n b() ")


def test_the_policy_names_scripts_by_hash_and_no_other_host() -> None:
    # openssl dgst -sha256 -binary <<< -n "" is the well-known hash of nothing
    assert "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='" in policy(("",))
    for each in (policy(), policy(("a()",))):
        scripts = next(part for part in each.split("; ") if part.startswith("script-src"))
        assert "unsafe-inline" not in scripts
        assert "http" not in each
        assert "*" not in each


def test_an_address_to_go_back_to_is_a_path_of_this_page() -> None:
    assert local("/?answer=0a1b&tab=ask") == "/?answer=0a1b&tab=ask"
    assert {local(each) for each in ("", "//x", "/\\x", "http://x", "/login?next=/", "/a\tb")} == {"/"}


def test_who_is_signed_in_is_said_only_where_there_are_accounts() -> None:
    assert who_html(Visitor()) == ""
    assert "Signed in as <strong>clerk</strong>" in who_html(Visitor("clerk"))


def test_the_page_names_no_manifest_and_no_picture_of_gradios() -> None:
    html = (
        '<head><link rel="manifest" href="/manifest.json" /><meta\n\tproperty="og:image"\n content="https://x/y.png"\n/>'
        '<meta name="twitter:card" content="x"><meta name="viewport" content="y"><link rel="stylesheet" href="a.css"></head>'
    )
    kept = '<head><meta name="viewport" content="y"><link rel="stylesheet" href="a.css"></head>'
    assert without_gradios_own(html) == kept
