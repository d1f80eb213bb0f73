import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from core.encryption import check_field_keys, decrypted, encrypted, keyed_hash, keyed_hashes
from core.errors import RuleBroken

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
NUMBER = "11010519491231002X"


def test_what_is_encrypted_is_read_again_and_never_looks_the_same(settings):
    settings.FIELD_KEYS = [OLD]
    one, other = encrypted(NUMBER), encrypted(NUMBER)
    assert one != other and NUMBER not in one
    assert decrypted(one) == decrypted(other) == NUMBER
    assert encrypted("") == decrypted("") == keyed_hash("") == ""


def test_a_new_key_before_the_old_one_reads_and_finds_both(settings):
    settings.FIELD_KEYS = [OLD]
    cipher, found = encrypted(NUMBER), keyed_hash(NUMBER)
    settings.FIELD_KEYS = [NEW, OLD]
    assert decrypted(cipher) == NUMBER
    assert found in keyed_hashes(NUMBER)
    assert keyed_hash(NUMBER) != found


def test_without_its_key_a_value_is_refused_with_a_sentence(settings):
    settings.FIELD_KEYS = [OLD]
    cipher = encrypted(NUMBER)
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(RuleBroken):
        decrypted(cipher)


@pytest.mark.parametrize("keys", [[], ["short"], [OLD, "secret"]])
def test_a_key_that_is_none_is_named_before_anything_starts(settings, keys):
    settings.FIELD_KEYS = keys
    assert [error.id for error in check_field_keys(None)] == ["core.E001"]
    with pytest.raises(ImproperlyConfigured, match="HAFEI_FIELD_KEY"):
        encrypted(NUMBER)
