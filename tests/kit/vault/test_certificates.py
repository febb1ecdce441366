"""Keys are vouched for: one replaced public key opens nothing (promise 6, R-000-31)."""

from dataclasses import replace

import pytest

from klankbord.kit.vault.certificates import Certificate, check_certificate, sign_certificate
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.pairs import new_pair
from tests.kit.vault.fixed import ANOTHER, COUNT, MEMBER, ORGANISATION, PAIR, flipped

CERTIFICATE = Certificate(
    organisation=ORGANISATION,
    membership=MEMBER,
    box_pub=PAIR.box_pub,
    sign_pub=PAIR.sign_pub,
    roles=("counsellor", "coordinator"),
    from_day=20000,
    serial=3,
)
RECORD = (
    "6b62312e636572740000000000000000"  # the label
    "11111111111111111111111111111111"  # organisation
    "55555555555555555555555555555555"  # membership
    "8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f"  # box key
    "712651f450ba05b63898b99ef5f7ba45632e8e2527f7f715cd671ec4024cc51e"  # signing key
    "3f13bf1e644119141b5ca8aff5204336d6eaa77efd985789f68dcfdf7e13c5d5"  # roles
    "00004e2000000003"  # from day, serial
)
SIGNATURE = (
    "cc6fef7950b99c92d7b3009f722a6b2caf0203feb953dd9e5450ad4da17b99ec"
    "41e44522aa96e7c2e3b41252fdd315147a8fd8b4125542c0c390eba9f8316b0e"
)


def test_a_certificate_has_one_layout() -> None:
    assert CERTIFICATE.record().hex() == RECORD
    assert sign_certificate(CERTIFICATE, PAIR.sign).hex() == SIGNATURE
    check_certificate(CERTIFICATE, bytes.fromhex(SIGNATURE), PAIR.sign_pub)


def test_the_order_of_the_roles_does_not_matter() -> None:
    turned = replace(CERTIFICATE, roles=("coordinator", "counsellor"))
    assert turned.record() == CERTIFICATE.record()


@pytest.mark.parametrize(
    "changed",
    [
        replace(CERTIFICATE, organisation=ANOTHER),
        replace(CERTIFICATE, membership=ANOTHER),
        replace(CERTIFICATE, box_pub=COUNT),
        replace(CERTIFICATE, sign_pub=COUNT),
        replace(CERTIFICATE, roles=("counsellor",)),
        replace(CERTIFICATE, roles=()),
        replace(CERTIFICATE, from_day=20001),
        replace(CERTIFICATE, serial=4),
    ],
    ids=["organisation", "membership", "box", "sign", "roles", "no roles", "day", "serial"],
)
def test_a_signature_vouches_for_nothing_but_what_was_signed(changed: Certificate) -> None:
    signature = sign_certificate(CERTIFICATE, PAIR.sign)
    with pytest.raises(VaultError):
        check_certificate(changed, signature, PAIR.sign_pub)


def test_only_the_one_who_vouched_is_believed() -> None:
    signature = sign_certificate(CERTIFICATE, PAIR.sign)
    for key, claimed in (
        (new_pair().sign_pub, signature),
        (PAIR.sign_pub, flipped(signature, 0)),
        (PAIR.sign_pub, b""),
    ):
        with pytest.raises(VaultError):
            check_certificate(CERTIFICATE, claimed, key)


@pytest.mark.parametrize(
    "changed",
    [
        replace(CERTIFICATE, box_pub=bytes(31)),
        replace(CERTIFICATE, roles=("a,b",)),
        replace(CERTIFICATE, roles=("",)),
        replace(CERTIFICATE, serial=1 << 32),
        replace(CERTIFICATE, from_day=-1),
    ],
    ids=["short key", "comma in a role", "nameless role", "serial", "day"],
)
def test_what_does_not_fit_the_layout_is_not_signed(changed: Certificate) -> None:
    with pytest.raises(VaultError):
        sign_certificate(changed, PAIR.sign)
